//! A safetensors file as it is, before it becomes a network.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::error::{LoadError, LoadFault, Mismatch};
use super::stored_tensor::StoredTensor;
use super::{header, layout};
use crate::aligned::Aligned;
use crate::network::Network;
use crate::parameters::{Kind, Tensor, Tensors};
use crate::scalar::Float;

/// The tensors of a safetensors file, under names that can still be changed.
///
/// An `nn.Sequential` numbers its tensors; a network's stages have names:
///
/// ```
/// use static_net::file::StateDict;
/// use static_net::prelude::*;
///
/// network! {
///     struct Net< 10 => relu 32 => latent: relu 16 >;
/// }
///
/// # fn main() -> Result<(), static_net::file::LoadError> {
/// # use safetensors::tensor::{Dtype, TensorView, serialize};
/// # let zeros = [0; 4 * 16 * 32];
/// # let tensor = |shape: &[usize]| {
/// #     let len = 4 * shape.iter().product::<usize>();
/// #     TensorView::new(Dtype::F32, shape.to_vec(), &zeros[..len]).unwrap()
/// # };
/// # let first = [("0.weight", tensor(&[32, 10])), ("0.bias", tensor(&[32]))];
/// # let second = [("2.weight", tensor(&[16, 32])), ("2.bias", tensor(&[16]))];
/// # let file = serialize(first.into_iter().chain(second), None).unwrap();
/// // The bytes of `save_file(nn.Sequential(Linear(10, 32), ReLU(), Linear(32, 16)).state_dict(), ..)`.
/// let file = StateDict::parse(&file)?;
/// let mut names: Vec<&str> = file.tensors().iter().map(|tensor| tensor.name.as_str()).collect();
/// names.sort();
/// assert_eq!(names, ["0.bias", "0.weight", "2.bias", "2.weight"]);
///
/// let loaded: Aligned<Net> = file
///     .rename(|name| Some(name.replace("0.", "stage1.").replace("2.", "latent.")))
///     .load()?;
/// # assert_eq!(loaded, Net::zeros());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct StateDict<'a> {
    file: Cow<'a, [u8]>,
    data_start: usize,
    tensors: Vec<StoredTensor>,
    path: Option<String>,
}

impl<'a> StateDict<'a> {
    /// The tensors in the bytes of a safetensors file.
    ///
    /// # Errors
    /// If the bytes are not a whole safetensors file.
    pub fn parse(file: &'a [u8]) -> Result<Self, LoadError> {
        Self::new(Cow::Borrowed(file), None)
    }

    fn new(file: Cow<'a, [u8]>, path: Option<String>) -> Result<Self, LoadError> {
        match header::read(&file) {
            Ok((tensors, data_start)) => Ok(StateDict { file, data_start, tensors, path }),
            Err(fault) => Err(LoadError { network: None, path, fault }),
        }
    }

    /// What the file holds, in its order.
    pub fn tensors(&self) -> &[StoredTensor] {
        &self.tensors
    }

    /// Gives each tensor the name that `new_name` finds for its present one; where that is `None`, the
    /// tensor is left out.
    ///
    /// ```
    /// # use static_net::prelude::*;
    /// # network! { struct Encoder< 3 => 2 >; struct Net< 3 => encoder: Encoder => 1 >; }
    /// # let net = Net::new(&mut StdRng::seed_from_u64(7));
    /// # let bytes = net.to_safetensors();
    /// # let file = static_net::file::StateDict::parse(&bytes)?;
    /// // Only the encoder of a larger network.
    /// let encoder: Aligned<Encoder> =
    ///     file.rename(|name| name.strip_prefix("encoder.").map(String::from)).load()?;
    /// # assert_eq!(encoder.state(), net.encoder.state());
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    #[must_use = "gives the renamed tensors"]
    pub fn rename(mut self, mut new_name: impl FnMut(&str) -> Option<String>) -> Self {
        self.tensors.retain_mut(|tensor| match new_name(&tensor.name) {
            Some(name) => {
                tensor.name = name;
                true
            }
            None => false,
        });
        self
    }

    /// A network of these tensors.
    ///
    /// # Errors
    /// If one of the tensors does not fit.
    pub fn load<N: Network>(&self) -> Result<Aligned<N>, LoadError> {
        let mut network = Aligned::zeros();
        self.restore::<N>(&mut network)?;
        Ok(network)
    }

    /// Sets all values of a network (`&mut *net`, where it is in an [`Aligned`]).
    ///
    /// # Errors
    /// If one of the tensors does not fit. The network is then unchanged.
    pub fn restore<N: Network>(&self, network: &mut N) -> Result<(), LoadError> {
        let tensors = Tensors::of::<N::Scalar, N>();
        match self.pair::<N::Scalar>(&tensors) {
            Ok(pairs) => {
                for (tensor, stored) in pairs {
                    let bytes = &self.file[self.data_start..][stored.range.clone()];
                    layout::read(tensor, bytes, network.state_mut());
                }
                Ok(())
            }
            Err(mismatches) => Err(LoadError {
                network: Some(N::NAME),
                path: self.path.clone(),
                fault: LoadFault::Tensors(mismatches),
            }),
        }
    }

    /// Finds the stored tensor for each of a network's, or all that is wrong.
    fn pair<'t, T: Float>(
        &self,
        tensors: &'t [Tensor],
    ) -> Result<Vec<(&'t Tensor, &StoredTensor)>, Vec<Mismatch>> {
        let mut mismatches = Vec::new();
        let mut by_name = BTreeMap::new();
        for stored in &self.tensors {
            if by_name.insert(stored.name.as_str(), stored).is_some() {
                mismatches.push(Mismatch::Twice { name: stored.name.clone() });
            }
        }

        let dtype = header::dtype::<T>().to_string();
        let mut pairs = Vec::new();
        for tensor in tensors {
            let (name, shape) = (tensor.name.clone(), tensor.shape.clone());
            let Some(stored) = by_name.remove(tensor.name.as_str()) else {
                mismatches.push(Mismatch::Missing { name, shape });
                continue;
            };
            if stored.shape != shape {
                let (expected, found) = (shape, stored.shape.clone());
                mismatches.push(Mismatch::Shape { name: name.clone(), expected, found });
            }
            if stored.dtype != dtype {
                let (expected, found) = (dtype.clone(), stored.dtype.clone());
                mismatches.push(Mismatch::Type { name, expected, found });
            }
            pairs.push((tensor, stored));
        }

        // Beside other tensors that do not fit, how many batches were seen is not worth a line.
        let extra = by_name.into_values().filter(|stored| !counts_batches(stored, tensors));
        let (counts, mut extra): (Vec<_>, Vec<_>) =
            extra.partition(|stored| is_batch_count(stored));
        if mismatches.is_empty() && extra.is_empty() {
            extra = counts;
        }
        extra.sort_by_key(|stored| stored.range.start);
        mismatches.extend(extra.into_iter().map(|stored| Mismatch::Extra {
            name: stored.name.clone(),
            shape: stored.shape.clone(),
        }));
        if mismatches.is_empty() { Ok(pairs) } else { Err(mismatches) }
    }
}

/// Whether it is what PyTorch keeps besides the statistics of a normalisation over the batch: how many
/// batches it has seen. A normalisation here has a momentum, for which the number does not matter, and PyTorch
/// does not miss it in a file of ours.
fn counts_batches(stored: &StoredTensor, tensors: &[Tensor]) -> bool {
    let Some(prefix) = stored.name.strip_suffix(BATCH_COUNT) else { return false };
    let is_mean = |tensor: &Tensor| {
        tensor.kind == Kind::RunningStatistic
            && tensor.name.strip_prefix(prefix) == Some("running_mean")
    };
    is_batch_count(stored) && tensors.iter().any(is_mean)
}

/// Whether it has the name and the type of such a number.
fn is_batch_count(stored: &StoredTensor) -> bool {
    stored.name.ends_with(BATCH_COUNT) && stored.dtype == "I64" && stored.shape.is_empty()
}

/// What PyTorch calls it.
const BATCH_COUNT: &str = "num_batches_tracked";

#[cfg(feature = "std")]
impl StateDict<'static> {
    /// The tensors in a safetensors file.
    ///
    /// # Errors
    /// If the file cannot be read, or is not a whole safetensors file.
    pub fn open(path: impl AsRef<std::path::Path>) -> Result<Self, LoadError> {
        let shown = Some(path.as_ref().display().to_string());
        // A device may have no end.
        let read = std::fs::metadata(&path).and_then(|found| match found.is_file() {
            true => std::fs::read(path),
            false => Err(std::io::Error::other(super::error::NOT_A_FILE)),
        });
        match read {
            Ok(file) => Self::new(Cow::Owned(file), shown),
            Err(source) => {
                Err(LoadError { network: None, path: shown, fault: LoadFault::Io(source) })
            }
        }
    }
}

impl core::fmt::Debug for StateDict<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("StateDict")
            .field("path", &self.path)
            .field("tensors", &self.tensors)
            .finish_non_exhaustive()
    }
}
