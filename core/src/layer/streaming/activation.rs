//! Activations of a step.

use super::{TimeAxis, TimeFirst, TimeLast};
use crate::activation::{Activation, Elementwise};

/// An activation that can be computed step by step: one of each value, or of the last axis where that holds the
/// features of a step.
#[diagnostic::on_unimplemented(
    message = "`{Self}` goes over the last axis, which is time in [channels, length]",
    label = "this needs the whole sequence",
    note = "behind `transpose` it goes over the features of each step"
)]
pub trait StreamingActivation<Time: TimeAxis>: Activation {}

impl<A: Activation> StreamingActivation<TimeFirst> for A {}
impl<A: Elementwise> StreamingActivation<TimeLast> for A {}
