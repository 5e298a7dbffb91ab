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

// Else rustc would speak of these instead of the network.
#[diagnostic::do_not_recommend]
impl<A: Activation> StreamingActivation<TimeFirst> for A {}
#[diagnostic::do_not_recommend]
impl<A: Elementwise> StreamingActivation<TimeLast> for A {}
