//! Tensors that do not fit a network.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

use crate::file::number;
use crate::parameters::nearest;

/// How many lines of a kind a text shows before it only counts them.
const SHOWN: usize = 12;

/// A tensor that does not fit a network.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The network has it, the file does not.
    Missing {
        /// Its name.
        name: String,
        /// Its shape in the network.
        shape: Vec<usize>,
    },
    /// The file has it, the network does not.
    Extra {
        /// Its name.
        name: String,
        /// Its shape in the file.
        shape: Vec<usize>,
    },
    /// Both have it, with different shapes.
    Shape {
        /// Its name.
        name: String,
        /// Its shape in the network.
        expected: Vec<usize>,
        /// Its shape in the file.
        found: Vec<usize>,
    },
    /// Both have it, with different types of values.
    Type {
        /// Its name.
        name: String,
        /// The type in the network, as safetensors names it: `F32` or `F64`.
        expected: String,
        /// The type in the file.
        found: String,
    },
    /// Two tensors of the file were given this name.
    Twice {
        /// The name.
        name: String,
    },
    /// The network has it, and several tensors of the file have names that end like its own.
    Ambiguous {
        /// Its name.
        name: String,
        /// The names of those of the file.
        candidates: Vec<String>,
    },
}

impl Display for Mismatch {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Mismatch::Missing { name, shape } => {
                write!(f, "`{name}` {shape:?} is missing in the file")
            }
            Mismatch::Extra { name, shape } => {
                write!(f, "`{name}` {shape:?} is in the file only")
            }
            Mismatch::Shape { name, expected, found } => {
                write!(f, "`{name}` is {expected:?} in the network, {found:?} in the file")
            }
            Mismatch::Type { name, expected, found } => {
                write!(f, "`{name}` is {expected} in the network, {found} in the file")
            }
            Mismatch::Twice { name } => {
                write!(f, "`{name}` is the name of two tensors of the file")
            }
            Mismatch::Ambiguous { name, candidates } => {
                write!(f, "`{name}` may be each of {} tensors of the file:", candidates.len())?;
                for (index, candidate) in candidates.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma} `{candidate}`")?;
                }
                Ok(())
            }
        }
    }
}

/// All of them, in lines.
pub fn write(f: &mut Formatter<'_>, mismatches: &[Mismatch]) -> fmt::Result {
    let (extra, ours): (Vec<_>, Vec<_>) =
        mismatches.iter().partition(|mismatch| matches!(mismatch, Mismatch::Extra { .. }));
    write!(f, "its tensors do not fit")?;
    for group in [&ours, &extra] {
        for mismatch in group.iter().take(SHOWN) {
            write!(f, "\n  {mismatch}")?;
            if let Some(name) = alike(mismatch, &extra) {
                write!(f, "; `{name}` there has its shape")?;
            }
        }
        if group.len() > SHOWN {
            write!(f, "\n  .. and {} more", group.len() - SHOWN)?;
        }
    }
    match help(mismatches) {
        Some(help) => write!(f, "\nhelp: {help}"),
        None => Ok(()),
    }
}

/// The name of a tensor that is in the file only, where it nearly is that of one that is missing, and has its shape.
fn alike<'a>(mismatch: &Mismatch, extra: &[&'a Mismatch]) -> Option<&'a str> {
    let Mismatch::Missing { name, shape } = mismatch else { return None };
    let candidates = extra.iter().filter_map(|other| match other {
        Mismatch::Extra { name: other, shape: found } if found == shape => Some(other.as_str()),
        _ => None,
    });
    nearest(name, candidates)
}

/// What to do, in the cases that have one usual cause.
fn help(mismatches: &[Mismatch]) -> Option<String> {
    let mut missing = Vec::new();
    let mut extra = Vec::new();
    let (mut conversion, mut converted) = (None, true);
    for mismatch in mismatches {
        match mismatch {
            Mismatch::Missing { name, .. } => missing.push(name.as_str()),
            Mismatch::Extra { name, .. } => extra.push(name.as_str()),
            Mismatch::Type { expected, found, .. } => {
                converted &= number::is_float(found);
                conversion =
                    Some(if expected == "F32" { ("f32", "float") } else { ("f64", "double") });
            }
            _ => {}
        }
    }
    if let (Some(first), false) = (missing.first(), extra.is_empty()) {
        let prefix = extra.iter().find_map(|name| {
            name.strip_suffix(first).filter(|prefix| {
                let of_all = |name: &&str| {
                    extra.iter().any(|other| other.strip_prefix(prefix) == Some(*name))
                };
                missing.iter().all(of_all)
            })
        });
        let is_missing = |name: &str, prefix| {
            name.strip_prefix(prefix).is_some_and(|name| missing.contains(&name))
        };
        return Some(match prefix {
            // Others of the network's may be there without it, which `part` would drop.
            Some(prefix) if extra.iter().all(|name| is_missing(name, prefix)) => format!(
                "names in the file start with `{prefix}`; `StateDict::rename_prefixes([({prefix:?}, \"\")])` takes it off"
            ),
            Some(prefix) => format!(
                "names in the file start with `{prefix}`; `StateDict::part({prefix:?})` takes it off, and drops what does not start so"
            ),
            None => "give the tensors of the file the network's names with `StateDict::rename_prefixes`, or the stages \
                     theirs with `#[tensors = \"..\"]`"
                .into(),
        });
    }
    let (kind, method) = conversion?;
    Some(match converted {
        true => format!("`StateDict::convert::<{kind}>()` converts it"),
        false => format!("in PyTorch, `model.{method}()` before saving converts it"),
    })
}
