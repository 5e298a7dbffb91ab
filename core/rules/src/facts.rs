//! What follows from a layer and its input.

use crate::dims::Dims;
use crate::window::Window;

/// What follows from a layer and its input: the output's shape, and the numbers that its type is made of. What a
/// layer has no use for stays as in [`Facts::giving`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The shape that it gives.
    pub output: Dims,
    /// How its window stands over an image or a signal.
    pub window: Window,
    /// The rows and columns of its weights: of a convolution, the first two axes. Of a layer without any, the axis that it
    /// goes along.
    pub weight: [usize; 2],
    /// How many there are of what it divides its input into or takes together: channels, groups, heads, values of a
    /// normalization, positions of a table; or how many places it leaves out in front.
    pub count: usize,
}

impl Facts {
    /// What is known of a layer without numbers of its own.
    pub const fn giving(output: Dims) -> Self {
        Facts { output, window: Window::ONE, weight: [0; 2], count: 0 }
    }
}
