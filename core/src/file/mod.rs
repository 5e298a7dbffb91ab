//! Files: a network as a safetensors state dict, the format that PyTorch shares.
//!
//! A file holds each tensor under the name and in the layout that `torch.nn` gives it: `latent.weight` is
//! `[outputs, inputs]`, row by row, although memory holds it column by column. So PyTorch reads it with
//! `model.load_state_dict(safetensors.torch.load_file(path))`, and what
//! `safetensors.torch.save_file(model.state_dict(), path)` wrote is read here.
//!
//! Every network has methods for it; the functions of this module are what they call.
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! { struct Net< 10 => relu 32 => latent: relu 16 => 2 >; }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("net.safetensors");
//! let net = Net::new(&mut StdRng::seed_from_u64(7));
//! net.save(&path)?; // the old file or the new one, whatever happens
//! let loaded = Net::load(&path)?; // Aligned<Net>
//! assert_eq!(loaded, net);
//!
//! let mut other = Net::zeros();
//! other.restore(&path)?; // in place; unchanged if anything in the file does not fit
//! assert_eq!(other, net);
//!
//! let bytes: Vec<u8> = net.to_safetensors(); // without a file, and without `std`
//! assert_eq!(Net::from_safetensors(&bytes)?, net);
//! other.restore_from(&bytes)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Training that goes on
//! A [`Checkpoint`] holds network, optimizer, random numbers and counters in one such file, from which a run goes on bit for
//! bit.
//!
//! # Other names
//! [`StateDict`] reads a file whose tensors have other names, types or arrangements than the network's, several files as
//! one, and values from memory; it lists what there is. Where the names are those of an `nn.Sequential` or of any module
//! of PyTorch, the declaration can say so: `#[tensors = "0"] relu 32` is a stage whose tensors are `0.weight` and `0.bias`.
//!
//! # Normalisations over the batch
//! Their running statistics are tensors like others. PyTorch counts batches besides, in a scalar
//! `num_batches_tracked` beside each `running_mean`: it is passed over here, and PyTorch sets it itself
//! where a file of ours lacks it.
//!
//! # What may go wrong
//! Everything is checked before the first value is written: the names, shapes and types of all
//! tensors. All that does not fit is in one [`LoadError`]; the network is then as it was. Values are
//! not judged, so infinities and NaN come back as they were saved, bit for bit.
//!
//! What is asked of a [`StateDict`] and cannot be done is an error where it is asked: a name that there is not, a prefix at
//! the front of none, two tensors of one name.
//!
//! # Cost
//! Saving to a file streams, with a buffer of 64 KB; loading holds the file's bytes beside the network.
//! The feature `safetensors`, on by default, switches all of this on: the crate of that name reads and
//! writes the header, and brings `serde` and `serde_json`, some seconds of a clean build that an
//! embedded program may not want. `std` adds the forms that take a path.

#[cfg(feature = "std")]
mod atomic;
#[cfg(feature = "std")]
mod checkpoint;
mod error;
mod foreign;
mod header;
mod layout;
mod methods;
mod number;
#[cfg(feature = "std")]
mod path;
mod state;
mod state_dict;
mod stored_tensor;

use alloc::vec::Vec;
use core::convert::Infallible;

#[cfg(feature = "std")]
pub use checkpoint::{Checkpoint, ResumableRng, SavedCheckpoint};
#[cfg(feature = "std")]
pub use error::{CheckpointFault, SaveError, SaveFault};
pub use error::{EditFault, LoadError, LoadFault, Mismatch};
#[cfg(feature = "std")]
pub use path::{load, restore, save};
pub use state_dict::StateDict;
pub use stored_tensor::StoredTensor;

use crate::aligned::Aligned;
use crate::network::Network;
use crate::parameters::Tensors;

/// A network as the bytes of a safetensors file.
///
/// # Panics
/// If two tensors have the same name, which only a hand-written
/// [`describe`](crate::Parameters::describe) can bring about.
pub fn to_safetensors<N: Network>(network: &N) -> Vec<u8> {
    let tensors = Tensors::of::<N::Scalar, N>();
    let mut bytes = header::write::<N::Scalar>(&tensors);
    bytes.reserve_exact(size_of::<N>());
    let mut append = |chunk: &[u8]| {
        bytes.extend_from_slice(chunk);
        Ok::<(), Infallible>(())
    };
    let Ok(()) = layout::write(&tensors, network.state(), &mut append);
    bytes
}

/// A network from the bytes of a safetensors file.
///
/// # Errors
/// If the bytes are not a whole safetensors file, or one of the tensors does not fit.
pub fn from_safetensors<N: Network>(bytes: &[u8]) -> Result<Aligned<N>, LoadError> {
    let mut network = Aligned::zeros();
    restore_from::<N>(&mut network, bytes)?;
    Ok(network)
}

/// Takes all values from the bytes of a safetensors file.
///
/// # Errors
/// If the bytes are not a whole safetensors file, or one of the tensors does not fit. The network is
/// then unchanged.
pub fn restore_from<N: Network>(network: &mut N, bytes: &[u8]) -> Result<(), LoadError> {
    StateDict::parse(bytes).map_err(|error| error.of_network(N::NAME))?.restore(network)
}
