//! Each thing that may be wrong with a file: the type of the error, its whole text, and a network that
//! is as it was.

use std::fmt::Write as _;

use safetensors::tensor::{Dtype, TensorView, serialize};
use static_net::file::{LoadError, LoadFault, Mismatch, StateDict};
use static_net::prelude::*;

network! {
    struct Net< 3 => relu 4 => latent: tanh 2 >;
    struct Double< f64; 2 => 1 >;
}

/// A file of zeros with these tensors, written by the reference implementation.
fn file(tensors: &[(&str, Dtype, &[usize])]) -> Vec<u8> {
    let zeros = vec![0; 1024];
    let views = tensors.iter().map(|&(name, dtype, shape)| {
        let len = shape.iter().product::<usize>() * dtype.bitsize() / 8;
        (name, TensorView::new(dtype, shape.to_vec(), &zeros[..len]).unwrap())
    });
    serialize(views, None).unwrap()
}

/// What loading into a network says, which must not change it.
fn refused(bytes: &[u8]) -> LoadError {
    let mut net = Net::new(&mut StdRng::seed_from_u64(1));
    let before = net.clone();
    let error = net.restore_from(bytes).unwrap_err();
    assert_eq!(net, before);
    assert_eq!(Net::from_safetensors(bytes).unwrap_err().to_string(), error.to_string());
    assert_eq!(error.network, Some("Net"));
    error
}

fn mismatches(error: LoadError) -> Vec<Mismatch> {
    match error.fault {
        LoadFault::Tensors(mismatches) => mismatches,
        fault => panic!("{fault}"),
    }
}

const F32: Dtype = Dtype::F32;

#[test]
fn a_wrong_shape_names_the_tensor_and_both_shapes() {
    let error = refused(&file(&[
        ("stage1.weight", F32, &[4, 3]),
        ("stage1.bias", F32, &[4]),
        ("latent.weight", F32, &[4, 2]), // transposed: as many values
        ("latent.bias", F32, &[2]),
    ]));
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `latent.weight` is [2, 4] in the network, [4, 2] in the file"
    );
    assert_eq!(
        mismatches(error),
        [Mismatch::Shape { name: "latent.weight".into(), expected: vec![2, 4], found: vec![4, 2] }]
    );
}

#[test]
fn a_missing_tensor_is_named() {
    let error = refused(&file(&[
        ("stage1.weight", F32, &[4, 3]),
        ("stage1.bias", F32, &[4]),
        ("latent.weight", F32, &[2, 4]),
    ]));
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `latent.bias` [2] is missing in the file"
    );
    assert_eq!(
        mismatches(error),
        [Mismatch::Missing { name: "latent.bias".into(), shape: vec![2] }]
    );
}

#[test]
fn an_extra_tensor_is_named() {
    let error = refused(&file(&[
        ("stage1.weight", F32, &[4, 3]),
        ("stage1.bias", F32, &[4]),
        ("latent.weight", F32, &[2, 4]),
        ("latent.bias", F32, &[2]),
        ("scale", F32, &[]),
    ]));
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `scale` [] is in the file only"
    );
    assert_eq!(mismatches(error), [Mismatch::Extra { name: "scale".into(), shape: vec![] }]);
}

#[test]
fn a_wrong_type_names_both_types() {
    let error = refused(&file(&[
        ("stage1.weight", F32, &[4, 3]),
        ("stage1.bias", F32, &[4]),
        ("latent.weight", Dtype::BF16, &[2, 4]),
        ("latent.bias", F32, &[2]),
    ]));
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `latent.weight` is F32 in the network, BF16 in the file\n\
         help: `StateDict::convert::<f32>()` converts it"
    );
    let expected = Mismatch::Type {
        name: "latent.weight".into(),
        expected: "F32".into(),
        found: "BF16".into(),
    };
    assert_eq!(mismatches(error), [expected]);

    let single = file(&[("stage1.weight", F32, &[1, 2]), ("stage1.bias", F32, &[1])]);
    assert_eq!(
        Double::from_safetensors(&single).unwrap_err().to_string(),
        "cannot load `Double` from these bytes: its tensors do not fit\n  \
         `stage1.weight` is F64 in the network, F32 in the file\n  \
         `stage1.bias` is F64 in the network, F32 in the file\n\
         help: `StateDict::convert::<f64>()` converts it"
    );
}

#[test]
fn everything_that_does_not_fit_is_told_at_once() {
    let error = refused(&file(&[
        ("stage1.weight", Dtype::F64, &[4, 2]),
        ("stage1.bias", F32, &[4]),
        ("latent.bias", F32, &[3]),
        ("decoder.bias", F32, &[1]),
    ]));
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `stage1.weight` is [4, 3] in the network, [4, 2] in the file\n  \
         `stage1.weight` is F32 in the network, F64 in the file\n  \
         `latent.weight` [2, 4] is missing in the file\n  \
         `latent.bias` is [2] in the network, [3] in the file\n  \
         `decoder.bias` [1] is in the file only\n\
         help: give the tensors of the file the network's names with `StateDict::rename_prefixes`, or the stages theirs with `#[tensors = \"..\"]`"
    );
    assert_eq!(mismatches(error).len(), 5);
}

#[test]
fn a_prefix_is_found_and_can_be_taken_off() {
    let bytes = file(&[
        ("model.stage1.weight", F32, &[4, 3]),
        ("model.stage1.bias", F32, &[4]),
        ("model.latent.weight", F32, &[2, 4]),
        ("model.latent.bias", F32, &[2]),
    ]);
    assert_eq!(
        refused(&bytes).to_string(),
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `stage1.weight` [4, 3] is missing in the file\n  \
         `stage1.bias` [4] is missing in the file\n  \
         `latent.weight` [2, 4] is missing in the file\n  \
         `latent.bias` [2] is missing in the file\n  \
         `model.latent.bias` [2] is in the file only\n  \
         `model.latent.weight` [2, 4] is in the file only\n  \
         `model.stage1.bias` [4] is in the file only\n  \
         `model.stage1.weight` [4, 3] is in the file only\n\
         help: names in the file start with `model.`; `StateDict::rename_prefixes([(\"model.\", \"\")])` takes it off"
    );
    let all = || StateDict::parse(&bytes).unwrap();
    let renamed = all().rename_prefixes([("model.", "")]).unwrap();
    for renamed in [renamed, all().part("model.").unwrap()] {
        let mut net = Net::new(&mut StdRng::seed_from_u64(1));
        renamed.restore(&mut *net).unwrap();
        assert_eq!(net, Net::zeros());
    }
}

#[test]
fn a_prefix_of_some_is_not_taken_off_by_dropping_the_others() {
    let bytes = file(&[
        ("stage1.weight", F32, &[4, 3]),
        ("stage1.bias", F32, &[4]),
        ("joined.latent.weight", F32, &[2, 4]),
        ("joined.latent.bias", F32, &[2]),
    ]);
    assert!(refused(&bytes).to_string().ends_with(
        "help: names in the file start with `joined.`; `StateDict::rename_prefixes([(\"joined.\", \"\")])` takes it off"
    ));
    let renamed = StateDict::parse(&bytes).unwrap().rename_prefixes([("joined.", "")]).unwrap();
    assert_eq!(renamed.load::<Net>().unwrap(), Net::zeros());
}

#[test]
fn a_prefix_beside_other_tensors_is_that_of_a_part() {
    let bytes = file(&[
        ("encoder.stage1.weight", F32, &[4, 3]),
        ("encoder.stage1.bias", F32, &[4]),
        ("encoder.latent.weight", F32, &[2, 4]),
        ("encoder.latent.bias", F32, &[2]),
        ("decoder.weight", F32, &[3, 2]),
    ]);
    assert!(refused(&bytes).to_string().ends_with(
        "help: names in the file start with `encoder.`; `StateDict::part(\"encoder.\")` takes it off, and drops what does \
         not start so"
    ));
    let part = StateDict::parse(&bytes).unwrap().part("encoder.").unwrap();
    assert_eq!(part.load::<Net>().unwrap(), Net::zeros());
}

#[test]
fn renaming_two_tensors_to_one_name_is_refused() {
    let bytes = Net::zeros().to_safetensors();
    let merged = StateDict::parse(&bytes).unwrap().rename(|name| Some(name.replace("1", "2")));
    let merged = merged.rename(|name| Some(name.replace("latent", "stage2")));
    let error = merged.load::<Net>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `stage2.weight` is the name of two tensors of the file\n  \
         `stage2.bias` is the name of two tensors of the file\n  \
         `stage1.weight` [4, 3] is missing in the file; `stage2.weight` there has its shape\n  \
         `stage1.bias` [4] is missing in the file; `stage2.bias` there has its shape\n  \
         `latent.weight` [2, 4] is missing in the file\n  \
         `latent.bias` [2] is missing in the file\n  \
         `stage2.weight` [4, 3] is in the file only\n  \
         `stage2.bias` [4] is in the file only\n\
         help: give the tensors of the file the network's names with `StateDict::rename_prefixes`, or the stages theirs with `#[tensors = \"..\"]`"
    );
}

#[test]
fn a_long_list_is_cut() {
    let names: Vec<String> = (10..40).map(|layer| format!("layers.{layer}.weight")).collect();
    let tensors: Vec<(&str, Dtype, &[usize])> =
        names.iter().map(|name| (name.as_str(), F32, &[1, 1][..])).collect();
    let error = refused(&file(&tensors));
    let mut expected = String::from(
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `stage1.weight` [4, 3] is missing in the file\n  \
         `stage1.bias` [4] is missing in the file\n  \
         `latent.weight` [2, 4] is missing in the file\n  \
         `latent.bias` [2] is missing in the file",
    );
    for layer in 10..22 {
        write!(expected, "\n  `layers.{layer}.weight` [1, 1] is in the file only").unwrap();
    }
    expected += "\n  .. and 18 more\n\
         help: give the tensors of the file the network's names with `StateDict::rename_prefixes`, or the stages theirs with `#[tensors = \"..\"]`";
    assert_eq!(error.to_string(), expected);
    assert_eq!(mismatches(error).len(), 34);
}

#[test]
fn a_truncated_file_names_the_tensor() {
    let bytes = Net::zeros().to_safetensors();
    // The end of the file is [.., latent.weight: 32 bytes, latent.bias: 8 bytes].
    let error = refused(&bytes[..bytes.len() - 1]);
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: cut off in tensor `latent.bias` [2], of which 7 of 8 \
         bytes are there"
    );
    match refused(&bytes[..bytes.len() - 8 - 32]).fault {
        LoadFault::Truncated { name, shape, expected: 32, found: 0 } => {
            assert_eq!((name.as_str(), shape), ("latent.weight", vec![2, 4]));
        }
        fault => panic!("{fault}"),
    }
}

#[test]
fn bytes_too_many_are_counted() {
    let mut bytes = Net::zeros().to_safetensors();
    bytes.push(0);
    assert_eq!(
        refused(&bytes).to_string(),
        "cannot load `Net` from these bytes: 1 byte follows the last tensor"
    );
    bytes.push(0);
    let error = refused(&bytes);
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: 2 bytes follow the last tensor"
    );
    assert!(matches!(error.fault, LoadFault::TrailingBytes(2)));
}

#[test]
fn something_else_than_safetensors() {
    let text = |bytes: &[u8]| {
        let error = refused(bytes);
        assert!(matches!(error.fault, LoadFault::Header(_)));
        error.to_string()
    };
    let start = "cannot load `Net` from these bytes: not a sound safetensors file: ";
    assert_eq!(
        text(b""),
        format!("{start}its first 8 bytes should say how long its header is, but it has 0 bytes")
    );
    assert_eq!(
        text(b"\x10\0\0\0\0\0\0\0{}"),
        format!("{start}its header should take 16 bytes, but only 2 are there")
    );
    assert_eq!(
        text(&[0xff; 20]),
        format!("{start}its header should take 18446744073709551615 bytes, but only 12 are there")
    );
    assert_eq!(
        text(b"\x02\0\0\0\0\0\0\0{a"),
        format!("{start}key must be a string at line 1 column 2")
    );
    assert_eq!(
        text(b"PK\x03\x04 a file of torch.save"),
        format!(
            "{start}it is a zip archive, as `torch.save` writes\n\
             help: in Python, `safetensors.torch.save_file(model.state_dict(), path)` writes a \
             safetensors file"
        )
    );
    assert_eq!(
        text(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0w.npy.."),
        format!(
            "{start}it is a zip archive of NumPy arrays (`.npz`)\n\
             help: in Python, `safetensors.numpy.save_file(dict(numpy.load(old)), path)` writes a \
             safetensors file"
        )
    );
    assert!(text(b"\x08\x08\x12\x07pytorch\x1a\x05").contains("it seems to be an ONNX model"));
    let with_json = |json: &[u8], data: usize| {
        let len = (json.len() as u64).to_le_bytes();
        text(&[&len[..], json, &vec![0; data]].concat())
    };
    let twice = br#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#;
    assert_eq!(with_json(twice, 4), format!("{start}its header names the tensor `a` twice"));
    let control = br#"{"a\u0007":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#;
    assert_eq!(
        with_json(control, 4),
        format!("{start}the name of a tensor has a control character: \"a\\u{{7}}\"")
    );
    // Tensors that overlap or leave gaps: the same offsets for two of them.
    let json = br#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}  "#;
    let overlap = [&(json.len() as u64).to_le_bytes()[..], json, &[0; 8]].concat();
    assert_eq!(text(&overlap), format!("{start}invalid offset for tensor `a`"));
}

#[test]
fn a_file_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing.safetensors");
    let error = Net::load(&path).unwrap_err();
    let LoadFault::Io(source) = &error.fault else { panic!("{error}") };
    assert_eq!(source.kind(), std::io::ErrorKind::NotFound);
    let shown = path.display();
    assert_eq!(error.to_string(), format!("cannot load `Net` from `{shown}`: {source}"));
    let unread = StateDict::open(&path).unwrap_err();
    assert_eq!(unread.to_string(), format!("cannot read `{shown}`: {source}"));

    std::fs::write(&path, file(&[("stage1.weight", F32, &[1, 2])])).unwrap();
    let mut net = Net::new(&mut StdRng::seed_from_u64(1));
    let before = net.clone();
    let error = net.restore(&path).unwrap_err();
    assert_eq!(net, before);
    assert_eq!(
        error.to_string(),
        format!(
            "cannot load `Net` from `{shown}`: its tensors do not fit\n  \
             `stage1.weight` is [4, 3] in the network, [1, 2] in the file\n  \
             `stage1.bias` [4] is missing in the file\n  \
             `latent.weight` [2, 4] is missing in the file\n  \
             `latent.bias` [2] is missing in the file"
        )
    );
}

/// A device may have no end.
#[cfg(unix)]
#[test]
fn a_device_is_no_file() {
    let error = Net::load("/dev/zero").unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from `/dev/zero`: it is not the path of a file"
    );
}

#[test]
fn names_that_nearly_match_are_paired() {
    let error = refused(&file(&[
        ("stage_1.weight", F32, &[4, 3]),
        ("stage1.bias", F32, &[4]),
        ("latent.weights", F32, &[2, 4]),
        ("latent.bias", F32, &[2]),
        ("bn.num_batches_tracked", Dtype::I64, &[]),
    ]));
    assert_eq!(
        error.to_string(),
        "cannot load `Net` from these bytes: its tensors do not fit\n  \
         `stage1.weight` [4, 3] is missing in the file; `stage_1.weight` there has its shape\n  \
         `latent.weight` [2, 4] is missing in the file; `latent.weights` there has its shape\n  \
         `latent.weights` [2, 4] is in the file only\n  \
         `stage_1.weight` [4, 3] is in the file only\n\
         help: give the tensors of the file the network's names with `StateDict::rename_prefixes`, or the stages theirs with `#[tensors = \"..\"]`"
    );
    let alone = refused(&file(&[
        ("stage1.weight", F32, &[4, 3]),
        ("stage1.bias", F32, &[4]),
        ("latent.weight", F32, &[2, 4]),
        ("latent.bias", F32, &[2]),
        ("bn.num_batches_tracked", Dtype::I64, &[]),
    ]));
    let extra = Mismatch::Extra { name: "bn.num_batches_tracked".into(), shape: vec![] };
    assert_eq!(mismatches(alone), [extra]);
}
