//! Layers with arguments: one row each says what it is called, what it takes and which rule it follows.

use Omitted::{Derived, Number, Required, Size, Word};

/// A layer: its word, which file of rules knows it, and its arguments in the order of their places.
pub struct Layer {
    pub word: &'static str,
    pub family: Family,
    pub arguments: &'static [LayerArgument],
}

/// Where the rules of a layer are: a file in `shape/layer/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Convolution,
    Pooling,
    Arrangement,
    Normalization,
    Recurrence,
    Token,
    Attention,
}

/// An argument of a layer. Names and defaults are those of torch.nn.
pub struct LayerArgument {
    pub name: &'static str,
    pub kind: Kind,
    pub omitted: Omitted,
}

/// What can be given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// One size of at least 1.
    Size,
    /// A size of at least 1 for all axes of the window or `[height, width]`.
    Window,
    /// The same with 0 allowed.
    Amount,
    /// The same or `same` or `causal`.
    Padding,
    /// A number within these bounds; the second may itself be excluded.
    Number { least: f64, most: f64, excludes_most: bool },
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One to three sizes in brackets.
    Shape,
    /// Numbers of axes in brackets.
    Axes,
    /// One size, or a list with one for each place.
    Sizes,
    /// The label of a stage in front.
    Label,
}

/// What it means that an argument is not given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Omitted {
    /// It has to be given; this is an example.
    Required(&'static str),
    Size(usize),
    Number(f64),
    Word(&'static str),
    /// It follows from other arguments or the shape; this is an example.
    Derived(&'static str),
}

impl LayerArgument {
    /// What can stand there if nothing better is known.
    pub fn example(&self) -> String {
        match self.omitted {
            Required(example) | Derived(example) => example.to_owned(),
            Size(size) => size.to_string(),
            Number(number) => format!("{number:?}"),
            Word(word) => word.to_owned(),
        }
    }
}

impl Layer {
    /// Which of its arguments has this name.
    pub fn argument(&self, name: &str) -> Option<usize> {
        self.arguments.iter().position(|argument| argument.name == name)
    }

    /// A call with all that has to be given: `conv(16, 3)`.
    pub fn example(&self) -> String {
        let required = self.arguments.iter().filter_map(|argument| match argument.omitted {
            Required(example) => Some(example),
            _ => None,
        });
        let required: Vec<&str> = required.collect();
        match required.as_slice() {
            [] => self.word.to_owned(),
            [list] if list.starts_with('[') => format!("{}{list}", self.word),
            required => format!("{}({})", self.word, required.join(", ")),
        }
    }
}

const fn argument(name: &'static str, kind: Kind, omitted: Omitted) -> LayerArgument {
    LayerArgument { name, kind, omitted }
}

const KERNEL: LayerArgument = argument("kernel", Kind::Window, Required("3"));
const STRIDE: LayerArgument = argument("stride", Kind::Window, Size(1));
const POOL_STRIDE: LayerArgument = argument("stride", Kind::Window, Derived("2"));
const PADDING: LayerArgument = argument("padding", Kind::Padding, Size(0));
const POOL_PADDING: LayerArgument = argument("padding", Kind::Amount, Size(0));
const DILATION: LayerArgument = argument("dilation", Kind::Window, Size(1));
const GROUPS: LayerArgument = argument("groups", Kind::Size, Size(1));
const BIAS: LayerArgument = argument("bias", Kind::Flag, Word("true"));
/// An epsilon of 1 or more is the number of channels, which other libraries take in its place.
const SMALL: Kind = Kind::Number { least: 0.0, most: 1.0, excludes_most: true };
const EPS: LayerArgument = argument("eps", SMALL, Number(1e-5));
const AXES: LayerArgument = argument("axes", Kind::Size, Derived("1"));
const HIDDEN: LayerArgument = argument("hidden", Kind::Size, Required("64"));
const LAST: LayerArgument = argument("last", Kind::Flag, Word("false"));
const BIDIRECTIONAL: LayerArgument = argument("bidirectional", Kind::Flag, Word("false"));

/// What stands in the place of the input's size: not a layer, but its arguments are read as those of one.
pub const TOKENS: Layer = Layer {
    word: "tokens",
    family: Family::Token,
    arguments: &[
        argument("length", Kind::Size, Required("64")),
        argument("vocab", Kind::Sizes, Required("65")),
    ],
};

/// All layers.
pub const LAYERS: &[Layer] = &[
    Layer {
        word: "conv",
        family: Family::Convolution,
        arguments: &[
            argument("out", Kind::Size, Required("16")),
            KERNEL,
            STRIDE,
            PADDING,
            DILATION,
            GROUPS,
            BIAS,
        ],
    },
    Layer {
        word: "depthwise",
        family: Family::Convolution,
        arguments: &[
            KERNEL,
            STRIDE,
            PADDING,
            DILATION,
            argument("multiplier", Kind::Size, Size(1)),
            BIAS,
        ],
    },
    Layer {
        word: "conv_transpose",
        family: Family::Convolution,
        arguments: &[
            argument("out", Kind::Size, Required("16")),
            KERNEL,
            STRIDE,
            argument("padding", Kind::Amount, Size(0)),
            argument("output_padding", Kind::Amount, Size(0)),
            DILATION,
            GROUPS,
            BIAS,
        ],
    },
    Layer {
        word: "max_pool",
        family: Family::Pooling,
        arguments: &[
            argument("kernel", Kind::Window, Required("2")),
            POOL_STRIDE,
            POOL_PADDING,
            DILATION,
        ],
    },
    Layer {
        word: "avg_pool",
        family: Family::Pooling,
        arguments: &[
            argument("kernel", Kind::Window, Required("2")),
            POOL_STRIDE,
            POOL_PADDING,
            argument("count_include_pad", Kind::Flag, Word("true")),
        ],
    },
    Layer { word: "global_avg_pool", family: Family::Pooling, arguments: &[] },
    Layer { word: "global_max_pool", family: Family::Pooling, arguments: &[] },
    Layer {
        word: "adaptive_avg_pool",
        family: Family::Pooling,
        arguments: &[argument("size", Kind::Window, Required("4"))],
    },
    Layer {
        word: "upsample",
        family: Family::Pooling,
        arguments: &[
            argument("factor", Kind::Window, Required("2")),
            argument("mode", Kind::Word(&["nearest", "bilinear", "linear"]), Word("nearest")),
        ],
    },
    Layer { word: "flatten", family: Family::Arrangement, arguments: &[] },
    Layer {
        word: "reshape",
        family: Family::Arrangement,
        arguments: &[argument("shape", Kind::Shape, Required("[16]"))],
    },
    Layer { word: "transpose", family: Family::Arrangement, arguments: &[] },
    Layer {
        word: "permute",
        family: Family::Arrangement,
        arguments: &[argument("axes", Kind::Axes, Required("[2, 0, 1]"))],
    },
    Layer {
        word: "batch_norm",
        family: Family::Normalization,
        arguments: &[
            EPS,
            argument(
                "momentum",
                Kind::Number { least: 0.0, most: 1.0, excludes_most: false },
                Number(0.1),
            ),
        ],
    },
    Layer { word: "layer_norm", family: Family::Normalization, arguments: &[AXES, EPS] },
    Layer {
        word: "rms_norm",
        family: Family::Normalization,
        arguments: &[AXES, argument("eps", SMALL, Derived("1e-6"))],
    },
    Layer {
        word: "group_norm",
        family: Family::Normalization,
        arguments: &[argument("groups", Kind::Size, Required("4")), EPS],
    },
    Layer {
        word: "instance_norm",
        family: Family::Normalization,
        arguments: &[EPS, argument("affine", Kind::Flag, Word("false"))],
    },
    Layer {
        word: "dropout",
        family: Family::Normalization,
        arguments: &[argument(
            "p",
            Kind::Number { least: 0.0, most: 1.0, excludes_most: true },
            Number(0.5),
        )],
    },
    Layer {
        word: "rnn",
        family: Family::Recurrence,
        arguments: &[
            HIDDEN,
            LAST,
            BIDIRECTIONAL,
            BIAS,
            argument("nonlinearity", Kind::Word(&["tanh", "relu"]), Word("tanh")),
        ],
    },
    Layer {
        word: "lstm",
        family: Family::Recurrence,
        arguments: &[HIDDEN, LAST, BIDIRECTIONAL, BIAS],
    },
    Layer {
        word: "gru",
        family: Family::Recurrence,
        arguments: &[HIDDEN, LAST, BIDIRECTIONAL, BIAS],
    },
    Layer { word: "take_last", family: Family::Recurrence, arguments: &[] },
    Layer { word: "mean_over_time", family: Family::Recurrence, arguments: &[] },
    Layer {
        word: "embedding",
        family: Family::Token,
        arguments: &[
            argument("features", Kind::Size, Required("16")),
            argument(
                "std",
                Kind::Number { least: 0.0, most: 2.0, excludes_most: false },
                Number(1.0),
            ),
        ],
    },
    Layer {
        word: "tied",
        family: Family::Token,
        arguments: &[argument("table", Kind::Label, Required("table"))],
    },
    Layer {
        word: "attention",
        family: Family::Attention,
        arguments: &[
            argument("heads", Kind::Size, Required("4")),
            argument("kv_heads", Kind::Size, Derived("2")),
            argument("causal", Kind::Flag, Word("false")),
            argument(
                "dropout",
                Kind::Number { least: 0.0, most: 1.0, excludes_most: true },
                Number(0.0),
            ),
            argument("rotary", Kind::Flag, Word("false")),
            BIAS,
        ],
    },
    Layer {
        word: "position",
        family: Family::Attention,
        arguments: &[argument("length", Kind::Size, Derived("64"))],
    },
    Layer { word: "sinusoidal", family: Family::Attention, arguments: &[] },
];

/// The layer of a word.
pub fn layer(word: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| layer.word == word)
}
