//! What a checkpoint may lack.

use alloc::string::String;
use core::fmt::{self, Display, Formatter};

/// Why a sound file cannot restore what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckpointFault {
    /// It is a file of tensors alone.
    NoCheckpoint,
    /// It is one of another version of the format.
    Version {
        /// Which one.
        found: String,
    },
    /// It lacks something.
    Missing {
        /// What: a `part`, an `optimizer`, a `setting`, an `rng` or a `value`.
        what: &'static str,
        /// Its name, where it has one.
        name: String,
        /// One that there is, which is called nearly the same.
        nearest: Option<String>,
    },
    /// It holds another optimizer.
    Optimizer {
        /// The one to be restored.
        expected: &'static str,
        /// The one that was saved.
        found: String,
    },
    /// A setting of an optimizer is none that it has, or belongs to another network.
    Setting {
        /// The optimizer.
        optimizer: &'static str,
        /// The name of the setting.
        name: String,
        /// What was saved.
        text: String,
    },
    /// It holds another random number generator.
    Rng {
        /// The one to be restored.
        expected: &'static str,
        /// The one that was saved.
        found: String,
    },
    /// A value is none of its type.
    Value {
        /// Its name.
        name: String,
        /// What was saved.
        text: String,
        /// The type.
        expected: &'static str,
    },
}

impl Display for CheckpointFault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            CheckpointFault::NoCheckpoint => {
                write!(f, "it holds tensors alone; `Checkpoint::save` writes a checkpoint")
            }
            CheckpointFault::Version { found } => {
                write!(f, "it is a checkpoint of version {found}, which is not known here")
            }
            CheckpointFault::Missing { what, name, nearest } => {
                write!(f, "it has no {what}")?;
                if !name.is_empty() {
                    write!(f, " `{name}`")?;
                }
                nearest.iter().try_for_each(|nearest| write!(f, ", but `{nearest}`"))
            }
            CheckpointFault::Optimizer { expected, found } => {
                write!(f, "it holds the state of `{found}`, not of `{expected}`")
            }
            CheckpointFault::Setting { optimizer, name, text } => {
                write!(f, "`{name}` of `{optimizer}` cannot be {text:?}")
            }
            CheckpointFault::Rng { expected, found } => {
                write!(f, "it holds the state of a `{found}`, not of a `{expected}`")
            }
            CheckpointFault::Value { name, text, expected } => {
                write!(f, "the value `{name}` is {text:?}, which is no `{expected}`")
            }
        }
    }
}
