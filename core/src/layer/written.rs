//! What a declaration says of a stage: it knows more than the types that it becomes.

use core::fmt;

/// What stands in a declaration for one stage, its label left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// What kind of layer it is.
    pub kind: LayerKind,
    /// The activation behind what it computes, or nothing.
    pub activation: &'static str,
    /// What it computes, or nothing where it is an activation alone.
    pub operation: &'static str,
    /// The parts of a composition, each with what its one stage is, or [`BLOCK`](Written::BLOCK).
    pub parts: &'static [Written],
}

/// Kinds of layers, as a diagram tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerKind {
    /// A width.
    Affine,
    /// A convolution or its transpose.
    Convolution,
    /// A layer that gathers values that lie near each other, or spreads them.
    Pooling,
    /// A normalisation.
    Normalization,
    /// Attention, and what gives it tokens and their places.
    Transformer,
    /// A layer that goes through a sequence step by step.
    Recurrence,
    /// An activation alone.
    Nonlinearity,
    /// A layer made of stages that the declaration shows.
    Composition,
    /// Any other layer, a user's or another network among them.
    Other,
}

impl LayerKind {
    /// A stage of this kind.
    pub const fn written(self, activation: &'static str, operation: &'static str) -> Written {
        Written { kind: self, activation, operation, parts: &[] }
    }
}

impl Written {
    /// A part of a composition whose stages are a struct of their own, which says what they are.
    pub const BLOCK: Self = LayerKind::Other.written("", "");

    /// The composition with these parts.
    pub const fn of(self, parts: &'static [Written]) -> Self {
        Written { parts, ..self }
    }

    /// Whether nothing is known of it.
    pub(crate) const fn is_empty(&self) -> bool {
        self.activation.is_empty() && self.operation.is_empty()
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.activation.is_empty() || self.operation.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}", self.activation, self.operation)
    }
}
