//! What a stream remembers, as a file.

use alloc::vec::Vec;
use core::convert::Infallible;
#[cfg(feature = "std")]
use std::fs::File;
#[cfg(feature = "std")]
use std::io::Write as _;
#[cfg(feature = "std")]
use std::path::Path;

use super::LoadError;
use super::error::LoadFault;
use super::state_dict::Names;
use super::stored_tensor::StoredTensor;
#[cfg(feature = "std")]
use super::{SaveError, atomic};
use super::{StateDict, header, layout};
use crate::network::Network;
use crate::stream::StreamState;

/// The name of the number of steps that there were.
const POSITION: &str = "position";

/// With the feature `safetensors`.
impl<N: Network> StreamState<N> {
    /// The state as the bytes of a safetensors file: [`tensors`](StreamState::tensors) says how its parts are called, and
    /// `position` is how many steps there were.
    ///
    /// ```
    /// use static_net::file::StateDict;
    /// use static_net::prelude::*;
    ///
    /// network! { struct Net< [64, 1] => memory: lstm(2) => 1 >; }
    ///
    /// let net = Net::new(&mut StdRng::seed_from_u64(1));
    /// let mut stream = net.stream();
    /// stream.push(&[0.5]);
    /// let bytes: Vec<u8> = stream.state().to_safetensors();
    ///
    /// let file = StateDict::parse(&bytes)?;
    /// let names: Vec<_> = file.tensors().iter().map(|tensor| tensor.name.as_str()).collect();
    /// assert_eq!(names, ["position", "memory.h_0", "memory.c_0"]);
    ///
    /// let mut state = StreamState::<Net>::new();
    /// state.restore_from(&bytes)?;
    /// assert_eq!(&state, stream.state());
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Panics
    /// If two parts have the same name, which only a hand-written
    /// [`describe_state`](crate::layer::Streaming::describe_state) can bring about.
    #[must_use]
    pub fn to_safetensors(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut append = |chunk: &[u8]| {
            bytes.extend_from_slice(chunk);
            Ok::<(), Infallible>(())
        };
        let Ok(()) = self.write(&mut append);
        bytes
    }

    /// Takes all from the bytes of a safetensors file.
    ///
    /// # Errors
    /// If the bytes are not a whole safetensors file, or one of the tensors does not fit. The state is then unchanged.
    pub fn restore_from(&mut self, bytes: &[u8]) -> Result<(), LoadError> {
        StateDict::parse(bytes).map_err(|error| error.of_network(N::NAME))?.restore_state(self)
    }

    /// Writes the state to a safetensors file that [`restore`](StreamState::restore) and PyTorch read. A crash at any moment
    /// leaves the old file or the new one.
    ///
    /// # Errors
    /// If the folder does not exist, `path` is not that of a file, the file is read-only, or the system refuses to
    /// write.
    ///
    /// # Panics
    /// As [`to_safetensors`](StreamState::to_safetensors).
    #[cfg(feature = "std")]
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), SaveError> {
        let path = path.as_ref();
        let contents = |file: &mut File| self.write(&mut |chunk: &[u8]| file.write_all(chunk));
        atomic::replace(path, contents).map_err(|fault| SaveError { path: path.to_owned(), fault })
    }

    /// Takes all from a safetensors file.
    ///
    /// # Errors
    /// If the file cannot be read, is not a whole safetensors file, or one of its tensors does not fit. The state is then
    /// unchanged.
    #[cfg(feature = "std")]
    pub fn restore(&mut self, path: impl AsRef<Path>) -> Result<(), LoadError> {
        StateDict::open(path).map_err(|error| error.of_network(N::NAME))?.restore_state(self)
    }

    fn write<E>(&self, sink: &mut impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let tensors = self.tensors();
        sink(&header::write_behind_number::<N::Scalar>(POSITION, &tensors))?;
        sink(&(self.position() as u64).to_le_bytes())?;
        layout::write(&tensors, self.values(), sink)
    }
}

impl StateDict<'_> {
    /// Sets a state to what these tensors say, as [`StreamState::save`] calls them: `h_0` and `c_0` of each recurrence
    /// behind the name of its stage, `[1, hidden]`, as PyTorch has them for one sample. Without a `position` it is in front
    /// of the first step.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// use static_net::prelude::*;
    ///
    /// network! { struct Net< [64, 1] => memory: lstm(2) >; }
    ///
    /// let mut state = StreamState::<Net>::new();
    /// StateDict::from_tensors([("memory.h_0", [1, 2], [0.5_f32, -0.5]), ("memory.c_0", [1, 2], [1.0, 2.0])])?
    ///     .restore_state(&mut state)?;
    /// assert_eq!(state.values(), [0.5, -0.5, 1.0, 2.0]);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If one of the tensors does not fit, or the position is behind the last step that a stream can take. The state is
    /// then unchanged.
    pub fn restore_state<N: Network>(&self, state: &mut StreamState<N>) -> Result<(), LoadError> {
        let is_position = |stored: &&StoredTensor<'_>| {
            (stored.name.as_str(), stored.dtype.as_str()) == (POSITION, "I64") && stored.len() == 1
        };
        let position = self.tensors().iter().find(is_position);
        let others = self.tensors().iter().filter(|stored| !is_position(stored));
        let others: Vec<_> = others.cloned().collect();
        restore(position, &others, state).map_err(|fault| self.of_network::<N>(fault))
    }
}

fn restore<N: Network>(
    position: Option<&StoredTensor<'_>>,
    others: &[StoredTensor<'_>],
    state: &mut StreamState<N>,
) -> Result<(), LoadFault> {
    let position = position.and_then(|stored| stored.bytes.first_chunk()).copied();
    let position = i64::from_le_bytes(position.unwrap_or_default());
    let position = usize::try_from(position).unwrap_or(usize::MAX);
    state.check_position(position).map_err(LoadFault::State)?;
    StateDict::read_into(&state.tensors(), others, Names::Same, state.values_mut())?;
    state.set_position(position);
    Ok(())
}
