//! A tensor as a file has it.

use alloc::string::String;
#[cfg(feature = "std")]
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt::{self, Debug, Formatter};
use core::ops::Deref;
#[cfg(feature = "std")]
use core::ops::Range;

/// A tensor of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredTensor<'a> {
    /// The name in the file, or the one it was given since.
    pub name: String,
    /// The size along each axis.
    pub shape: Vec<usize>,
    /// The type of its values as safetensors names it, such as `F32` or `BF16`.
    pub dtype: String,
    /// Its values, row by row.
    pub(super) bytes: Bytes<'a>,
}

impl StoredTensor<'_> {
    /// How many values it has.
    pub(super) fn len(&self) -> usize {
        self.shape.iter().product()
    }
}

/// Bytes that are borrowed, those of a tensor alone, or part of a file that several tensors share.
#[derive(Clone)]
pub(super) enum Bytes<'a> {
    Borrowed(&'a [u8]),
    Owned(Vec<u8>),
    #[cfg(feature = "std")]
    OfFile(Arc<Vec<u8>>, Range<usize>),
}

impl Deref for Bytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Borrowed(bytes) => bytes,
            Bytes::Owned(bytes) => bytes,
            #[cfg(feature = "std")]
            Bytes::OfFile(file, range) => &file[range.clone()],
        }
    }
}

impl PartialEq for Bytes<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Bytes<'_> {}

impl Debug for Bytes<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}
