//! Activations.

/// An activation: its word, which is also the item `static_net::activation::<word>`, and its arguments.
#[derive(Clone, Copy, Debug)]
pub struct Activation {
    /// Its word.
    pub word: &'static str,
    /// Its arguments in the order of their places.
    pub arguments: &'static [ActivationArgument],
}

/// An argument of an activation: a number.
#[derive(Clone, Copy, Debug)]
pub struct ActivationArgument {
    /// Its name.
    pub name: &'static str,
    /// What PyTorch takes where nothing is given.
    pub default: f64,
    /// Whether the formula divides by it.
    pub is_divisor: bool,
}

const fn plain(word: &'static str) -> Activation {
    Activation { word, arguments: &[] }
}

/// All activations.
pub const ACTIVATIONS: &[Activation] = &[
    plain("relu"),
    Activation {
        word: "leaky_relu",
        arguments: &[ActivationArgument {
            name: "negative_slope",
            default: 0.01,
            is_divisor: false,
        }],
    },
    Activation {
        word: "elu",
        arguments: &[ActivationArgument { name: "alpha", default: 1.0, is_divisor: false }],
    },
    plain("gelu"),
    plain("gelu_tanh"),
    plain("silu"),
    plain("tanh"),
    plain("sigmoid"),
    Activation {
        word: "softplus",
        arguments: &[ActivationArgument { name: "beta", default: 1.0, is_divisor: true }],
    },
    plain("softmax"),
    plain("log_softmax"),
    plain("identity"),
];

/// The activation of a word.
pub fn activation(word: &str) -> Option<&'static Activation> {
    ACTIVATIONS.iter().find(|activation| activation.word == word)
}
