//! Layers with arguments: one row each says what it is called, what it takes and which rule it follows.

use Omitted::{Derived, Number, Required, Size, Word};

use super::{Axes, Behind};
use crate::text::is;

/// A layer: its word, its rule, its arguments in the order of their places, and what it does with axes.
#[derive(Debug)]
pub struct Layer {
    /// Its word.
    pub word: &'static str,
    /// Which rule it follows.
    pub rule: Rule,
    /// Its arguments.
    pub arguments: &'static [LayerArgument],
    /// What it takes a matrix for.
    pub takes: Axes,
    /// What the axes of a matrix mean behind it.
    pub behind: Behind,
    /// Whether a stream has time along the same axis behind it as in front of it.
    pub keeps_time: bool,
    /// Whether it computes an activation in its own loops.
    pub is_fused: bool,
    /// As what a diagram draws it.
    pub drawn: LayerKind,
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

/// The rule of a layer, which is also the name of its type but for the cells of recurrent layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the layer of its name")]
pub enum Rule {
    Conv,
    Depthwise,
    ConvTranspose,
    MaxPool,
    AvgPool,
    GlobalAvgPool,
    GlobalMaxPool,
    AdaptiveAvgPool,
    Upsample,
    Flatten,
    Reshape,
    Transpose,
    Permute,
    BatchNorm,
    LayerNorm,
    RmsNorm,
    GroupNorm,
    InstanceNorm,
    Dropout,
    Rnn,
    Lstm,
    Gru,
    TakeLast,
    MeanOverTime,
    Tokens,
    Embedding,
    Tied,
    Attention,
    Position,
    Sinusoidal,
}

impl Rule {
    /// Whether it runs along a sequence with a state of its own.
    pub const fn is_recurrent(self) -> bool {
        matches!(self, Rule::Rnn | Rule::Lstm | Rule::Gru)
    }
}

/// An argument of a layer. Names and defaults are those of torch.nn.
#[derive(Clone, Copy, Debug)]
pub struct LayerArgument {
    /// Its name.
    pub name: &'static str,
    /// What can be given.
    pub kind: Kind,
    /// What it means that it is not given.
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
    Number {
        /// It is at least this.
        least: f64,
        /// It is at most this.
        most: f64,
        /// Whether it is less than that.
        excludes_most: bool,
    },
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
    /// This size.
    Size(usize),
    /// This number.
    Number(f64),
    /// The least number that added to 1 changes it: [`f32::EPSILON`] or [`f64::EPSILON`].
    Epsilon,
    /// This word.
    Word(&'static str),
    /// It follows from other arguments or the shape; this is an example.
    Derived(&'static str),
}

impl Layer {
    /// Which of its arguments has this name.
    pub const fn argument(&self, name: &str) -> Option<usize> {
        let mut slot = 0;
        while slot < self.arguments.len() {
            if is(self.arguments[slot].name, name) {
                return Some(slot);
            }
            slot += 1;
        }
        None
    }

    /// What it means that the argument of that name is not given, if it has such a one.
    pub const fn default(&self, name: &str) -> Option<Omitted> {
        match self.argument(name) {
            Some(slot) => Some(self.arguments[slot].omitted),
            None => None,
        }
    }
}

const fn argument(name: &'static str, kind: Kind, omitted: Omitted) -> LayerArgument {
    LayerArgument { name, kind, omitted }
}

const KERNEL: LayerArgument = argument("kernel", Kind::Window, Required("3"));
const POOL_KERNEL: LayerArgument = argument("kernel", Kind::Window, Required("2"));
const STRIDE: LayerArgument = argument("stride", Kind::Window, Size(1));
const POOL_STRIDE: LayerArgument = argument("stride", Kind::Window, Derived("2"));
const PADDING: LayerArgument = argument("padding", Kind::Padding, Size(0));
const POOL_PADDING: LayerArgument = argument("padding", Kind::Amount, Size(0));
const DILATION: LayerArgument = argument("dilation", Kind::Window, Size(1));
const OUT: LayerArgument = argument("out", Kind::Size, Required("16"));
const GROUPS: LayerArgument = argument("groups", Kind::Size, Size(1));
const BIAS: LayerArgument = argument("bias", Kind::Flag, Word("true"));
/// From 0 up to but not 1. An epsilon of 1 or more is the number of channels, which other libraries take in its
/// place.
const FRACTION: Kind = Kind::Number { least: 0.0, most: 1.0, excludes_most: true };
const EPS: LayerArgument = argument("eps", FRACTION, Number(1e-5));
const AXES: LayerArgument = argument("axes", Kind::Size, Derived("1"));
const HIDDEN: LayerArgument = argument("hidden", Kind::Size, Required("64"));
const LAST: LayerArgument = argument("last", Kind::Flag, Word("false"));
const BIDIRECTIONAL: LayerArgument = argument("bidirectional", Kind::Flag, Word("false"));

/// A row that takes and gives any axes, and keeps time.
const fn row(word: &'static str, rule: Rule, arguments: &'static [LayerArgument]) -> Layer {
    Layer {
        word,
        rule,
        arguments,
        takes: Axes::Unknown,
        behind: Behind::Unknown,
        keeps_time: true,
        is_fused: false,
        drawn: LayerKind::Other,
    }
}

impl Layer {
    const fn taking(mut self, takes: Axes) -> Self {
        self.takes = takes;
        self
    }

    const fn behind(mut self, behind: Behind) -> Self {
        self.behind = behind;
        self
    }

    /// Over images and signals.
    const fn spatial(self) -> Self {
        self.taking(Axes::Signal).behind(Behind::Signal)
    }

    /// Over sequences.
    const fn sequential(self) -> Self {
        self.taking(Axes::Sequence).behind(Behind::Sequence)
    }

    const fn convolution(self) -> Self {
        Layer { is_fused: true, ..self.spatial().drawn(LayerKind::Convolution) }
    }

    const fn drawn(self, drawn: LayerKind) -> Self {
        Layer { drawn, ..self }
    }

    const fn turning_time(mut self) -> Self {
        self.keeps_time = false;
        self
    }
}

/// What stands in the place of the input's size: not a layer, but its arguments are read as those of one.
pub const TOKENS: Layer = row(
    "tokens",
    Rule::Tokens,
    &[
        argument("length", Kind::Size, Required("64")),
        argument("vocab", Kind::Sizes, Required("65")),
    ],
);

/// All layers.
pub const LAYERS: &[Layer] = &[
    row("conv", Rule::Conv, &[OUT, KERNEL, STRIDE, PADDING, DILATION, GROUPS, BIAS]).convolution(),
    row(
        "depthwise",
        Rule::Depthwise,
        &[KERNEL, STRIDE, PADDING, DILATION, argument("multiplier", Kind::Size, Size(1)), BIAS],
    )
    .convolution(),
    row(
        "conv_transpose",
        Rule::ConvTranspose,
        &[
            OUT,
            KERNEL,
            STRIDE,
            argument("padding", Kind::Amount, Size(0)),
            argument("output_padding", Kind::Amount, Size(0)),
            DILATION,
            GROUPS,
            BIAS,
        ],
    )
    .convolution(),
    row("max_pool", Rule::MaxPool, &[POOL_KERNEL, POOL_STRIDE, POOL_PADDING, DILATION])
        .spatial()
        .drawn(LayerKind::Pooling),
    row(
        "avg_pool",
        Rule::AvgPool,
        &[
            POOL_KERNEL,
            POOL_STRIDE,
            POOL_PADDING,
            argument("count_include_pad", Kind::Flag, Word("true")),
        ],
    )
    .spatial()
    .drawn(LayerKind::Pooling),
    row("global_avg_pool", Rule::GlobalAvgPool, &[]).taking(Axes::Signal).drawn(LayerKind::Pooling),
    row("global_max_pool", Rule::GlobalMaxPool, &[]).taking(Axes::Signal).drawn(LayerKind::Pooling),
    row(
        "adaptive_avg_pool",
        Rule::AdaptiveAvgPool,
        &[argument("size", Kind::Window, Required("4"))],
    )
    .spatial()
    .drawn(LayerKind::Pooling),
    row(
        "upsample",
        Rule::Upsample,
        &[
            argument("factor", Kind::Window, Required("2")),
            argument("mode", Kind::Word(&["nearest", "bilinear", "linear"]), Word("nearest")),
        ],
    )
    .spatial()
    .drawn(LayerKind::Pooling),
    row("flatten", Rule::Flatten, &[]),
    row("reshape", Rule::Reshape, &[argument("shape", Kind::Shape, Required("[16]"))]),
    row("transpose", Rule::Transpose, &[]).behind(Behind::Transposed).turning_time(),
    row("permute", Rule::Permute, &[argument("axes", Kind::Axes, Required("[2, 0, 1]"))])
        .turning_time(),
    row(
        "batch_norm",
        Rule::BatchNorm,
        &[
            EPS,
            argument(
                "momentum",
                Kind::Number { least: 0.0, most: 1.0, excludes_most: false },
                Number(0.1),
            ),
        ],
    )
    .spatial()
    .drawn(LayerKind::Normalization),
    row("layer_norm", Rule::LayerNorm, &[AXES, EPS])
        .behind(Behind::Same)
        .drawn(LayerKind::Normalization),
    row("rms_norm", Rule::RmsNorm, &[AXES, argument("eps", FRACTION, Omitted::Epsilon)])
        .behind(Behind::Same)
        .drawn(LayerKind::Normalization),
    row("group_norm", Rule::GroupNorm, &[argument("groups", Kind::Size, Required("4")), EPS])
        .spatial()
        .drawn(LayerKind::Normalization),
    row("instance_norm", Rule::InstanceNorm, &[EPS, argument("affine", Kind::Flag, Word("false"))])
        .spatial()
        .drawn(LayerKind::Normalization),
    row("dropout", Rule::Dropout, &[argument("p", FRACTION, Number(0.5))]).behind(Behind::Same),
    row(
        "rnn",
        Rule::Rnn,
        &[
            HIDDEN,
            LAST,
            BIDIRECTIONAL,
            BIAS,
            argument("nonlinearity", Kind::Word(&["tanh", "relu"]), Word("tanh")),
        ],
    )
    .sequential()
    .drawn(LayerKind::Recurrence),
    row("lstm", Rule::Lstm, &[HIDDEN, LAST, BIDIRECTIONAL, BIAS])
        .sequential()
        .drawn(LayerKind::Recurrence),
    row("gru", Rule::Gru, &[HIDDEN, LAST, BIDIRECTIONAL, BIAS])
        .sequential()
        .drawn(LayerKind::Recurrence),
    row("take_last", Rule::TakeLast, &[]).taking(Axes::Sequence),
    row("mean_over_time", Rule::MeanOverTime, &[]).taking(Axes::Sequence).drawn(LayerKind::Pooling),
    row(
        "embedding",
        Rule::Embedding,
        &[
            argument("features", Kind::Size, Required("16")),
            argument(
                "std",
                Kind::Number { least: 0.0, most: 2.0, excludes_most: false },
                Number(1.0),
            ),
        ],
    )
    .behind(Behind::Sequence)
    .drawn(LayerKind::Transformer),
    row("tied", Rule::Tied, &[argument("table", Kind::Label, Required("table"))])
        .taking(Axes::Sequence)
        .behind(Behind::Same),
    row(
        "attention",
        Rule::Attention,
        &[
            argument("heads", Kind::Size, Required("4")),
            argument("kv_heads", Kind::Size, Derived("2")),
            argument("causal", Kind::Flag, Word("false")),
            argument("dropout", FRACTION, Number(0.0)),
            argument("rotary", Kind::Flag, Word("false")),
            BIAS,
        ],
    )
    .sequential()
    .drawn(LayerKind::Transformer),
    row("position", Rule::Position, &[argument("length", Kind::Size, Derived("64"))])
        .sequential()
        .drawn(LayerKind::Transformer),
    row("sinusoidal", Rule::Sinusoidal, &[]).sequential().drawn(LayerKind::Transformer),
];

/// The layer of a word.
pub const fn layer(word: &str) -> Option<&'static Layer> {
    let mut index = 0;
    while index < LAYERS.len() {
        if is(LAYERS[index].word, word) {
            return Some(&LAYERS[index]);
        }
        index += 1;
    }
    None
}
