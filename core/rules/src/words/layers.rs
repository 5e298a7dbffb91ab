//! Layers with arguments: one row each says what it is called, what it takes and which rule it follows.

use Omitted::{Derived, Number, Required, Size, Word};

use LayerType::{Named, OfTokens, OfWidth, Recurrent, WithOrWithout};
use TypeArgument::{
    Activation, Axis, Bits, Channels, Chosen, Count, CountOrOne, Either, Features, Flag, If, Input,
    InputSize, LastAxes, Listed, Literal, Output, OutputSize, Padding, Scalar, SizeOf, Weight,
    Window,
};

use super::types::{LayerType, TypeArgument};
use super::{Axes, Behind};
use crate::text::is;

/// A layer: its word, its rule, its arguments in the order of their places, and what it does with axes.
#[derive(Debug)]
pub struct Layer {
    /// Its word.
    pub word: &'static str,
    /// Which rule it follows.
    pub rule: Rule,
    /// What its type is.
    pub made: LayerType,
    /// Its arguments.
    pub arguments: &'static [LayerArgument],
    /// What it takes a matrix for.
    pub takes: Axes,
    /// What the axes of a matrix mean behind it.
    pub behind: Behind,
    /// Where the sizes of its output come from.
    pub gives: Gives,
    /// Whether a stream has time along the same axis behind it as in front of it.
    pub keeps_time: bool,
    /// Whether it computes an activation in its own loops.
    pub is_fused: bool,
    /// As what a diagram draws it.
    pub drawn: LayerKind,
}

/// Where the sizes of a layer's output come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// From its rule alone.
    Computed,
    /// It gives the shape that it takes.
    Same,
    /// The same, and nothing else about it depends on that shape.
    SameOfAny,
    /// The same, and nothing but the last axes, as many as its argument `axes`.
    SameOverLastAxes,
    /// The same, and nothing but its first size, where the argument of this name is not 1.
    SameByChannel(&'static str),
    /// The same, where it is a sequence.
    SameSequence,
    /// So many channels of an image or a signal, with as many places as it takes where it is padded so.
    Channels(Source),
    /// One value for each channel.
    EachChannel,
    /// All values along one axis.
    Flat,
    /// What the argument of this name lists.
    Listed(&'static str),
    /// The same but along the axis that the argument of this name is.
    Along(&'static str),
    /// A matrix the other way round.
    Transposed,
    /// The axes in the order that the argument of this name lists.
    Permuted(&'static str),
    /// At each step, or at the last, as many features as `hidden`, or twice as many.
    Hidden,
    /// The features of one step.
    OneStep,
    /// The same, with one value along the last axis.
    OneAlongTheLastAxis,
}

/// Where a size comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The size of the input along this axis.
    Input(usize),
    /// The argument of this name.
    Argument(&'static str),
    /// Twice that.
    Twice(&'static str),
    /// The size in this place of a list that is the argument of this name.
    Listed(&'static str, usize),
    /// It is one.
    One,
    /// It is computed.
    Computed,
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
    /// An activation alone, with parameters or without.
    Nonlinearity,
    /// A layer made of stages that the declaration shows.
    Composition,
    /// Any other layer, a user's or another network among them.
    Other,
}

/// All rules, each with the function in `layer` that it is: a macro is called with them.
macro_rules! rules {
    ($called:ident) => {
        $called! {
            Conv: convolution::conv,
            Depthwise: convolution::conv,
            ConvTranspose: convolution::conv_transpose,
            MaxPool: pooling::pool,
            AvgPool: pooling::pool,
            GlobalAvgPool: pooling::global,
            GlobalMaxPool: pooling::global,
            AdaptiveAvgPool: pooling::adaptive,
            AdaptiveMaxPool: pooling::adaptive,
            Upsample: pooling::upsample,
            Pad: pooling::pad,
            Flatten: arrangement::flatten,
            Reshape: arrangement::reshape,
            Transpose: arrangement::transpose,
            Permute: arrangement::permute,
            Slice: arrangement::slice,
            BatchNorm: normalization::batch_norm,
            LayerNorm: normalization::layer_norm,
            RmsNorm: normalization::over_last_axes,
            Normalize: normalization::normalize,
            GroupNorm: normalization::group_norm,
            InstanceNorm: normalization::instance_norm,
            Dropout: arrangement::unchanged,
            PRelu: activation::prelu,
            Rnn: recurrence::rnn,
            Lstm: recurrence::lstm,
            Gru: recurrence::gru,
            TakeLast: sequence::one_step,
            MeanOverTime: sequence::one_step,
            MaxOverTime: sequence::one_step,
            Gaussian: pair::gaussian,
            Dot: pair::similarity,
            Cosine: pair::similarity,
            // It is a width, whose rule is `stage::dense`.
            Dense: arrangement::unchanged,
            // Those of tokens follow from their tables too, which the macro knows.
            Tokens: arrangement::unchanged,
            Embedding: arrangement::unchanged,
            Tied: arrangement::unchanged,
            Attention: attention::attention,
            Position: attention::position,
            Sinusoidal: attention::sinusoidal,
        }
    };
}

pub(crate) use rules;

macro_rules! enumerated {
    ($($rule:ident: $family:ident::$function:ident,)*) => {
        /// The rule of a layer.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is the layer of its name")]
        pub enum Rule {
            $($rule,)*
        }
    };
}

rules!(enumerated);

impl Rule {
    /// Whether it runs along a sequence with a state of its own.
    pub const fn is_recurrent(self) -> bool {
        matches!(self, Rule::Rnn | Rule::Lstm | Rule::Gru)
    }
}

impl LayerArgument {
    /// Whether a person writes its name, since the number alone does not say what it is.
    pub fn is_named(&self) -> bool {
        self.kind == Kind::Sizes
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
    /// The number of an axis, counted from the front. It is always named.
    Axis,
    /// The number of a place along an axis, or of an axis, counted from 0.
    Place,
    /// One size, or a list with one for each place.
    Sizes,
    /// The label of a stage in front.
    Label,
    /// `&` and the label of an earlier value. Of a layer whose first argument is one, and has to be given, it is what comes
    /// in.
    Reference,
    /// The same of a mask, which tokens have too where one of them is padding.
    Mask,
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
    /// Whether its first argument is what comes in.
    pub const fn begins_with_a_reference(&self) -> bool {
        matches!(
            self.arguments,
            [LayerArgument { kind: Kind::Reference, omitted: Required(_), .. }, ..]
        )
    }

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
const CEIL_MODE: LayerArgument = argument("ceil_mode", Kind::Flag, Word("false"));
const DILATION: LayerArgument = argument("dilation", Kind::Window, Size(1));
const OUT: LayerArgument = argument("out", Kind::Size, Required("16"));
const GROUPS: LayerArgument = argument("groups", Kind::Size, Size(1));
const BIAS: LayerArgument = argument("bias", Kind::Flag, Word("true"));
/// From 0 up to but not 1. An epsilon of 1 or more is the number of channels, which other libraries take in its
/// place.
const FRACTION: Kind = Kind::Number { least: 0.0, most: 1.0, excludes_most: true };
const AFFINE: LayerArgument = argument("affine", Kind::Flag, Word("true"));
const ELEMENTWISE_AFFINE: LayerArgument = argument("elementwise_affine", Kind::Flag, Word("true"));
const EPS: LayerArgument = argument("eps", FRACTION, Number(1e-5));
const AXES: LayerArgument = argument("axes", Kind::Size, Derived("1"));
const HIDDEN: LayerArgument = argument("hidden", Kind::Size, Required("64"));
const MASK: LayerArgument = argument("mask", Kind::Mask, Derived("&mask"));
const PAIR: &[LayerArgument] = &[
    argument("a", Kind::Reference, Required("&a")),
    argument("b", Kind::Reference, Required("&b")),
];
const LAST: LayerArgument = argument("last", Kind::Flag, Word("false"));
const BIDIRECTIONAL: LayerArgument = argument("bidirectional", Kind::Flag, Word("false"));

/// A row that takes and gives any axes, and keeps time.
const fn row(
    word: &'static str,
    rule: Rule,
    made: LayerType,
    arguments: &'static [LayerArgument],
) -> Layer {
    Layer {
        word,
        rule,
        made,
        arguments,
        takes: Axes::Unknown,
        behind: Behind::Unknown,
        gives: Gives::Computed,
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

    const fn gives(self, gives: Gives) -> Self {
        Layer { gives, ..self }
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
        self.spatial().fused().drawn(LayerKind::Convolution)
    }

    const fn fused(self) -> Self {
        Layer { is_fused: true, ..self }
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
    OfTokens,
    &[
        argument("length", Kind::Size, Required("64")),
        argument("vocab", Kind::Sizes, Required("65")),
        argument("padding", Kind::Place, Derived("0")),
    ],
);

/// All layers.
pub const LAYERS: &[Layer] = &[
    row("dense", Rule::Dense, OfWidth, &[argument("out", Kind::Size, Required("32")), BIAS])
        .behind(Behind::Same)
        .fused()
        .drawn(LayerKind::Affine),
    row(
        "conv",
        Rule::Conv,
        Named(
            "Conv",
            &[Scalar, Input, Output, Window, Weight(0), Weight(1), If("bias", &Count), Activation],
        ),
        &[OUT, KERNEL, STRIDE, PADDING, DILATION, GROUPS, BIAS],
    )
    .gives(Gives::Channels(Source::Argument("out")))
    .convolution(),
    row(
        "depthwise",
        Rule::Depthwise,
        Named(
            "Conv",
            &[Scalar, Input, Output, Window, Weight(0), Weight(1), If("bias", &Count), Activation],
        ),
        &[KERNEL, STRIDE, PADDING, DILATION, argument("multiplier", Kind::Size, Size(1)), BIAS],
    )
    .gives(Gives::Channels(Source::Computed))
    .convolution(),
    row(
        "conv_transpose",
        Rule::ConvTranspose,
        Named(
            "ConvTranspose",
            &[Scalar, Input, Output, Window, Weight(0), Weight(1), If("bias", &Count), Activation],
        ),
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
    .gives(Gives::Channels(Source::Argument("out")))
    .convolution(),
    row(
        "max_pool",
        Rule::MaxPool,
        Named("MaxPool", &[Input, Output, Window]),
        &[POOL_KERNEL, POOL_STRIDE, POOL_PADDING, DILATION, CEIL_MODE],
    )
    .gives(Gives::Channels(Source::Input(0)))
    .spatial()
    .drawn(LayerKind::Pooling),
    row(
        "avg_pool",
        Rule::AvgPool,
        Named("AvgPool", &[Input, Output, Window, Flag("count_include_pad")]),
        &[
            POOL_KERNEL,
            POOL_STRIDE,
            POOL_PADDING,
            argument("count_include_pad", Kind::Flag, Word("true")),
            CEIL_MODE,
        ],
    )
    .gives(Gives::Channels(Source::Input(0)))
    .spatial()
    .drawn(LayerKind::Pooling),
    row("global_avg_pool", Rule::GlobalAvgPool, Named("GlobalAvgPool", &[Input, Output]), &[])
        .gives(Gives::EachChannel)
        .taking(Axes::Signal)
        .drawn(LayerKind::Pooling),
    row("global_max_pool", Rule::GlobalMaxPool, Named("GlobalMaxPool", &[Input, Output]), &[])
        .gives(Gives::EachChannel)
        .taking(Axes::Signal)
        .drawn(LayerKind::Pooling),
    row(
        "adaptive_avg_pool",
        Rule::AdaptiveAvgPool,
        Named("AdaptiveAvgPool", &[Input, Output]),
        &[argument("size", Kind::Window, Required("4"))],
    )
    .gives(Gives::Channels(Source::Input(0)))
    .spatial()
    .drawn(LayerKind::Pooling),
    row(
        "adaptive_max_pool",
        Rule::AdaptiveMaxPool,
        Named("AdaptiveMaxPool", &[Input, Output]),
        &[argument("size", Kind::Window, Required("4"))],
    )
    .gives(Gives::Channels(Source::Input(0)))
    .spatial()
    .drawn(LayerKind::Pooling),
    row(
        "upsample",
        Rule::Upsample,
        Named(
            "Upsample",
            &[
                Input,
                Output,
                Either("mode", "nearest", [("layer", "Nearest"), ("layer", "Bilinear")]),
                Flag("align_corners"),
            ],
        ),
        &[
            argument("factor", Kind::Window, Required("2")),
            argument("mode", Kind::Word(&["nearest", "bilinear", "linear"]), Word("nearest")),
            argument("align_corners", Kind::Flag, Word("false")),
        ],
    )
    .gives(Gives::Channels(Source::Input(0)))
    .spatial()
    .drawn(LayerKind::Pooling),
    row(
        "pad",
        Rule::Pad,
        Named(
            "Pad",
            &[
                Input,
                Output,
                Chosen(
                    "mode",
                    &[("zeros", "Zeros"), ("reflect", "Reflect"), ("replicate", "Replicate")],
                ),
                Padding(0),
                Padding(1),
            ],
        ),
        &[
            argument("padding", Kind::Amount, Required("1")),
            argument("after", Kind::Amount, Derived("1")),
            argument("mode", Kind::Word(&["zeros", "reflect", "replicate"]), Word("zeros")),
        ],
    )
    .gives(Gives::Channels(Source::Input(0)))
    .spatial(),
    row("flatten", Rule::Flatten, Named("Reshape", &[Input, Output]), &[]).gives(Gives::Flat),
    row(
        "reshape",
        Rule::Reshape,
        Named("Reshape", &[Input, Output]),
        &[argument("shape", Kind::Shape, Required("[16]"))],
    )
    .gives(Gives::Listed("shape")),
    row(
        "transpose",
        Rule::Transpose,
        Named("Permute", &[Input, Output, Literal(1), Literal(0), Literal(2)]),
        &[],
    )
    .gives(Gives::Transposed)
    .behind(Behind::Transposed)
    .turning_time(),
    row(
        "permute",
        Rule::Permute,
        Named("Permute", &[Input, Output, Listed("axes", 0), Listed("axes", 1), Listed("axes", 2)]),
        &[argument("axes", Kind::Axes, Required("[2, 0, 1]"))],
    )
    .gives(Gives::Permuted("axes"))
    .turning_time(),
    row(
        "slice",
        Rule::Slice,
        Named("Slice", &[Input, Output, Weight(0), Count]),
        &[
            argument("start", Kind::Place, Required("0")),
            argument("end", Kind::Place, Required("1")),
            argument("axis", Kind::Place, Size(0)),
        ],
    )
    .gives(Gives::Along("axis"))
    .behind(Behind::Same),
    row(
        "batch_norm",
        Rule::BatchNorm,
        Named(
            "BatchNorm",
            &[Scalar, Input, Channels, Bits("eps"), Bits("momentum"), If("affine", &Channels)],
        ),
        &[
            EPS,
            argument(
                "momentum",
                Kind::Number { least: 0.0, most: 1.0, excludes_most: false },
                Number(0.1),
            ),
            AFFINE,
        ],
    )
    .gives(Gives::SameOfAny)
    .spatial()
    .drawn(LayerKind::Normalization),
    row(
        "layer_norm",
        Rule::LayerNorm,
        Named(
            "LayerNorm",
            &[
                Scalar,
                Input,
                Count,
                Bits("eps"),
                LastAxes,
                If("elementwise_affine", &Count),
                If("elementwise_affine", &If("bias", &Count)),
            ],
        ),
        &[AXES, EPS, ELEMENTWISE_AFFINE, BIAS],
    )
    .gives(Gives::SameOverLastAxes)
    .behind(Behind::Same)
    .drawn(LayerKind::Normalization),
    row(
        "rms_norm",
        Rule::RmsNorm,
        Named(
            "RmsNorm",
            &[Scalar, Input, Count, Bits("eps"), LastAxes, If("elementwise_affine", &Count)],
        ),
        &[AXES, argument("eps", FRACTION, Omitted::Epsilon), ELEMENTWISE_AFFINE],
    )
    .gives(Gives::SameOverLastAxes)
    .behind(Behind::Same)
    .drawn(LayerKind::Normalization),
    row(
        "normalize",
        Rule::Normalize,
        Named("Normalize", &[Input, Axis("axis"), Bits("eps")]),
        &[argument("axis", Kind::Axis, Derived("0")), argument("eps", FRACTION, Number(1e-12))],
    )
    .gives(Gives::SameOfAny)
    .behind(Behind::Same)
    .drawn(LayerKind::Normalization),
    row(
        "group_norm",
        Rule::GroupNorm,
        Named(
            "GroupNorm",
            &[Scalar, Input, InputSize(0), Count, Bits("eps"), If("affine", &InputSize(0))],
        ),
        &[argument("groups", Kind::Size, Required("4")), EPS, AFFINE],
    )
    .gives(Gives::Same)
    .spatial()
    .drawn(LayerKind::Normalization),
    row(
        "instance_norm",
        Rule::InstanceNorm,
        Named("InstanceNorm", &[Scalar, Input, Count, If("affine", &Count), Bits("eps")]),
        &[EPS, argument("affine", Kind::Flag, Word("false"))],
    )
    .gives(Gives::Same)
    .spatial()
    .drawn(LayerKind::Normalization),
    row(
        "dropout",
        Rule::Dropout,
        Named("Dropout", &[Input, Bits("p")]),
        &[argument("p", FRACTION, Number(0.5))],
    )
    .gives(Gives::SameOfAny)
    .behind(Behind::Same),
    row(
        "prelu",
        Rule::PRelu,
        Named("PRelu", &[Scalar, Input, CountOrOne, Bits("init")]),
        &[
            argument("num_parameters", Kind::Size, Size(1)),
            argument(
                "init",
                Kind::Number { least: f64::NEG_INFINITY, most: f64::INFINITY, excludes_most: true },
                Number(0.25),
            ),
        ],
    )
    .gives(Gives::SameByChannel("num_parameters"))
    .behind(Behind::Same)
    .drawn(LayerKind::Nonlinearity),
    row(
        "rnn",
        Rule::Rnn,
        Recurrent(
            "Rnn",
            &[Either("nonlinearity", "relu", [("activation", "relu"), ("activation", "tanh")])],
        ),
        &[
            HIDDEN,
            LAST,
            BIDIRECTIONAL,
            BIAS,
            argument("nonlinearity", Kind::Word(&["tanh", "relu"]), Word("tanh")),
            MASK,
        ],
    )
    .gives(Gives::Hidden)
    .sequential()
    .drawn(LayerKind::Recurrence),
    row("lstm", Rule::Lstm, Recurrent("Lstm", &[]), &[HIDDEN, LAST, BIDIRECTIONAL, BIAS, MASK])
        .gives(Gives::Hidden)
        .sequential()
        .drawn(LayerKind::Recurrence),
    row("gru", Rule::Gru, Recurrent("Gru", &[]), &[HIDDEN, LAST, BIDIRECTIONAL, BIAS, MASK])
        .gives(Gives::Hidden)
        .sequential()
        .drawn(LayerKind::Recurrence),
    row("take_last", Rule::TakeLast, Named("TakeLast", &[Input, Output]), &[MASK])
        .gives(Gives::OneStep)
        .taking(Axes::Sequence),
    row("mean_over_time", Rule::MeanOverTime, Named("MeanOverTime", &[Input, Output]), &[MASK])
        .gives(Gives::OneStep)
        .taking(Axes::Sequence)
        .drawn(LayerKind::Pooling),
    row("max_over_time", Rule::MaxOverTime, Named("MaxOverTime", &[Input, Output]), &[MASK])
        .gives(Gives::OneStep)
        .taking(Axes::Sequence)
        .drawn(LayerKind::Pooling),
    row(
        "gaussian",
        Rule::Gaussian,
        Named("Gaussian", &[Input]),
        &[
            argument("mean", Kind::Reference, Required("&mean")),
            argument("log_variance", Kind::Reference, Required("&log_variance")),
        ],
    )
    .gives(Gives::SameOfAny)
    .behind(Behind::Same),
    row("dot", Rule::Dot, Named("Dot", &[Input, Output]), PAIR).gives(Gives::OneAlongTheLastAxis),
    row("cosine", Rule::Cosine, Named("Cosine", &[Input, Output]), PAIR)
        .gives(Gives::OneAlongTheLastAxis),
    row(
        "embedding",
        Rule::Embedding,
        OfTokens,
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
    row("tied", Rule::Tied, OfTokens, &[argument("table", Kind::Label, Required("table"))])
        .taking(Axes::Sequence)
        .behind(Behind::Same),
    row(
        "attention",
        Rule::Attention,
        WithOrWithout(
            "memory",
            &Named(
                "CrossAttention",
                &[
                    Scalar,
                    OutputSize(0),
                    SizeOf("memory", 0),
                    OutputSize(1),
                    Count,
                    Weight(0),
                    If("bias", &Weight(0)),
                    If("bias", &OutputSize(1)),
                    Bits("dropout"),
                ],
            ),
            &Named(
                "Attention",
                &[
                    Scalar,
                    OutputSize(0),
                    OutputSize(1),
                    Count,
                    Weight(0),
                    If("bias", &Weight(0)),
                    If("bias", &OutputSize(1)),
                    Flag("causal"),
                    Flag("rotary"),
                    Bits("dropout"),
                ],
            ),
        ),
        &[
            argument("heads", Kind::Size, Required("4")),
            argument("kv_heads", Kind::Size, Derived("2")),
            argument("causal", Kind::Flag, Word("false")),
            argument("dropout", FRACTION, Number(0.0)),
            argument("rotary", Kind::Flag, Word("false")),
            BIAS,
            argument("memory", Kind::Reference, Derived("&memory")),
            MASK,
        ],
    )
    .gives(Gives::SameSequence)
    .sequential()
    .drawn(LayerKind::Transformer),
    row(
        "position",
        Rule::Position,
        Named("Position", &[Scalar, OutputSize(0), OutputSize(1), Count]),
        &[argument("length", Kind::Size, Derived("64"))],
    )
    .gives(Gives::SameSequence)
    .sequential()
    .drawn(LayerKind::Transformer),
    row("sinusoidal", Rule::Sinusoidal, Named("Sinusoidal", &[OutputSize(0), Features]), &[])
        .gives(Gives::SameSequence)
        .sequential()
        .drawn(LayerKind::Transformer),
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
