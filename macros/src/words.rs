//! The words of the language, and what stands for them elsewhere.

mod elsewhere;
mod example;

pub use elsewhere::{
    FOLLOW_FROM_SHAPE, FollowsFromShape, argument_elsewhere, argument_here, elsewhere,
    follows_from_shape, in_place_of,
};
pub use example::Example;
pub use static_net_rules::Rule;
pub use static_net_rules::words::{
    ACTIVATIONS, Activation, ActivationArgument, COMPOSITIONS, CompositionKind, Kind, LAYERS,
    Layer, LayerArgument, LayerKind, LayerType, Limit, Omitted, TOKENS, activation, composition,
    is_word, layer,
};

use crate::diagnostic::nearest;

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
    let words = words
        .chain(COMPOSITIONS.iter().map(|composition| composition.word))
        .chain(LAYERS.iter().map(|layer| layer.word));
    nearest(name, words).and_then(layer).map(|layer| (layer, None))
}
