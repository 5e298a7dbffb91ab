//! The forms that take a path.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use super::error::{LoadError, SaveError};
use super::state_dict::StateDict;
use super::{atomic, header, layout};
use crate::aligned::Aligned;
use crate::network::Network;
use crate::parameters::Tensors;

/// Writes a network to a file, whole or not at all.
///
/// The bytes go to a temporary file in the same folder, which takes the place of `path` once they are
/// on the disk. A crash, a kill or a full disk at any moment leaves the file as it was or as it was
/// meant to be. What a killed process leaves behind (`.static-net-*.partial`) is removed by the next
/// save into that folder.
///
/// A symbolic link stays one: the file it points to is replaced. The new file has the permissions of
/// the one it replaces, and its owner and group where the process may give them; hard links and
/// access-control lists stay with the old one. A read-only file is not replaced.
///
/// # Errors
/// If the folder does not exist, `path` is something else than a file, the file is read-only, or the
/// system refuses to write. After an error in its last step, syncing the folder, the file is the new
/// one; after any other, the old one, and nothing is left beside it.
///
/// # Panics
/// As [`to_safetensors`](super::to_safetensors).
pub fn save<N: Network>(network: &N, path: &Path) -> Result<(), SaveError> {
    let tensors = Tensors::of::<N::Scalar, N>();
    let contents = |file: &mut File| {
        file.write_all(&header::write::<N::Scalar>(&tensors))?;
        layout::write(&tensors, network.state(), &mut |chunk: &[u8]| file.write_all(chunk))
    };
    atomic::replace(path, contents).map_err(|fault| SaveError { path: path.to_owned(), fault })
}

/// A network from a file.
///
/// # Errors
/// If the file cannot be read, is not a whole safetensors file, or one of its tensors does not fit.
pub fn load<N: Network>(path: &Path) -> Result<Aligned<N>, LoadError> {
    let mut network = Aligned::zeros();
    restore::<N>(&mut network, path)?;
    Ok(network)
}

/// Takes all values from a file.
///
/// # Errors
/// If the file cannot be read, is not a whole safetensors file, or one of its tensors does not fit. The
/// network is then unchanged.
pub fn restore<N: Network>(network: &mut N, path: &Path) -> Result<(), LoadError> {
    StateDict::open(path).map_err(|error| error.of_network(N::NAME))?.restore(network)
}
