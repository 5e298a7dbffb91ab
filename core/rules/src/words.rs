//! The words of the language: tables that say what may stand in a declaration.

mod activations;
mod axes;
mod layers;
mod types;

pub use activations::{ACTIVATIONS, Activation, ActivationArgument, Limit, activation};
pub use axes::{Axes, Behind};
pub(crate) use layers::rules;
pub use layers::{
    Gives, Kind, LAYERS, Layer, LayerArgument, LayerKind, Omitted, Rule, Source, TOKENS, layer,
};

pub use types::{LayerType, TypeArgument};

/// A layer made of stages: its word, which it is, and how it may look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Composition {
    /// Its word.
    pub word: &'static str,
    /// Which it is.
    pub kind: CompositionKind,
    /// How it may look.
    pub example: &'static str,
}

/// The layers made of stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompositionKind {
    /// Stages whose output is added to what went in.
    Residual,
    /// The same stages so many times.
    Repeat,
    /// Branches whose outputs stand one behind the other.
    Concat,
    /// Branches whose outputs are added.
    Sum,
    /// Branches whose outputs are multiplied.
    Product,
}

/// All layers made of stages.
pub const COMPOSITIONS: &[Composition] = &[
    Composition {
        word: "residual",
        kind: CompositionKind::Residual,
        example: "residual(relu 32 => 32)",
    },
    Composition { word: "repeat", kind: CompositionKind::Repeat, example: "repeat(3; relu 32)" },
    Composition {
        word: "concat",
        kind: CompositionKind::Concat,
        example: "concat(relu 16 | tanh 16)",
    },
    Composition { word: "sum", kind: CompositionKind::Sum, example: "sum(relu 32 | tanh 32)" },
    Composition {
        word: "product",
        kind: CompositionKind::Product,
        example: "product(tanh 32 | sigmoid 32)",
    },
];

/// The layer made of stages of a word.
pub fn composition(word: &str) -> Option<&'static Composition> {
    COMPOSITIONS.iter().find(|composition| composition.word == word)
}

/// Whether a name has a meaning in the language.
pub fn is_word(name: &str) -> bool {
    activation(name).is_some()
        || layer(name).is_some()
        || composition(name).is_some()
        || name == TOKENS.word
}
