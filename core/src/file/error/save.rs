//! What may go wrong with a file that is written.

use core::error::Error;
use core::fmt::{self, Display, Formatter};

use super::NOT_A_FILE;

/// Why a network could not be saved.
#[derive(Debug)]
#[non_exhaustive]
pub struct SaveError {
    /// Where it should have gone.
    pub path: std::path::PathBuf,
    /// What is wrong.
    pub fault: SaveFault,
}

/// What keeps a network from being saved.
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

impl Error for SaveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.fault {
            SaveFault::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
