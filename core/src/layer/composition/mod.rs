//! Layers made of layers: residuals, repetitions, branches.
//!
//! They pass plain slices of values on, as the code that `network!` writes does, so that an inner layer may
//! spell its shapes in another way than its neighbour as long as the sizes agree.

mod branches;
mod join;
mod joint;
mod projected;
mod repeat;
mod residual;
mod side_by_side;
mod streaming;

pub use branches::Branches;
pub use join::{Concat, Join, Product, Sum};
pub use projected::ProjectedResidual;
pub use repeat::Repeat;
pub use residual::Residual;
pub use side_by_side::*;
pub use streaming::StreamingBranches;

/// What the code names that writes layers side by side.
pub(crate) mod written {
    pub use super::branches::{
        Branches, BranchesBackward, backward, forward, needs_of, output, stage, takes_same,
    };
    pub use super::joint::{Before, Joint};
    pub use super::streaming::{StreamingBranches, memory, steps};
}

use crate::layer::{BufferLayout, BufferSize, Layer};
use crate::scalar::Float;
use crate::shape::{Numbers, Shape};

/// Whether two shapes have the same sizes.
pub(crate) const fn same(left: &[usize], right: &[usize]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut axis = 0;
    while axis < left.len() {
        if left[axis] != right[axis] {
            return false;
        }
        axis += 1;
    }
    true
}

/// A layer's own output, where it reads that on the way back.
const fn kept<T: Float, L: Layer<T, Input: Numbers<T>>>() -> BufferLayout<1> {
    let values = if L::NEEDS.output { <L::Output as Shape>::LEN } else { 0 };
    BufferLayout::new([BufferSize::per_sample(values)])
}

/// What a layer gives.
const fn given<T: Float, L: Layer<T>>() -> BufferLayout<1> {
    BufferLayout::new([BufferSize::per_sample(<L::Output as Shape>::LEN)])
}

/// The gradients of what a layer gives, and of what it takes.
const fn gradients<T: Float, L: Layer<T>>() -> BufferLayout<2> {
    BufferLayout::new([
        BufferSize::per_sample(<L::Output as Shape>::LEN),
        BufferSize::per_sample(<L::Input as Shape>::LEN),
    ])
}

/// Writes a layer's output to where it is kept.
#[inline(always)]
fn keep_output<T: Float, L: Layer<T>>(kept: Option<[&mut [T]; 1]>, output: &[T]) {
    if let Some([kept]) = kept
        && L::NEEDS.output
    {
        kept.copy_from_slice(output);
    }
}
