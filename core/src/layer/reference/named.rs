//! What networks of several inputs or outputs tell others in which they are a stage.

pub use static_net_rules::named::NamedShape;

/// A network of several inputs: `(x: 8, condition: 4)`. As a stage of another it is given each by its name:
/// `Block(x: &h, condition: &input)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has one input, which it takes from the stage in front of it",
    label = "is given no inputs by name",
    note = "write it without parentheses: `&h => {Self}`"
)]
pub trait SeveralInputs {
    /// The inputs, in their order.
    const INPUTS: &'static [NamedShape];
}

/// A network of several outputs: `(mean: 8 | log_variance: 8)`. As a stage of another that has a label it gives each under its
/// name: `&block.mean`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has one output, which has no name",
    label = "has no outputs with names",
    note = "refer to the stage itself by its label, or let the network give several outputs: `(mean: 8 | scale: 8)`"
)]
pub trait SeveralOutputs {
    /// The outputs, in their order.
    const OUTPUTS: &'static [NamedShape];
}
