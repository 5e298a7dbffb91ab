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
                Kind::Number { least: 0.0, most: 100.0, excludes_most: false },
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

/// An argument elsewhere that says how many channels come in, which here follows from the shape.
#[derive(Clone, Copy, Debug)]
pub struct FollowsFromShape {
    /// Where it stands.
    pub place: usize,
    /// How many arguments there are then at least.
    pub least: usize,
}

const FIRST: Option<FollowsFromShape> = Some(FollowsFromShape { place: 0, least: 1 });
const FIRST_OF_TWO: Option<FollowsFromShape> = Some(FollowsFromShape { place: 0, least: 2 });
const FIRST_OF_THREE: Option<FollowsFromShape> = Some(FollowsFromShape { place: 0, least: 3 });
const SECOND_OF_TWO: Option<FollowsFromShape> = Some(FollowsFromShape { place: 1, least: 2 });

/// What a layer is called elsewhere, in lower case without `_`, its word here, and the argument that there is
/// none of here.
const ELSEWHERE: &[(&str, &str, Option<FollowsFromShape>)] = &[
    ("conv1d", "conv", FIRST_OF_THREE),
    ("conv2d", "conv", FIRST_OF_THREE),
    ("convolution", "conv", None),
    ("convolution1d", "conv", None),
    ("convolution2d", "conv", None),
    ("depthwiseconv", "depthwise", None),
    ("depthwiseconv1d", "depthwise", None),
    ("depthwiseconv2d", "depthwise", None),
    ("convtranspose1d", "conv_transpose", FIRST_OF_THREE),
    ("convtranspose2d", "conv_transpose", FIRST_OF_THREE),
    ("conv1dtranspose", "conv_transpose", None),
    ("conv2dtranspose", "conv_transpose", None),
    ("deconv", "conv_transpose", None),
    ("deconvolution", "conv_transpose", None),
    ("transposedconv", "conv_transpose", None),
    ("maxpool1d", "max_pool", None),
    ("maxpool2d", "max_pool", None),
    ("maxpooling", "max_pool", None),
    ("maxpooling1d", "max_pool", None),
    ("maxpooling2d", "max_pool", None),
    ("averagepool", "avg_pool", None),
    ("avgpool1d", "avg_pool", None),
    ("avgpool2d", "avg_pool", None),
    ("avgpooling", "avg_pool", None),
    ("averagepooling1d", "avg_pool", None),
    ("averagepooling2d", "avg_pool", None),
    ("meanpool", "avg_pool", None),
    ("globalaveragepool", "global_avg_pool", None),
    ("globalaveragepooling1d", "global_avg_pool", None),
    ("globalaveragepooling2d", "global_avg_pool", None),
    ("globalmaxpooling1d", "global_max_pool", None),
    ("globalmaxpooling2d", "global_max_pool", None),
    ("globalmeanpool", "global_avg_pool", None),
    ("adaptivepool", "adaptive_avg_pool", None),
    ("adaptiveavgpool1d", "adaptive_avg_pool", None),
    ("adaptiveavgpool2d", "adaptive_avg_pool", None),
    ("upsampling", "upsample", None),
    ("upsampling1d", "upsample", None),
    ("upsampling2d", "upsample", None),
    ("upsamplingnearest2d", "upsample", None),
    ("interpolate", "upsample", None),
    ("resize", "upsample", None),
    ("view", "reshape", None),
    ("unflatten", "reshape", None),
    ("ravel", "flatten", None),
    ("batchnorm1d", "batch_norm", FIRST),
    ("batchnorm2d", "batch_norm", FIRST),
    ("batchnormalization", "batch_norm", None),
    ("bn", "batch_norm", None),
    ("layernormalization", "layer_norm", None),
    ("layernorm", "layer_norm", FIRST),
    ("rmsnormalization", "rms_norm", None),
    ("rmsnorm", "rms_norm", FIRST),
    ("groupnorm", "group_norm", SECOND_OF_TWO),
    ("groupnormalization", "group_norm", None),
    ("instancenorm1d", "instance_norm", FIRST),
    ("instancenorm2d", "instance_norm", FIRST),
    ("embed", "embedding", FIRST_OF_TWO),
    ("embeddings", "embedding", FIRST_OF_TWO),
    ("embeddinglayer", "embedding", FIRST_OF_TWO),
    ("dropout1d", "dropout", None),
    ("dropout2d", "dropout", None),
    ("rnn", "rnn", FIRST_OF_TWO),
    ("simplernn", "rnn", None),
    ("lstm", "lstm", FIRST_OF_TWO),
    ("gru", "gru", FIRST_OF_TWO),
    ("laststep", "take_last", None),
    ("meanpooling", "mean_over_time", None),
    ("multiheadattention", "attention", FIRST_OF_TWO),
    ("multiheadselfattention", "attention", None),
    ("selfattention", "attention", None),
    ("causalselfattention", "attention", None),
    ("scaleddotproductattention", "attention", None),
    ("mha", "attention", None),
    ("gqa", "attention", None),
    ("positionembedding", "position", None),
    ("positionalembedding", "position", None),
    ("learnedpositionalembedding", "position", None),
    ("wpe", "position", None),
    ("positionalencoding", "sinusoidal", None),
    ("positionencoding", "sinusoidal", None),
    ("sinusoidalencoding", "sinusoidal", None),
    ("sinusoidalpositionalencoding", "sinusoidal", None),
    ("sinusoidalpositionalembedding", "sinusoidal", None),
];

/// Names of layers elsewhere, in lower case without `_`, that here are arguments: the layer, and the argument with
/// its value.
const ARGUMENTS_HERE: &[(&str, &str, &str)] = &[
    ("rotary", "attention", "rotary: true"),
    ("rope", "attention", "rotary: true"),
    ("rotaryembedding", "attention", "rotary: true"),
    ("rotarypositionembedding", "attention", "rotary: true"),
    ("rotarypositionalembedding", "attention", "rotary: true"),
];

/// The layer which has as an argument what the name is a layer for elsewhere, and that argument.
pub fn argument_here(name: &str) -> Option<(&'static Layer, &'static str)> {
    let wanted = plain(name);
    let (_, word, argument) = ARGUMENTS_HERE.iter().find(|(foreign, ..)| *foreign == wanted)?;
    Some((layer(word)?, argument))
}

/// A name in lower case without `_`.
fn plain(word: &str) -> String {
    word.replace('_', "").to_lowercase()
}

/// The layer that a name of another library stands for, and which argument there is none here.
pub fn elsewhere(name: &str) -> Option<(&'static Layer, Option<FollowsFromShape>)> {
    let wanted = plain(name);
    let foreign = ELSEWHERE.iter().find(|(foreign, ..)| *foreign == wanted);
    match foreign {
        Some((_, word, channels)) => layer(word).map(|layer| (layer, *channels)),
        None => LAYERS.iter().find(|layer| plain(layer.word) == wanted).map(|layer| (layer, None)),
    }
}

/// The name here of an argument that is called otherwise elsewhere.
pub fn argument_elsewhere(layer: &Layer, name: &str) -> Option<&'static str> {
    let candidates: &[&'static str] = match name {
        "kernel_size" | "pool_size" | "window" | "k" => &["kernel"],
        "out_channels" | "filters" | "output_channels" | "channels" | "features" => {
            &["out", "features"]
        }
        "strides" => &["stride"],
        "pad" | "pads" => &["padding"],
        "dilation_rate" | "dilations" | "rate" => &["dilation", "p"],
        "depth_multiplier" | "channel_multiplier" => &["multiplier"],
        "use_bias" => &["bias"],
        "epsilon" => &["eps"],
        "num_groups" | "group" => &["groups"],
        "output_size" => &["size"],
        "scale_factor" | "scale" | "size" => &["factor"],
        "interpolation" => &["mode"],
        "prob" | "probability" => &["p"],
        "target_shape" => &["shape"],
        "dims" => &["axes"],
        "hidden_size" | "hidden_units" | "hidden_dim" | "units" => &["hidden"],
        "activation" => &["nonlinearity"],
        "vocabulary" | "vocab_size" | "vocabularies" => &["vocab"],
        "dim" | "embedding_dim" | "output_dim" => &["features"],
        "num_heads" | "n_heads" | "n_head" | "nhead" | "head_count" => &["heads"],
        "num_kv_heads" | "n_kv_heads" | "num_key_value_heads" | "kv_head" => &["kv_heads"],
        "is_causal" | "mask" | "autoregressive" => &["causal"],
        "dropout_p" | "dropout_rate" | "attn_dropout" | "attn_pdrop" | "p" => &["dropout"],
        "rope" | "rotary_embedding" => &["rotary"],
        "max_len" | "max_length" | "num_embeddings" | "context_length" | "block_size" | "len"
        | "context" | "sequence_length" => &["length"],
        _ => &[],
    };
    candidates.iter().copied().find(|candidate| layer.argument(candidate).is_some())
}

/// Names of arguments elsewhere that say how many values come in, which follows from the shape.
pub const FOLLOW_FROM_SHAPE: &[&str] = &[
    "in_channels",
    "in_features",
    "num_features",
    "num_channels",
    "normalized_shape",
    "input_shape",
    "input_size",
    "num_embeddings",
    "embed_dim",
    "embedding_dim",
    "d_model",
    "head_dim",
];

/// What to do in place of an argument that a layer has elsewhere and that there is nothing like here.
pub fn in_place_of(layer: &Layer, name: &str) -> Option<String> {
    let word = layer.word;
    match (layer.family, name) {
        (Family::Recurrence, "batch_first" | "time_major") => {
            Some("a sequence is always [length, features]".to_owned())
        }
        (Family::Recurrence, "num_layers") => {
            Some(format!("layers stand one behind the other, `{word}(64) => {word}(64)`"))
        }
        (Family::Recurrence, "return_sequences") => Some(format!(
            "`{word}(64)` gives the output after each step, `{word}(64, last: true)` that after the last"
        )),
        (Family::Recurrence, "dropout" | "recurrent_dropout") => {
            Some("`dropout(0.2)` stands behind it as a stage of its own".to_owned())
        }
        _ => None,
    }
}

pub fn layer(word: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| layer.word == word)
}
