//! What cannot be done with tensors before they become a network.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

/// Why tensors cannot be changed as was asked. They are no longer there then: what changes them takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditFault {
    /// There is no tensor of this name.
    Missing {
        /// The name.
        name: String,
        /// A name that is nearly the same.
        nearest: Option<String>,
    },
    /// These are at the front of no name, or of no name that has not a longer one of the table at its front.
    NoPrefix(Vec<String>),
    /// These would be the names of two tensors.
    Twice(Vec<String>),
    /// This cannot be the name of a tensor: it is empty or has a control character.
    Name(String),
    /// A tensor is of another shape than is needed.
    Shape {
        /// Its name.
        name: String,
        /// Its shape.
        shape: Vec<usize>,
        /// What is needed, in words.
        needed: String,
    },
    /// A tensor has values of another type than is needed.
    Type {
        /// Its name.
        name: String,
        /// The type of its values, as safetensors names it.
        dtype: String,
        /// What is needed, in words.
        needed: String,
    },
    /// A tensor was given another number of values than its shape has.
    Values {
        /// Its name.
        name: String,
        /// Its shape.
        shape: Vec<usize>,
        /// How many values there are.
        found: usize,
    },
    /// A recurrence has another number of layers than names are given for.
    Layers {
        /// What the names of its tensors start with.
        prefix: String,
        /// How many names there are.
        expected: usize,
        /// How many layers it has.
        found: usize,
    },
    /// No tensors are named where at least one is needed.
    Nothing,
}

impl Display for EditFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            EditFault::Missing { name, nearest: None } => write!(f, "there is no tensor `{name}`"),
            EditFault::Missing { name, nearest: Some(nearest) } => {
                write!(f, "there is no tensor `{name}`, but `{nearest}`")
            }
            EditFault::NoPrefix(prefixes) => {
                write!(f, "no tensor that is left for it has a name that starts with ")?;
                write_names(f, prefixes)
            }
            EditFault::Twice(names) => {
                write!(f, "two tensors would be called ")?;
                write_names(f, names)
            }
            EditFault::Name(name) if name.is_empty() => write!(f, "a tensor needs a name"),
            EditFault::Name(name) => {
                write!(f, "the name of a tensor has a control character: {name:?}")
            }
            EditFault::Shape { name, shape, needed } => {
                write!(f, "`{name}` is {shape:?}, not {needed}")
            }
            EditFault::Type { name, dtype, needed } => {
                write!(f, "the values of `{name}` are {dtype}, not {needed}")
            }
            EditFault::Values { name, shape, found } => {
                let values = if *found == 1 { "value" } else { "values" };
                write!(f, "`{name}` {shape:?} cannot be {found} {values}")
            }
            EditFault::Layers { prefix, expected, found } => {
                let [names, layers] = [
                    if *expected == 1 { "name" } else { "names" },
                    if *found == 1 { "layer" } else { "layers" },
                ];
                write!(f, "{expected} {names} for the {found} {layers} of `{prefix}`")
            }
            EditFault::Nothing => write!(f, "it needs the name of a tensor at least"),
        }
    }
}

fn write_names(f: &mut Formatter<'_>, names: &[String]) -> fmt::Result {
    for (index, name) in names.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}`{name}`")?;
    }
    Ok(())
}
