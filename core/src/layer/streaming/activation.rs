//! Activations of a step.

use super::{TimeAxis, TimeFirst, TimeLast};
use crate::activation::{Activation, Elementwise, LAST_AXIS, LogSoftmax, Softmax};
use crate::shape::{Rank1, Rank2, Shape};

/// An activation of samples of shape `S` that can be computed step by step: one of each value, or one along the axis that
/// holds the values of a step.
#[diagnostic::on_unimplemented(
    message = "`{Self}` goes along time",
    label = "this needs the whole sequence",
    note = "of [length, features] it goes over the features of each step with `axis: 1`, which is the default; of \
            [channels, length] over the channels with `axis: 0`"
)]
pub trait StreamingActivation<Time: TimeAxis, S: Shape>: Activation {}

// Else rustc would speak of these instead of the network.
#[diagnostic::do_not_recommend]
impl<A: InsideSteps<TimeFirst>, const LENGTH: usize, const FEATURES: usize>
    StreamingActivation<TimeFirst, Rank2<LENGTH, FEATURES>> for A
{
}
#[diagnostic::do_not_recommend]
impl<A: Elementwise, const LENGTH: usize> StreamingActivation<TimeFirst, Rank1<LENGTH>> for A {}
#[diagnostic::do_not_recommend]
impl<A: InsideSteps<TimeLast>, S: Shape> StreamingActivation<TimeLast, S> for A {}

/// An activation that goes along no axis of a matrix but the one that the values of a step lie along.
pub trait InsideSteps<Time: TimeAxis>: Activation {}

#[diagnostic::do_not_recommend]
impl<A: Elementwise, Time: TimeAxis> InsideSteps<Time> for A {}

macro_rules! along_an_axis {
    ($($activation:ident)*) => {$(
        impl<Time: TimeAxis, const AXIS: usize> InsideSteps<Time> for $activation<AXIS> where
            Axis<AXIS>: OfSteps<Time>
        {
        }
    )*};
}
along_an_axis!(Softmax LogSoftmax);

/// An axis along which the values of one step lie.
pub trait OfSteps<Time> {}
/// The axis of that number.
pub struct Axis<const AXIS: usize>;

impl OfSteps<TimeFirst> for Axis<1> {}
impl OfSteps<TimeFirst> for Axis<LAST_AXIS> {}
impl OfSteps<TimeLast> for Axis<0> {}
