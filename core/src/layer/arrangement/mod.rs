//! Layers that arrange values anew and compute nothing. They have no values of their own.

mod permute;
mod reshape;
mod slice;

pub use permute::Permute;
pub use reshape::Reshape;
pub use slice::Slice;
