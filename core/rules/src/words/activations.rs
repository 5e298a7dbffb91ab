//! Activations.

/// An activation: its word, which is also the item `static_net::activation::<word>`, and its arguments.
#[derive(Clone, Copy, Debug)]
pub struct Activation {
    /// Its word.
    pub word: &'static str,
    /// Its arguments in the order of their places.
    pub arguments: &'static [ActivationArgument],
}

/// An argument of an activation: a number, or that of an axis.
#[derive(Clone, Copy, Debug)]
pub struct ActivationArgument {
    /// Its name.
    pub name: &'static str,
    /// What PyTorch takes where nothing is given; an example where something must be.
    pub default: f64,
    /// Whether it must be given.
    pub is_required: bool,
    /// Which numbers it may be.
    pub limit: Limit,
}

/// Which numbers an argument of an activation may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Any.
    Any,
    /// The formula divides by it.
    NotZero,
    /// Above the argument of this name.
    Above(&'static str),
    /// That of an axis of the sample, counted from the front; without it, the last. It is always named.
    Axis,
}

const fn plain(word: &'static str) -> Activation {
    Activation { word, arguments: &[] }
}

const fn argument(name: &'static str, default: f64) -> ActivationArgument {
    ActivationArgument { name, default, is_required: false, limit: Limit::Any }
}

/// Along which axis.
const AXIS: &[ActivationArgument] =
    &[ActivationArgument { limit: Limit::Axis, ..argument("axis", 0.0) }];

/// All activations.
pub const ACTIVATIONS: &[Activation] = &[
    plain("relu"),
    Activation { word: "leaky_relu", arguments: &[argument("negative_slope", 0.01)] },
    plain("relu6"),
    Activation { word: "elu", arguments: &[argument("alpha", 1.0)] },
    plain("selu"),
    plain("gelu"),
    plain("gelu_tanh"),
    plain("silu"),
    plain("mish"),
    plain("hard_swish"),
    plain("tanh"),
    Activation {
        word: "hard_tanh",
        arguments: &[
            argument("min_val", -1.0),
            ActivationArgument { limit: Limit::Above("min_val"), ..argument("max_val", 1.0) },
        ],
    },
    plain("sigmoid"),
    plain("hard_sigmoid"),
    plain("softsign"),
    Activation {
        word: "softplus",
        arguments: &[ActivationArgument { limit: Limit::NotZero, ..argument("beta", 1.0) }],
    },
    Activation {
        word: "clamp",
        arguments: &[
            ActivationArgument { is_required: true, ..argument("min", -1.0) },
            ActivationArgument {
                is_required: true,
                limit: Limit::Above("min"),
                ..argument("max", 1.0)
            },
        ],
    },
    plain("exp"),
    Activation { word: "softmax", arguments: AXIS },
    Activation { word: "log_softmax", arguments: AXIS },
    plain("identity"),
];

impl Activation {
    /// Whether it goes along an axis that can be told.
    pub fn has_axis(&self) -> bool {
        self.arguments.iter().any(|argument| argument.limit == Limit::Axis)
    }
}

/// The activation of a word.
pub fn activation(word: &str) -> Option<&'static Activation> {
    ACTIVATIONS.iter().find(|activation| activation.word == word)
}
