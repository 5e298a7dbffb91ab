//! The tensors of a file as they are, before they become a network.

mod fold;
mod list;
mod names;
mod pairing;
mod values;

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
#[cfg(feature = "std")]
use alloc::string::ToString;
#[cfg(feature = "std")]
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;

use self::list::TensorList;
pub(super) use self::pairing::Names;
use super::error::{EditFault, LoadError, LoadFault, Unnamed};
use super::header::{self, Contents, Entry};
use super::stored_tensor::{Bytes, StoredTensor};
use super::{layout, number};
use crate::aligned::Aligned;
use crate::network::Network;
use crate::parameters::{Tensor, Tensors};
use crate::scalar::Float;

/// Tensors that others have trained, on their way into a network: those of a file, of several files, or of memory.
///
/// Each of its methods takes the tensors and gives them back changed, so that what has to be done reads from the file to
/// the network. What cannot be done is an error that says what there is; what is left when all is done has to fit the
/// network in all names, shapes and types.
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
/// #     let len = 2 * shape.iter().product::<usize>();
/// #     TensorView::new(Dtype::F16, shape.to_vec(), &zeros[..len]).unwrap()
/// # };
/// # let first = [("0.weight", tensor(&[32, 10])), ("0.bias", tensor(&[32]))];
/// # let second = [("2.weight", tensor(&[16, 32])), ("2.bias", tensor(&[16]))];
/// # let file = serialize(first.into_iter().chain(second), None).unwrap();
/// // The bytes of `save_file(nn.Sequential(Linear(10, 32), ReLU(), Linear(32, 16)).half().state_dict(), ..)`.
/// let file = StateDict::parse(&file)?;
/// let mut names: Vec<&str> = file.tensors().iter().map(|tensor| tensor.name.as_str()).collect();
/// names.sort();
/// assert_eq!(names, ["0.bias", "0.weight", "2.bias", "2.weight"]);
///
/// let loaded: Aligned<Net> = file
///     .rename_prefixes([("0.", "stage1."), ("2.", "latent.")])?
///     .convert::<f32>()
///     .load()?;
/// # assert_eq!(loaded, Net::zeros());
/// # Ok(())
/// # }
/// ```
///
/// | | |
/// | --- | --- |
/// | where they are from | [`open`](Self::open), [`open_all`](Self::open_all), [`parse`](Self::parse), [`from_tensors`](Self::from_tensors), [`join`](Self::join), [`insert`](Self::insert) |
/// | what they are called | [`rename_prefixes`](Self::rename_prefixes), [`rename`](Self::rename), [`part`](Self::part), [`without`](Self::without), [`recurrent_layers`](Self::recurrent_layers) |
/// | their values | [`convert`](Self::convert), [`concat`](Self::concat), [`transpose`](Self::transpose), [`permute`](Self::permute), [`rows`](Self::rows) |
/// | what was a layer of its own | [`fold_batch_norm`](Self::fold_batch_norm), [`fold_row`](Self::fold_row) |
/// | where they go | [`load`](Self::load), [`restore`](Self::restore), [`restore_state`](Self::restore_state), [`load_by_suffix`](Self::load_by_suffix), [`restore_by_suffix`](Self::restore_by_suffix), [`values`](Self::values) |
#[derive(Clone)]
pub struct StateDict<'a> {
    tensors: TensorList<'a>,
    path: Option<String>,
    /// What they are in messages, where there is no path.
    unnamed: Unnamed,
}

impl<'a> StateDict<'a> {
    /// The tensors in the bytes of a safetensors file.
    ///
    /// # Errors
    /// If the bytes are not a whole safetensors file.
    pub fn parse(file: &'a [u8]) -> Result<Self, LoadError> {
        Self::new(file, None, |range| Bytes::Borrowed(&file[range]))
    }

    /// The tensors in a file, each with the bytes that lie in its range.
    fn new(
        file: &[u8],
        path: Option<String>,
        bytes: impl Fn(Range<usize>) -> Bytes<'a>,
    ) -> Result<Self, LoadError> {
        let (mut stored, texts) = read(file, path.clone(), bytes)?;
        // What a checkpoint holds beside networks is none of a state dict.
        if texts.contains_key(header::CHECKPOINT) {
            stored.retain(|stored| !stored.name.contains("optimizer/"));
        }
        let tensors = stored.into_iter().collect();
        Ok(StateDict { tensors, path, unnamed: Unnamed::Bytes })
    }

    /// Tensors of names, shapes and values, row by row, as NumPy and PyTorch list them.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// network! { struct Net< 3 => 2 >; }
    ///
    /// // What another format keeps in one list.
    /// let list = [1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0, 0.5, -0.5];
    /// let (weight, bias) = list.split_at(6);
    /// let net: Aligned<Net> = StateDict::from_tensors([
    ///     ("stage1.weight", &[2, 3][..], weight),
    ///     ("stage1.bias", &[2], bias),
    /// ])?
    /// .load()?;
    /// assert_eq!(net.forward(&SVector::from([1.0, 0.0, 0.0])), SVector::from([1.5, 3.5]));
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If a tensor has another number of values than its shape, or none or another's name.
    pub fn from_tensors<T: Float>(
        tensors: impl IntoIterator<Item = (impl Into<String>, impl AsRef<[usize]>, impl AsRef<[T]>)>,
    ) -> Result<Self, LoadError> {
        let tensors = tensors.into_iter();
        Self::none().edit("from_tensors", |list| {
            tensors.into_iter().try_for_each(|(name, shape, values)| {
                list.push(of_memory(name.into(), shape.as_ref(), values.as_ref())?)
            })
        })
    }

    fn none() -> Self {
        StateDict { tensors: TensorList::default(), path: None, unnamed: Unnamed::Tensors }
    }

    /// With one more tensor, of these values, row by row.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// # network! { struct Old< 3 => dense(2, bias: false) >; struct Net< 3 => 2 >; }
    /// # let bytes = Old::new(&mut StdRng::seed_from_u64(7)).to_safetensors();
    /// // A layer that was trained without a bias.
    /// let net: Aligned<Net> = StateDict::parse(&bytes)?.insert("stage1.bias", &[2], &[0.0_f32; 2])?.load()?;
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If there is a tensor of that name, or the shape has another number of values.
    pub fn insert<T: Float>(
        self,
        name: impl Into<String>,
        shape: &[usize],
        values: &[T],
    ) -> Result<Self, LoadError> {
        self.edit("insert", |list| list.push(of_memory(name.into(), shape, values)?))
    }

    /// These tensors and those of another file, as one.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// # network! { struct Encoder< 3 => 2 >; struct Net< 3 => encoder: Encoder => 1 >; }
    /// # let whole = Net::new(&mut StdRng::seed_from_u64(7)).to_safetensors();
    /// # let whole = StateDict::parse(&whole)?;
    /// # let (encoder, head) = (whole.clone().part("encoder.")?, whole.clone().without("encoder.")?);
    /// // An encoder and what stands behind it, each in a file of its own.
    /// let net: Aligned<Net> = encoder.rename_prefixes([("", "encoder.")])?.join(head)?.load()?;
    /// # assert_eq!(net, whole.load::<Net>()?);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If both have a tensor of the same name.
    pub fn join(mut self, other: StateDict<'a>) -> Result<Self, LoadError> {
        self.path = match (self.path, other.path) {
            (Some(ours), Some(others)) => Some(ours + ", " + &others),
            (ours, others) => ours.or(others),
        };
        self.edit("join", |list| list.extend(other.tensors))
    }

    /// What there is, in the order of the file.
    pub fn tensors(&self) -> &[StoredTensor<'a>] {
        self.tensors.all()
    }

    /// The values of a tensor, row by row, each the nearest one of type `T`.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// let samples = StateDict::from_tensors([("input", [2, 2], [0.0_f64, 0.5, 1.0, 1.5])])?;
    /// assert_eq!(samples.values::<f32>("input")?, [0.0, 0.5, 1.0, 1.5]);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If there is no tensor of that name, or its values are no floating-point numbers.
    pub fn values<T: Float>(&self, name: &str) -> Result<Vec<T>, LoadError> {
        let numbers = |stored: &StoredTensor<'_>| {
            stored.numbers().ok_or_else(|| EditFault::Type {
                name: stored.name.clone(),
                dtype: stored.dtype.clone(),
                needed: "floating-point numbers".into(),
            })
        };
        self.tensors.get(name).and_then(numbers).map_err(|fault| self.error("values", fault))
    }

    /// A network of these tensors.
    ///
    /// # Errors
    /// If one of the tensors does not fit.
    pub fn load<N: Network>(&self) -> Result<Aligned<N>, LoadError> {
        self.load_by(Names::Same)
    }

    /// Sets all values of a network (`&mut *net`, where it is in an [`Aligned`]).
    ///
    /// # Errors
    /// If one of the tensors does not fit. The network is then unchanged.
    pub fn restore<N: Network>(&self, network: &mut N) -> Result<(), LoadError> {
        self.restore_by(Names::Same, network)
    }

    /// A network whose tensors are called as the ends of these: `latent.weight` is `model.decoder.latent.weight`.
    ///
    /// A tensor goes to the longest name of the network that it ends like, so `model.encoder.stage1.weight` is
    /// `encoder.stage1.weight` where there is that, and else `stage1.weight`. What is in front of the end is no part of a
    /// word: `11.weight` does not end like `1.weight`.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// network! { struct Net< 3 => hidden: relu 4 => head: 2 >; }
    ///
    /// # let trained = Net::new(&mut StdRng::seed_from_u64(7)).to_safetensors();
    /// # let file = StateDict::parse(&trained)?
    /// #     .rename_prefixes([("hidden.", "module.backbone.0.hidden."), ("head.", "module.out.head.")])?;
    /// assert_eq!(file.tensors()[0].name, "module.backbone.0.hidden.weight");
    /// let net: Aligned<Net> = file.load_by_suffix()?;
    /// # assert_eq!(net.to_safetensors(), trained);
    /// # Ok::<(), static_net::file::LoadError>(())
    /// ```
    ///
    /// # Errors
    /// If one of the tensors does not fit; if several end like one of the network's, with the names of all of them.
    pub fn load_by_suffix<N: Network>(&self) -> Result<Aligned<N>, LoadError> {
        self.load_by(Names::EndAlike)
    }

    /// Sets all values of a network (`&mut *net`, where it is in an [`Aligned`]), as
    /// [`load_by_suffix`](Self::load_by_suffix) finds them.
    ///
    /// # Errors
    /// As `load_by_suffix`. The network is then unchanged.
    pub fn restore_by_suffix<N: Network>(&self, network: &mut N) -> Result<(), LoadError> {
        self.restore_by(Names::EndAlike, network)
    }

    fn load_by<N: Network>(&self, names: Names) -> Result<Aligned<N>, LoadError> {
        let mut network = Aligned::zeros();
        self.restore_by::<N>(names, &mut network)?;
        Ok(network)
    }

    fn restore_by<N: Network>(&self, names: Names, network: &mut N) -> Result<(), LoadError> {
        let tensors = Tensors::of::<N::Scalar, N>();
        let fits = Self::read_into(&tensors, self.tensors(), names, network.state_mut());
        fits.map_err(|fault| self.of_network::<N>(fault))
    }

    /// Sets values of which these tensors say what they are.
    pub(super) fn read_into<T: Float>(
        tensors: &[Tensor],
        stored: &[StoredTensor<'a>],
        names: Names,
        values: &mut [T],
    ) -> Result<(), LoadFault> {
        let dtype = number::dtype::<T>();
        let pairs = pairing::pair(tensors, stored, dtype, names).map_err(LoadFault::Tensors)?;
        for (tensor, stored) in pairs {
            layout::read(tensor, &stored.bytes, values);
        }
        Ok(())
    }

    pub(super) fn of_network<N: Network>(&self, fault: LoadFault) -> LoadError {
        LoadError { network: Some(N::NAME), path: self.path.clone(), fault, unnamed: self.unnamed }
    }

    /// What is left when `edit` has changed the tensors.
    fn edit(
        mut self,
        method: &'static str,
        edit: impl FnOnce(&mut TensorList<'a>) -> Result<(), EditFault>,
    ) -> Result<Self, LoadError> {
        match edit(&mut self.tensors) {
            Ok(()) => Ok(self),
            Err(fault) => Err(self.error(method, fault)),
        }
    }

    fn error(&self, method: &'static str, fault: EditFault) -> LoadError {
        LoadError {
            network: None,
            path: self.path.clone(),
            fault: LoadFault::Edit { method, fault: Box::new(fault) },
            unnamed: self.unnamed,
        }
    }
}

/// Texts of a file, by name.
type Texts = BTreeMap<String, String>;

/// All tensors in a file, each with the bytes that lie in its range, and its texts.
fn read<'a>(
    file: &[u8],
    path: Option<String>,
    bytes: impl Fn(Range<usize>) -> Bytes<'a>,
) -> Result<(Vec<StoredTensor<'a>>, Texts), LoadError> {
    match header::read(file) {
        Ok(Contents { entries, metadata }) => {
            let stored = |entry: Entry| StoredTensor {
                name: entry.name,
                shape: entry.shape,
                dtype: entry.dtype,
                bytes: bytes(entry.range),
            };
            Ok((entries.into_iter().map(stored).collect(), metadata))
        }
        Err(fault) => Err(LoadError { network: None, path, fault, unnamed: Unnamed::Bytes }),
    }
}

/// All tensors and texts in a file that was read whole, whose tensors share it.
#[cfg(feature = "std")]
pub(super) fn read_file(
    file: Vec<u8>,
    path: Option<String>,
) -> Result<(Vec<StoredTensor<'static>>, Texts), LoadError> {
    let file = Arc::new(file);
    read(&file, path, |range| Bytes::OfFile(Arc::clone(&file), range))
}

/// The bytes of a file.
#[cfg(feature = "std")]
pub(super) fn open_file(path: &std::path::Path) -> Result<Vec<u8>, LoadError> {
    // A device may have no end.
    let read = std::fs::metadata(path).and_then(|found| match found.is_file() {
        true => std::fs::read(path),
        false => Err(std::io::Error::other(super::error::NOT_A_FILE)),
    });
    read.map_err(|source| LoadError {
        network: None,
        path: Some(path.display().to_string()),
        fault: LoadFault::Io(source),
        unnamed: Unnamed::Bytes,
    })
}

/// A tensor of values that are in memory.
fn of_memory<T: Float>(
    name: String,
    shape: &[usize],
    values: &[T],
) -> Result<StoredTensor<'static>, EditFault> {
    let shape = shape.to_vec();
    let len = shape.iter().try_fold(1_usize, |len, &size| len.checked_mul(size));
    if len != Some(values.len()) {
        return Err(EditFault::Values { name, shape, found: values.len() });
    }
    let bytes = Bytes::Owned(number::write(values));
    Ok(StoredTensor { name, shape, dtype: number::dtype::<T>().into(), bytes })
}

#[cfg(feature = "std")]
impl StateDict<'static> {
    /// The tensors in a safetensors file.
    ///
    /// # Errors
    /// If the file cannot be read, or is not a whole safetensors file.
    pub fn open(path: impl AsRef<std::path::Path>) -> Result<Self, LoadError> {
        let path = path.as_ref();
        let file = Arc::new(open_file(path)?);
        let shown = Some(path.display().to_string());
        Self::new(&file, shown, |range| Bytes::OfFile(Arc::clone(&file), range))
    }

    /// The tensors in several safetensors files as one, such as large models are kept in.
    ///
    /// ```
    /// # use static_net::file::StateDict;
    /// # use static_net::prelude::*;
    /// # network! { struct First< 3 => trunk: 2 >; struct Second< 2 => head: 1 >; struct Net< 3 => trunk: 2 => head: 1 >; }
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = folder.path();
    /// # First::zeros().save(folder.join("model-00001-of-00002.safetensors"))?;
    /// # Second::zeros().save(folder.join("model-00002-of-00002.safetensors"))?;
    /// let files = (1..=2).map(|part| folder.join(format!("model-{part:05}-of-00002.safetensors")));
    /// let net: Aligned<Net> = StateDict::open_all(files)?.load()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If a file cannot be read or is not a whole safetensors file, or two tensors have the same name.
    pub fn open_all(
        paths: impl IntoIterator<Item = impl AsRef<std::path::Path>>,
    ) -> Result<Self, LoadError> {
        let mut files = paths.into_iter().map(Self::open);
        let first = files.next().unwrap_or_else(|| Ok(Self::none()))?;
        files.try_fold(first, |all, file| all.join(file?))
    }
}

impl core::fmt::Debug for StateDict<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter
            .debug_struct("StateDict")
            .field("path", &self.path)
            .field("tensors", &self.tensors())
            .finish_non_exhaustive()
    }
}
