//! The rules of networks of several inputs and outputs that are stages of another one.

use static_net_rules::named::{self, End, NamedShape};

pub use static_net_rules::named::{dims, offset};

use super::stage::{Context, refuse};
use crate::layer::reference::{SeveralInputs, SeveralOutputs};

/// The inputs of a network that has several.
pub const fn inputs<N: SeveralInputs>() -> &'static [NamedShape] {
    N::INPUTS
}

/// The outputs of a network that has several.
pub const fn outputs<N: SeveralOutputs>() -> &'static [NamedShape] {
    N::OUTPUTS
}

/// The network that is called `stage` has an input of this name, which is of the shape that it is given.
#[track_caller]
pub const fn takes(
    inputs: &[NamedShape],
    name: &str,
    gives: &NamedShape,
    stage: &str,
    context: &Context<'_>,
) {
    refuse(named::unknown(End::Input, inputs, name, stage), context);
    refuse(named::given(inputs, name, gives, stage), context);
}

/// The network that is called `stage` and written like this is given all its inputs.
#[track_caller]
pub const fn takes_all(
    inputs: &[NamedShape],
    given: &[&str],
    stage: &str,
    written: &str,
    context: &Context<'_>,
) {
    refuse(named::missing(inputs, given, stage, written), context);
}

/// The network that is called `stage` has an output of this name.
#[track_caller]
pub const fn has_output(outputs: &[NamedShape], name: &str, stage: &str, context: &Context<'_>) {
    refuse(named::unknown(End::Output, outputs, name, stage), context);
}
