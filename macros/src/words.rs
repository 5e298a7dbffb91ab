//! The words of the language: tables that say what may stand in a declaration.

mod elsewhere;
mod layers;

pub use elsewhere::{
    FOLLOW_FROM_SHAPE, FollowsFromShape, argument_elsewhere, argument_here, elsewhere,
    follows_from_shape, in_place_of,
};
pub use layers::{Family, Kind, LAYERS, Layer, LayerArgument, Omitted, TOKENS, layer};

use crate::diagnostic::nearest;

/// An activation: its word, which is also the item `static_net::activation::<word>`, and the names and
/// defaults of its arguments.
pub struct Activation {
    pub word: &'static str,
    pub arguments: &'static [Argument],
}

/// An argument of an activation: a number.
pub struct Argument {
    pub name: &'static str,
    /// What PyTorch takes where nothing is given.
    pub default: f64,
    /// Whether the formula divides by it.
    pub is_divisor: bool,
}

const NO_ARGUMENTS: &[Argument] = &[];

/// All activations.
pub const ACTIVATIONS: &[Activation] = &[
    Activation { word: "relu", arguments: NO_ARGUMENTS },
    Activation {
        word: "leaky_relu",
        arguments: &[Argument { name: "negative_slope", default: 0.01, is_divisor: false }],
    },
    Activation {
        word: "elu",
        arguments: &[Argument { name: "alpha", default: 1.0, is_divisor: false }],
    },
    Activation { word: "gelu", arguments: NO_ARGUMENTS },
    Activation { word: "gelu_tanh", arguments: NO_ARGUMENTS },
    Activation { word: "silu", arguments: NO_ARGUMENTS },
    Activation { word: "tanh", arguments: NO_ARGUMENTS },
    Activation { word: "sigmoid", arguments: NO_ARGUMENTS },
    Activation {
        word: "softplus",
        arguments: &[Argument { name: "beta", default: 1.0, is_divisor: true }],
    },
    Activation { word: "softmax", arguments: NO_ARGUMENTS },
    Activation { word: "log_softmax", arguments: NO_ARGUMENTS },
    Activation { word: "identity", arguments: NO_ARGUMENTS },
];

/// Layers made of stages.
pub const COMPOSITIONS: &[&str] = &["residual", "repeat", "concat", "sum"];

/// Labels that would read as something a network already has.
pub const RESERVED_LABELS: &[&str] = &[
    "input",
    "output",
    "new",
    "zeros",
    "forward",
    "forward_into",
    "activations",
    "activations_into",
    "backward",
    "backward_into",
    "state",
    "state_mut",
    "tensors",
    "summary",
    "save",
    "load",
    "restore",
    "to_safetensors",
    "from_safetensors",
    "restore_from",
    "train",
    "train_into",
    "diagram",
    "diagram_dot",
    "stream",
    "project",
    "last_stage",
    "working_memory",
    "check_tokens",
];

/// Whether a name has a meaning in the language.
pub fn is_word(name: &str) -> bool {
    activation(name).is_some()
        || layer(name).is_some()
        || COMPOSITIONS.contains(&name)
        || name == TOKENS.word
}

pub fn activation(word: &str) -> Option<&'static Activation> {
    ACTIVATIONS.iter().find(|activation| activation.word == word)
}

/// The word that a name in another library's spelling stands for: `ReLU`, `LeakyReLU`, `GELU`.
pub fn miscased(name: &str) -> Option<&'static str> {
    let plain = |word: &str| word.replace('_', "").to_lowercase();
    let is_same = |activation: &&Activation| plain(activation.word) == plain(name);
    ACTIVATIONS.iter().find(is_same).map(|activation| activation.word)
}

/// The layer that a word which is none is meant to be: from another library, or mistyped. With it, which
/// argument of the other library there is none here.
pub fn resembled_layer(name: &str) -> Option<(&'static Layer, Option<FollowsFromShape>)> {
    if is_word(name) || miscased(name).is_some() {
        return None;
    }
    if let Some((layer, _)) = argument_here(name) {
        return Some((layer, None));
    }
    if let Some(found) = elsewhere(name) {
        return Some(found);
    }
    let words = ACTIVATIONS.iter().map(|activation| activation.word);
    let words =
        words.chain(COMPOSITIONS.iter().copied()).chain(LAYERS.iter().map(|layer| layer.word));
    nearest(name, words).and_then(layer).map(|layer| (layer, None))
}
