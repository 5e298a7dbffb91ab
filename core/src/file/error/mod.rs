//! What may go wrong with files, in words that say what to do.

#[cfg(feature = "std")]
mod checkpoint;
mod edit;
mod mismatch;
#[cfg(feature = "std")]
mod save;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Display, Formatter};

use crate::stream::StateError;

#[cfg(feature = "std")]
pub use checkpoint::CheckpointFault;
pub use edit::EditFault;
pub use mismatch::Mismatch;
#[cfg(feature = "std")]
pub use save::{SaveError, SaveFault};

/// What is said of the path of a folder, a device or the like.
#[cfg(feature = "std")]
pub(super) const NOT_A_FILE: &str = "it is not the path of a file";

/// Why tensors could not be read, changed or loaded into a network, which is unchanged then.
#[derive(Debug)]
#[non_exhaustive]
pub struct LoadError {
    /// The name of the network's type, where one was asked for.
    pub network: Option<&'static str>,
    /// The file, where it was one; all of them, separated by commas, where there were several.
    pub path: Option<String>,
    /// What is wrong.
    pub fault: LoadFault,
    /// What it was where it was no file.
    pub(super) unnamed: Unnamed,
}

/// What is read that is no file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unnamed {
    /// The bytes of one.
    Bytes,
    /// Tensors from memory.
    Tensors,
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
    /// The file is sound, but there is no such state.
    State(StateError),
    /// The file is sound, but it is no checkpoint of what should be restored.
    #[cfg(feature = "std")]
    Checkpoint(CheckpointFault),
    /// The file is sound, but what was asked of its tensors cannot be done.
    Edit {
        /// The method of [`StateDict`](crate::file::StateDict).
        method: &'static str,
        /// Why not.
        fault: Box<EditFault>,
    },
}

impl LoadError {
    pub(super) fn of_network(self, name: &'static str) -> Self {
        LoadError { network: Some(name), ..self }
    }
}

impl Display for LoadError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.network, &self.fault) {
            (Some(network), _) => write!(f, "cannot load `{network}` from ")?,
            (None, LoadFault::Edit { method, .. }) => write!(f, "cannot `{method}` in ")?,
            (None, _) => write!(f, "cannot read ")?,
        }
        match &self.path {
            Some(path) => write!(f, "`{path}`: {}", self.fault),
            None => match self.unnamed {
                Unnamed::Bytes => write!(f, "these bytes: {}", self.fault),
                Unnamed::Tensors => write!(f, "these tensors: {}", self.fault),
            },
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
            LoadFault::Tensors(mismatches) => mismatch::write(f, mismatches),
            LoadFault::State(error) => write!(f, "{error}"),
            #[cfg(feature = "std")]
            LoadFault::Checkpoint(fault) => write!(f, "{fault}"),
            LoadFault::Edit { fault, .. } => write!(f, "{fault}"),
        }
    }
}
