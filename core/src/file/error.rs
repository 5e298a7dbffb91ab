//! What may go wrong with files, in words that say what to do.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Display, Formatter};

/// What is said of the path of a folder, a device or the like.
#[cfg(feature = "std")]
pub(super) const NOT_A_FILE: &str = "it is not the path of a file";

/// How many lines of a kind a text shows before it only counts them.
const SHOWN: usize = 12;

/// Why a network could not be loaded. The network it was meant for is unchanged.
#[derive(Debug)]
#[non_exhaustive]
pub struct LoadError {
    /// The name of the network's type, where one was asked for.
    pub network: Option<&'static str>,
    /// The file, where it was one.
    pub path: Option<String>,
    /// What is wrong.
    pub fault: LoadFault,
}

/// What is wrong with a file that should be loaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadFault {
    /// The file cannot be read.
    #[cfg(feature = "std")]
    Io(std::io::Error),
    /// It is not a safetensors file, or its header is damaged: what is wrong with it.
    Header(String),
    /// The file ends before or inside a tensor.
    Truncated {
        /// The first tensor that is not whole.
        name: String,
        /// Its shape.
        shape: Vec<usize>,
        /// How many bytes it takes.
        expected: usize,
        /// How many of them are there.
        found: usize,
    },
    /// So many bytes follow the last tensor.
    TrailingBytes(usize),
    /// The file is sound, but these tensors do not fit the network.
    Tensors(Vec<Mismatch>),
}

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
}

impl LoadError {
    pub(super) fn of_network(self, name: &'static str) -> Self {
        LoadError { network: Some(name), ..self }
    }
}

impl Display for LoadError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.network {
            Some(network) => write!(f, "cannot load `{network}` from ")?,
            None => write!(f, "cannot read ")?,
        }
        match &self.path {
            Some(path) => write!(f, "`{path}`: {}", self.fault),
            None => write!(f, "these bytes: {}", self.fault),
        }
    }
}

impl Error for LoadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.fault {
            #[cfg(feature = "std")]
            LoadFault::Io(source) => Some(source),
            _ => None,
        }
    }
}

impl Display for LoadFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "std")]
            LoadFault::Io(source) => write!(f, "{source}"),
            LoadFault::Header(reason) => write!(f, "not a sound safetensors file: {reason}"),
            LoadFault::Truncated { name, shape, expected, found } => write!(
                f,
                "cut off in tensor `{name}` {shape:?}, of which {found} of {expected} bytes are there"
            ),
            LoadFault::TrailingBytes(1) => write!(f, "1 byte follows the last tensor"),
            LoadFault::TrailingBytes(count) => write!(f, "{count} bytes follow the last tensor"),
            LoadFault::Tensors(mismatches) => write_mismatches(f, mismatches),
        }
    }
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
        }
    }
}

fn write_mismatches(f: &mut Formatter<'_>, mismatches: &[Mismatch]) -> fmt::Result {
    let (extra, ours): (Vec<_>, Vec<_>) =
        mismatches.iter().partition(|mismatch| matches!(mismatch, Mismatch::Extra { .. }));
    write!(f, "its tensors do not fit")?;
    for group in [&ours, &extra] {
        for mismatch in group.iter().take(SHOWN) {
            write!(f, "\n  {mismatch}")?;
            if let Some(name) = nearest(mismatch, &extra) {
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
fn nearest<'a>(mismatch: &Mismatch, extra: &[&'a Mismatch]) -> Option<&'a str> {
    let Mismatch::Missing { name, shape } = mismatch else { return None };
    let candidates = extra.iter().filter_map(|other| match other {
        Mismatch::Extra { name: other, shape: found } if found == shape => Some(other.as_str()),
        _ => None,
    });
    let by_distance = candidates.map(|other| (edits(name, other), other));
    let (distance, nearest) = by_distance.min()?;
    (distance <= (name.len() / 4).max(2)).then_some(nearest)
}

/// How many characters are put in, taken out or exchanged between two words (Levenshtein 1966).
fn edits(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (index, a) in from.chars().enumerate() {
        let mut diagonal = core::mem::replace(&mut row[0], index + 1);
        for (column, b) in to.chars().enumerate() {
            let change = diagonal + usize::from(a != b);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[row.len() - 1]
}

/// What to do, in the cases that have one usual cause.
fn help(mismatches: &[Mismatch]) -> Option<String> {
    let mut missing = Vec::new();
    let mut extra = Vec::new();
    let mut conversion = None;
    for mismatch in mismatches {
        match mismatch {
            Mismatch::Missing { name, .. } => missing.push(name.as_str()),
            Mismatch::Extra { name, .. } => extra.push(name.as_str()),
            Mismatch::Type { expected, .. } if expected == "F32" => conversion = Some("float"),
            Mismatch::Type { .. } => conversion = Some("double"),
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
        return Some(match prefix {
            Some(prefix) => format!(
                "the names in the file start with `{prefix}`; take it off with \
                 `StateDict::rename(|name| name.strip_prefix({prefix:?}).map(String::from))`"
            ),
            None => {
                "give the tensors of the file the network's names with `StateDict::rename`".into()
            }
        });
    }
    conversion.map(|method| format!("in PyTorch, `model.{method}()` before saving converts it"))
}

/// Why a network could not be saved.
#[cfg(feature = "std")]
#[derive(Debug)]
#[non_exhaustive]
pub struct SaveError {
    /// Where it should have gone.
    pub path: std::path::PathBuf,
    /// What is wrong.
    pub fault: SaveFault,
}

/// What keeps a network from being saved.
#[cfg(feature = "std")]
#[derive(Debug)]
#[non_exhaustive]
pub enum SaveFault {
    /// This is where the file should be, and it is not a folder.
    NoFolder(std::path::PathBuf),
    /// The path is that of a folder, a device or the like, or ends in no name.
    NotAFile,
    /// The file is there and read-only.
    ReadOnly,
    /// The system refused.
    Io {
        /// What it refused, such as `write the temporary file`.
        step: &'static str,
        /// What it says.
        source: std::io::Error,
    },
}

#[cfg(feature = "std")]
impl Display for SaveError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "cannot save to `{}`: ", self.path.display())?;
        match &self.fault {
            SaveFault::NoFolder(folder) => write!(f, "there is no folder `{}`", folder.display()),
            SaveFault::NotAFile => f.write_str(NOT_A_FILE),
            SaveFault::ReadOnly => write!(f, "the file is read-only"),
            SaveFault::Io { step, source } => write!(f, "failed to {step}: {source}"),
        }
    }
}

#[cfg(feature = "std")]
impl Error for SaveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.fault {
            SaveFault::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
