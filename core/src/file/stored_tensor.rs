//! What a safetensors file says of one tensor.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A tensor of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredTensor {
    /// The name in the file, or the one it was given since.
    pub name: String,
    /// The size along each axis.
    pub shape: Vec<usize>,
    /// The type of its values as safetensors names it, such as `F32` or `BF16`.
    pub dtype: String,
    /// Where its bytes lie behind the header.
    pub(super) range: Range<usize>,
}
