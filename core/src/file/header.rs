//! The header of a safetensors file: a length, then JSON that says where each tensor lies.
//!
//! All use of the `safetensors` crate is here. It says what an entry is and checks that the entries fit together;
//! the rest of a file is handled without it, since its errors do not say which tensor a file was cut off in, its
//! map keeps one of two tensors of a name, and its writer does not wait for the disk.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Formatter};
use core::ops::Range;

use safetensors::tensor::{Dtype, Metadata, TensorInfo};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::error::LoadFault;
use super::foreign;
use crate::parameters::Tensor;
use crate::scalar::Float;

/// The entry that is no tensor.
const METADATA: &str = "__metadata__";

/// The text that only a checkpoint has: its version. Tensors whose names have a `/` are then no network's.
pub const CHECKPOINT: &str = "static_net.checkpoint";

/// What a file says of one of its tensors.
pub struct Entry {
    pub name: String,
    pub shape: Vec<usize>,
    pub dtype: String,
    /// Where its bytes lie in the file.
    pub range: Range<usize>,
}

/// The type of numbers.
fn dtype<T: Float>() -> Dtype {
    match T::NAME {
        "f32" => Dtype::F32,
        _ => Dtype::F64,
    }
}

/// The header of a file that holds these tensors in their order.
pub fn write<T: Float>(tensors: &[Tensor]) -> Vec<u8> {
    let mut header = Writing::new();
    header.tensors::<T>(tensors);
    header.finish()
}

/// The same of a file that holds a whole number in front of them.
pub fn write_behind_number<T: Float>(number: &str, tensors: &[Tensor]) -> Vec<u8> {
    let mut header = Writing::new();
    header.add(number, Dtype::I64, Vec::new(), 8);
    header.tensors::<T>(tensors);
    header.finish()
}

/// A header that becomes one tensor longer with each that is added, in the order of the file.
pub struct Writing {
    infos: Vec<(String, TensorInfo)>,
    /// Texts, which are no tensors.
    metadata: BTreeMap<String, String>,
}

impl Writing {
    pub fn new() -> Self {
        // Some readers of the Python world ask for this entry.
        let metadata = [("format".to_owned(), "pt".to_owned())].into_iter().collect();
        Writing { infos: Vec::new(), metadata }
    }

    #[cfg(feature = "std")]
    pub fn metadata(&mut self, texts: &BTreeMap<String, String>) {
        self.metadata.extend(texts.clone());
    }

    pub fn tensors<T: Float>(&mut self, tensors: &[Tensor]) {
        for tensor in tensors {
            let len = tensor.range.len() * size_of::<T>();
            self.add(&tensor.name, dtype::<T>(), tensor.shape.clone(), len);
        }
    }

    fn add(&mut self, name: &str, dtype: Dtype, shape: Vec<usize>, len: usize) {
        let start = self.infos.last().map_or(0, |(_, info)| info.data_offsets.1);
        let data_offsets = (start, start + len);
        self.infos.push((name.to_owned(), TensorInfo { dtype, shape, data_offsets }));
    }

    /// The bytes in front of the values.
    ///
    /// # Panics
    /// If two tensors have the same name.
    pub fn finish(self) -> Vec<u8> {
        let Writing { infos, metadata } = self;
        let twice = first_twice(infos.iter().map(|(name, _)| name.as_str()));
        assert!(twice.is_none(), "two tensors have the name `{}`", twice.unwrap());
        Metadata::new(None, infos.clone()).expect("the tensors lie one after the other");
        // Not by `Metadata`, whose map of texts has another order each time.
        let text =
            |value: serde_json::Result<String>| value.expect("texts and numbers are valid JSON");
        let mut json = format!("{{\"{METADATA}\":{}", text(serde_json::to_string(&metadata)));
        for (name, info) in &infos {
            let (name, info) = (serde_json::to_string(name), serde_json::to_string(info));
            json += &format!(",{}:{}", text(name), text(info));
        }
        json += "}";
        let mut json = json.into_bytes();
        json.resize(json.len().next_multiple_of(8), b' ');

        let mut header = (json.len() as u64).to_le_bytes().to_vec();
        header.append(&mut json);
        header
    }
}

/// What a file says of itself.
pub struct Contents {
    /// What its tensors are, in the file's order.
    pub entries: Vec<Entry>,
    /// Texts, which are no tensors.
    pub metadata: BTreeMap<String, String>,
}

/// What is in a file.
pub fn read(file: &[u8]) -> Result<Contents, LoadFault> {
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
    let Header { mut infos, metadata } =
        serde_json::from_slice(json).map_err(|error| LoadFault::Header(error.to_string()))?;
    check_names(&infos)?;

    infos.sort_by_key(|(_, info)| info.data_offsets);
    let data_start = 8 + json.len();
    let data_len = file.len() - data_start;
    let stated = Metadata::new(None, infos.clone())
        .map_err(|error| LoadFault::Header(error.to_string()))?
        .data_len();
    let cut = |(_, info): &&(String, TensorInfo)| info.data_offsets.1 > data_len;
    if let Some((name, info)) = infos.iter().find(cut) {
        let (start, end) = info.data_offsets;
        return Err(LoadFault::Truncated {
            name: name.clone(),
            shape: info.shape.clone(),
            expected: end - start,
            found: data_len.saturating_sub(start),
        });
    }
    if data_len > stated {
        return Err(LoadFault::TrailingBytes(data_len - stated));
    }
    let entry = |(name, info): (String, TensorInfo)| {
        let TensorInfo { dtype, shape, data_offsets: (start, end) } = info;
        let range = data_start + start..data_start + end;
        Entry { name, shape, dtype: dtype.to_string(), range }
    };
    Ok(Contents { entries: infos.into_iter().map(entry).collect(), metadata })
}

/// Each name is there once and can be shown.
fn check_names(infos: &[(String, TensorInfo)]) -> Result<(), LoadFault> {
    let names = infos.iter().map(|(name, _)| name.as_str());
    if let Some(name) = names.clone().find(|name| name.contains(char::is_control)) {
        let what = format!("the name of a tensor has a control character: {name:?}");
        return Err(LoadFault::Header(what));
    }
    match first_twice(names) {
        Some(name) => Err(LoadFault::Header(format!("its header names the tensor `{name}` twice"))),
        None => Ok(()),
    }
}

/// The first in the alphabet of the names that are there twice.
fn first_twice<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

/// The entries of a header, those that stand there twice included: a map would keep one of them.
struct Header {
    infos: Vec<(String, TensorInfo)>,
    metadata: BTreeMap<String, String>,
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Header;

            fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                f.write_str("a map of tensors")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
                let mut infos = Vec::new();
                let mut metadata = BTreeMap::new();
                while let Some(name) = map.next_key::<String>()? {
                    if name == METADATA {
                        let texts: Option<BTreeMap<String, String>> = map.next_value()?;
                        metadata.extend(texts.unwrap_or_default());
                    } else {
                        infos.push((name, map.next_value()?));
                    }
                }
                Ok(Header { infos, metadata })
            }
        }

        deserializer.deserialize_map(Entries)
    }
}
