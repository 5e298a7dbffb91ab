//! The numeric work of layers.
//!
//! What takes its sizes as values is a [`Kernel`](crate::simd::Kernel) that is compiled with this crate, once for each
//! number type and instruction set, and called; only what pays to be unrolled for its sizes is meant to be inlined
//! into the code of a network. All of it works on memory of the caller and allocates nothing.

pub(crate) mod attention;
pub(crate) mod causal;
pub(crate) mod convolution;
pub(crate) mod dense;
pub(crate) mod dropout;
pub(crate) mod elementwise;
mod epilogue;
pub(crate) mod gate;
pub(crate) mod history;
pub(crate) mod lanes;
mod line;
pub(crate) mod normalization;
pub(crate) mod pooling;
pub(crate) mod product;
pub(crate) mod recurrence;
pub(crate) mod slopes;
pub(crate) mod softmax;
pub(crate) mod sweep;

pub(crate) use dense::{
    affine, affine_backward_scratch, affine_gradient, affine_gradient_rows, affine_input_gradient,
    affine_input_gradient_rows, affine_rows, affine_scratch, is_unrolled,
};
pub(crate) use epilogue::{Applied, Map};
pub use epilogue::{Epilogue, Identity};
pub use line::{LAST_AXIS, Line};
