//! The words of the language, and what stands for them elsewhere.

mod elsewhere;
mod example;
mod foreign;

pub use elsewhere::{
    FOLLOW_FROM_SHAPE, FollowsFromShape, PaddingElsewhere, argument_elsewhere, argument_here,
    dense_elsewhere, elsewhere, follows_from_shape, given_elsewhere, padding_elsewhere,
    places_elsewhere, value_elsewhere,
};
use elsewhere::{activation_elsewhere, plain};
pub use example::Example;
pub use foreign::{MissingArgument, is_container, is_of_volumes, missing, missing_argument};
pub use static_net_rules::Rule;
pub use static_net_rules::words::{
    ACTIVATIONS, Activation, ActivationArgument, COMPOSITIONS, CompositionKind, Gives, Kind,
    LAYERS, Layer, LayerArgument, LayerKind, LayerType, Limit, Omitted, TOKENS, activation,
    composition, is_word, layer,
};

use crate::diagnostic::nearest;

/// The word of the activation that a name of another library stands for: `ReLU`, `LeakyReLU`, `swish`.
pub fn activation_called(name: &str) -> Option<&'static str> {
    let wanted = plain(name);
    let is_same = |activation: &&Activation| plain(activation.word) == wanted;
    let same = ACTIVATIONS.iter().find(is_same).map(|activation| activation.word);
    same.or_else(|| activation_elsewhere(name))
}

/// The layer that a name of another library stands for. With it, which argument of that there is none here.
pub fn layer_called(name: &str) -> Option<(&'static Layer, Option<FollowsFromShape>)> {
    if is_word(name) || activation_called(name).is_some() || missing(name).is_some() {
        return None;
    }
    if let Some((layer, _)) = argument_here(name) {
        return Some((layer, None));
    }
    elsewhere(name)
}

/// The word that is meant by one with a typing error. A name that means something of its own elsewhere is none.
pub fn mistyped(name: &str) -> Option<&'static str> {
    let is_known = has_meaning(name);
    // Words have no digits, and a type is written in capitals on purpose.
    let is_typed = |c: char| c.is_ascii_lowercase() || c == '_';
    if is_known || !name.starts_with(is_typed) || name.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    nearest(name, all_words())
}

/// Whether a name is that of something here or in another library.
pub fn has_meaning(name: &str) -> bool {
    is_word(name)
        || activation_called(name).is_some()
        || layer_called(name).is_some()
        || dense_elsewhere(name).is_some()
        || missing(name).is_some()
        || is_of_volumes(name)
}

/// All words that can stand for a stage.
fn all_words() -> impl Iterator<Item = &'static str> {
    let words = ACTIVATIONS.iter().map(|activation| activation.word);
    words
        .chain(COMPOSITIONS.iter().map(|composition| composition.word))
        .chain(LAYERS.iter().map(|layer| layer.word))
}

/// Whether a name without arguments is one of another library for what the language has under a word of its own.
/// A user's type may have a name that is a plain word, but hardly one of these.
pub fn is_foreign_class(name: &str) -> bool {
    let plain = plain(name);
    let is_class = name.starts_with(|c: char| c.is_ascii_uppercase());
    let is_telling = plain.ends_with("1d")
        || plain.ends_with("2d")
        || ["norm", "normalization", "pool", "pooling", "pooling1d", "pooling2d"]
            .iter()
            .any(|end| plain.ends_with(end))
        || matches!(
            plain.as_str(),
            "lstm" | "gru" | "rnn" | "simplernn" | "dropout" | "flatten" | "prelu"
        );
    is_class && (activation_called(name).is_some() || is_telling && elsewhere(name).is_some())
}
