//! A convolution and a transposed one: one is the other with what goes in and what comes out exchanged.

use crate::activation::Activation;
use crate::kernel::convolution::Geometry;
use crate::kernel::history::History;
use crate::layer::Layer;
use crate::scalar::Float;
use crate::shape::Numbers;

/// Which way a layer runs through its geometry.
pub(super) trait Direction {
    /// The other way: that of the gradient with respect to the input.
    type Back: Direction;

    /// Whether it goes from results to images.
    const IS_TRANSPOSED: bool;
}

/// From images to results.
pub(super) enum ToResult {}

impl Direction for ToResult {
    type Back = ToImage;
    const IS_TRANSPOSED: bool = false;
}

/// From results to images.
pub(super) enum ToImage {}

impl Direction for ToImage {
    type Back = ToResult;
    const IS_TRANSPOSED: bool = true;
}

/// A convolution in either direction.
pub(super) trait Convolution<T: Float>: Layer<T, Input: Numbers<T>> {
    /// Computed behind it, in the same loops.
    type Activation: Activation;
    /// From input to output.
    type Direction: Direction;

    /// The sizes, from images to results.
    const GEOMETRY: Geometry;

    /// What a window over a signal reaches back to, where it looks back only.
    const PAST: Option<History> = None;

    /// Weights and biases in memory order.
    fn parameters(&self) -> [&[T]; 2];

    /// Weights and biases in memory order, to be changed.
    fn parameters_mut(&mut self) -> [&mut [T]; 2];
}
