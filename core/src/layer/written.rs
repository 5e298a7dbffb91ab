//! What a declaration says of a stage: it knows more than the types that it becomes.

use core::fmt;

pub use static_net_rules::words::LayerKind;

/// What stands in a declaration for one stage, its label left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// What kind of layer it is.
    pub kind: LayerKind,
    /// The activation behind what it computes, or nothing.
    pub activation: &'static str,
    /// What it computes, or nothing where it is an activation alone.
    pub operation: &'static str,
    /// The label of the value that it goes on from, or nothing where that is what the stage in front gives.
    pub from: &'static str,
    /// The labels of the values that it reads besides.
    pub reads: &'static [&'static str],
    /// The parts of a composition, each with what its one stage is, or [`BLOCK`](Written::BLOCK).
    pub parts: &'static [Written],
}

impl Written {
    /// A stage of this kind: the activation behind what it computes, and what that is.
    pub const fn new(
        kind: LayerKind,
        activation: &'static str,
        operation: &'static str,
    ) -> Written {
        Written { kind, activation, operation, from: "", reads: &[], parts: &[] }
    }

    /// A part of a composition whose stages are a struct of their own, which says what they are.
    pub const BLOCK: Self = Written::new(LayerKind::Other, "", "");

    /// The composition with these parts.
    pub const fn of(self, parts: &'static [Written]) -> Self {
        Written { parts, ..self }
    }

    /// The same, going on from the value with this label.
    pub const fn from(self, label: &'static str) -> Self {
        Written { from: label, ..self }
    }

    /// The same, reading the values with these labels.
    pub const fn reading(self, labels: &'static [&'static str]) -> Self {
        Written { reads: labels, ..self }
    }

    /// Whether nothing is known of it.
    pub(crate) const fn is_empty(&self) -> bool {
        self.activation.is_empty() && self.operation.is_empty()
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A layer of two values names the first among its arguments.
        let is_named = self
            .operation
            .split_once("(&")
            .is_some_and(|(_, behind)| behind.starts_with(self.from));
        if !self.from.is_empty() && !is_named {
            let arrow = if self.is_empty() { "" } else { " => " };
            write!(f, "&{}{arrow}", self.from)?;
        }
        let space = if self.activation.is_empty() || self.operation.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}", self.activation, self.operation)
    }
}
