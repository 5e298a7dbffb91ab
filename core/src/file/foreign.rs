//! Files of other formats, told by how they begin.

/// What a file is that is none of safetensors, and how it becomes one.
pub(super) fn recognise(file: &[u8]) -> Option<&'static str> {
    // In a safetensors file the ninth byte opens the JSON, whatever the length in front of it is.
    if file.get(8) == Some(&b'{') {
        return None;
    }
    if let Some(name) = first_of_zip(file) {
        return Some(match name {
            _ if name.ends_with(b".npy") => NPZ,
            b"metadata.json" | b"config.json" | b"model.weights.h5" => KERAS,
            _ => TORCH,
        });
    }
    let begins = |magic: &[u8]| file.starts_with(magic);
    if begins(b"\x93NUMPY") {
        return Some(NPY);
    }
    if begins(b"\x89HDF\r\n") {
        return Some(KERAS);
    }
    if begins(b"GGUF") {
        return Some("it is a GGUF file, whose weights are mostly rounded to few bits");
    }
    if file.get(4..8) == Some(b"TFL3") {
        return Some("it is a TensorFlow Lite model, whose weights belong to operators of its own");
    }
    // A pickle of protocol 2 and above.
    if let [0x80, 2..=5, ..] = file {
        return Some(PICKLE);
    }
    // Fields 1 and 2 of a protobuf message: the version of the format, a small number, and the producer's name, or a
    // later field where there is none.
    if let [0x08, 1..=0x1f, 0x12 | 0x1a | 0x22 | 0x2a | 0x32 | 0x3a | 0x42, ..] = file {
        return Some(ONNX);
    }
    None
}

/// The name of the first file in a zip archive.
fn first_of_zip(file: &[u8]) -> Option<&[u8]> {
    let header = file.strip_prefix(b"PK\x03\x04")?;
    let len = header.get(22..24).map_or(0, |len| usize::from(u16::from_le_bytes([len[0], len[1]])));
    Some(header.get(26..26 + len).unwrap_or_default())
}

const TORCH: &str = "it is a zip archive, as `torch.save` writes\n\
    help: in Python, `safetensors.torch.save_file(model.state_dict(), path)` writes a safetensors file";
const PICKLE: &str = "it is a pickle, as `torch.save` wrote before PyTorch 1.6\n\
    help: in Python, `safetensors.torch.save_file(torch.load(old), path)` writes a safetensors file";
const NPZ: &str = "it is a zip archive of NumPy arrays (`.npz`)\n\
    help: in Python, `safetensors.numpy.save_file(dict(numpy.load(old)), path)` writes a safetensors file";
const NPY: &str = "it is one NumPy array (`.npy`), without names\n\
    help: in Python, `safetensors.numpy.save_file({\"stage1.weight\": numpy.load(old)}, path)` names it";
const KERAS: &str = "it is a model of Keras\n\
    help: in Python, give each array of `model.weights` the name and the order of axes that the network here has, and \
    write them with `safetensors.numpy.save_file(arrays, path)`";
const ONNX: &str = "it seems to be an ONNX model, a graph and not only weights\n\
    help: in Python, `safetensors.numpy.save_file({t.name: onnx.numpy_helper.to_array(t) for t in \
    onnx.load(old).graph.initializer}, path)` writes its weights";

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    /// An archive whose first file has this name.
    fn zip(name: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.extend([0; 22]);
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0; 2]);
        bytes.extend(name.as_bytes());
        bytes.extend([0; 40]);
        bytes
    }

    #[test]
    fn formats_are_told() {
        for (bytes, wanted) in [
            (zip("archive/data.pkl"), TORCH),
            (zip("model/byteorder"), TORCH),
            (zip("weight.npy"), NPZ),
            (zip("metadata.json"), KERAS),
            (b"\x93NUMPY\x01\x00v\x00{'descr'".to_vec(), NPY),
            (b"\x89HDF\r\n\x1a\n\0\0".to_vec(), KERAS),
            (b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 ".to_vec(), PICKLE),
            (b"\x08\x08\x12\x07pytorch\x1a".to_vec(), ONNX),
        ] {
            assert_eq!(recognise(&bytes), Some(wanted), "{bytes:?}");
        }
        assert!(recognise(b"GGUF\x03\0\0\0\0").unwrap().contains("GGUF"));
        assert!(recognise(b"\x1c\0\0\0TFL3\x14\0").unwrap().contains("TensorFlow Lite"));
    }

    #[test]
    fn a_header_of_any_length_is_none_of_them() {
        for len in [u64::from_le_bytes(*b"PK\x03\x04\0\0\0\0"), 0x12_0808, 0x280] {
            let mut file = len.to_le_bytes().to_vec();
            file.extend(b"{}");
            assert_eq!(recognise(&file), None);
        }
        assert_eq!(recognise(b""), None);
        assert_eq!(recognise(b"PK\x03\x04"), Some(TORCH));
    }
}
