//! Activations of a step.

use super::{TimeAxis, TimeFirst, TimeLast};
use crate::activation::{Activation, Elementwise};
use crate::shape::{Rank1, Rank2, Shape};

/// An activation of samples of shape `S` that can be computed step by step: one of each value, or of the last axis
/// where that holds the features of a step.
#[diagnostic::on_unimplemented(
    message = "`{Self}` goes over the last axis, which is time",
    label = "this needs the whole sequence",
    note = "of [length, features] it goes over the features of each step; `transpose` makes that of [channels, length]"
)]
pub trait StreamingActivation<Time: TimeAxis, S: Shape>: Activation {}

// Else rustc would speak of these instead of the network.
#[diagnostic::do_not_recommend]
impl<A: Activation, const LENGTH: usize, const FEATURES: usize>
    StreamingActivation<TimeFirst, Rank2<LENGTH, FEATURES>> for A
{
}
#[diagnostic::do_not_recommend]
impl<A: Elementwise, const LENGTH: usize> StreamingActivation<TimeFirst, Rank1<LENGTH>> for A {}
#[diagnostic::do_not_recommend]
impl<A: Elementwise, S: Shape> StreamingActivation<TimeLast, S> for A {}
