//! The header of a safetensors file: a length, then JSON that says where each tensor lies.
//!
//! All use of the `safetensors` crate is here. It reads and checks the JSON; the rest of a file is
//! handled without it, since its errors do not say which tensor a file was cut off in, and its writer
//! does not wait for the disk.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Formatter};

use safetensors::tensor::{Dtype, Metadata, TensorInfo};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::error::LoadFault;
use super::foreign;
use super::stored_tensor::StoredTensor;
use crate::parameters::Tensor;
use crate::scalar::Float;

/// The name that safetensors has for a number type.
pub fn dtype<T: Float>() -> Dtype {
    match T::NAME {
        "f32" => Dtype::F32,
        _ => Dtype::F64,
    }
}

/// The header of a file that holds these tensors in their order.
pub fn write<T: Float>(tensors: &[Tensor]) -> Vec<u8> {
    let mut names: Vec<&str> = tensors.iter().map(|tensor| tensor.name.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
    assert!(twice.is_none(), "two tensors of the network have the name `{}`", twice.unwrap()[0]);

    let infos = tensors.iter().map(|tensor| {
        let info = TensorInfo {
            dtype: dtype::<T>(),
            shape: tensor.shape.clone(),
            data_offsets: (tensor.range.start * size_of::<T>(), tensor.range.end * size_of::<T>()),
        };
        (tensor.name.clone(), info)
    });
    // Some readers of the Python world ask for this entry.
    let format = [("format".to_owned(), "pt".to_owned())].into_iter().collect();
    let metadata = Metadata::new(Some(format), infos.collect())
        .expect("the tensors of a network lie one after the other");
    let mut json = serde_json::to_vec(&metadata).expect("names and numbers are valid JSON");
    json.resize(json.len().next_multiple_of(8), b' ');

    let mut header = (json.len() as u64).to_le_bytes().to_vec();
    header.append(&mut json);
    header
}

/// What the tensors of a file are, in the file's order, and where their data starts.
pub fn read(file: &[u8]) -> Result<(Vec<StoredTensor>, usize), LoadFault> {
    if let Some(text) = foreign::recognise(file) {
        return Err(LoadFault::Header(text.to_owned()));
    }
    let Some((len, rest)) = file.split_first_chunk() else {
        return Err(LoadFault::Header(format!(
            "its first 8 bytes should say how long its header is, but it has {} bytes",
            file.len()
        )));
    };
    let len = u64::from_le_bytes(*len);
    let Some(json) = usize::try_from(len).ok().and_then(|len| rest.get(..len)) else {
        return Err(LoadFault::Header(format!(
            "its header should take {len} bytes, but only {} are there",
            rest.len()
        )));
    };
    let metadata: Metadata =
        serde_json::from_slice(json).map_err(|error| LoadFault::Header(error.to_string()))?;

    check_names(json)?;

    let names = metadata.offset_keys().into_iter();
    let tensors: Vec<StoredTensor> = names
        .filter_map(|name| {
            let TensorInfo { dtype, shape, data_offsets: (start, end) } =
                metadata.info(&name)?.clone();
            Some(StoredTensor { name, shape, dtype: dtype.to_string(), range: start..end })
        })
        .collect();

    let data_start = 8 + json.len();
    let data_len = file.len() - data_start;
    if let Some(tensor) = tensors.iter().find(|tensor| tensor.range.end > data_len) {
        return Err(LoadFault::Truncated {
            name: tensor.name.clone(),
            shape: tensor.shape.clone(),
            expected: tensor.range.len(),
            found: data_len.saturating_sub(tensor.range.start),
        });
    }
    match data_len - metadata.data_len() {
        0 => Ok((tensors, data_start)),
        excess => Err(LoadFault::TrailingBytes(excess)),
    }
}

/// Each name is there once and can be shown.
fn check_names(json: &[u8]) -> Result<(), LoadFault> {
    let Names(mut names) =
        serde_json::from_slice(json).map_err(|error| LoadFault::Header(error.to_string()))?;
    if let Some(name) = names.iter().find(|name| name.contains(char::is_control)) {
        let what = format!("the name of a tensor has a control character: {name:?}");
        return Err(LoadFault::Header(what));
    }
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            let what = format!("its header names the tensor `{}` twice", pair[0]);
            Err(LoadFault::Header(what))
        }
        None => Ok(()),
    }
}

/// The names of a header, those that stand there twice included: a map would keep one of them.
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Names;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("a map of tensors")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some((name, IgnoredAny)) = map.next_entry()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}
