//! What layers and their arguments are called in other libraries.

use super::{LAYERS, Layer, layer};

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
    ("dense", "dense", FIRST_OF_TWO),
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
    ("globalaveragepooling1d", "mean_over_time", None),
    ("globalaveragepooling2d", "global_avg_pool", None),
    ("globalmaxpooling1d", "max_over_time", None),
    ("globalmaxpooling2d", "global_max_pool", None),
    ("globalmeanpool", "global_avg_pool", None),
    ("adaptiveavgpool1d", "adaptive_avg_pool", None),
    ("adaptiveavgpool2d", "adaptive_avg_pool", None),
    ("adaptivemaxpool1d", "adaptive_max_pool", None),
    ("adaptivemaxpool2d", "adaptive_max_pool", None),
    ("upsampling", "upsample", None),
    ("upsampling1d", "upsample", None),
    ("upsampling2d", "upsample", None),
    ("upsamplingnearest2d", "upsample", None),
    ("upsamplingbilinear2d", "upsample", None),
    ("interpolate", "upsample", None),
    ("view", "reshape", None),
    ("unflatten", "reshape", None),
    ("ravel", "flatten", None),
    ("batchnorm1d", "batch_norm", FIRST),
    ("batchnorm2d", "batch_norm", FIRST),
    ("batchnormalization", "batch_norm", None),
    ("syncbatchnorm", "batch_norm", FIRST),
    ("bn", "batch_norm", None),
    ("layernormalization", "layer_norm", None),
    ("layernorm", "layer_norm", FIRST),
    ("rmsnormalization", "rms_norm", None),
    ("rmsnorm", "rms_norm", FIRST),
    ("unitnormalization", "normalize", None),
    ("unitnorm", "normalize", None),
    ("l2norm", "normalize", None),
    ("l2normalize", "normalize", None),
    ("groupnorm", "group_norm", SECOND_OF_TWO),
    ("groupnormalization", "group_norm", None),
    ("instancenorm1d", "instance_norm", FIRST),
    ("instancenorm2d", "instance_norm", FIRST),
    ("parametricrelu", "prelu", None),
    ("embedding", "embedding", FIRST_OF_TWO),
    ("embed", "embedding", FIRST_OF_TWO),
    ("embeddings", "embedding", FIRST_OF_TWO),
    ("embeddinglayer", "embedding", FIRST_OF_TWO),
    ("rnn", "rnn", FIRST_OF_TWO),
    ("simplernn", "rnn", None),
    ("lstm", "lstm", FIRST_OF_TWO),
    ("gru", "gru", FIRST_OF_TWO),
    ("laststep", "take_last", None),
    ("meanpooling", "mean_over_time", None),
    ("globalmaxovertime", "max_over_time", None),
    ("maxpoolovertime", "max_over_time", None),
    ("attention", "attention", FIRST_OF_TWO),
    ("multiheadattention", "attention", FIRST_OF_TWO),
    ("multiheadselfattention", "attention", None),
    ("selfattention", "attention", None),
    ("causalselfattention", "attention", None),
    ("groupedqueryattention", "attention", None),
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

/// What a layer of another library computes with where nothing is given, and the word here does not.
const GIVEN: &[(&str, &str, &str)] = &[
    ("causalselfattention", "causal", "true"),
    ("upsamplingbilinear2d", "mode", "bilinear"),
    ("upsamplingbilinear2d", "align_corners", "true"),
    ("batchnormalization", "eps", "1e-3"),
    ("batchnormalization", "momentum", "0.01"),
    ("layernormalization", "eps", "1e-3"),
    ("groupnormalization", "eps", "1e-3"),
    ("rmsnormalization", "eps", "1e-6"),
];

/// The arguments, each with its value, that a layer of that name has elsewhere by default and here has not.
pub fn given_elsewhere(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let wanted = plain(name);
    let given = GIVEN.iter().filter(move |(foreign, ..)| *foreign == wanted);
    given.map(|(_, argument, value)| (*argument, *value))
}

/// What stands at each place in PyTorch, where that is another order than here.
const PLACES: &[(&[&str], &[&str])] = &[
    (
        &["maxpool1d", "maxpool2d"],
        &["kernel", "stride", "padding", "dilation", "return_indices", "ceil_mode"],
    ),
    (
        &["avgpool1d", "avgpool2d"],
        &["kernel", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override"],
    ),
];

/// The names of the arguments of a layer of that name by their places, where another library has them otherwise.
pub fn places_elsewhere(name: &str) -> &'static [&'static str] {
    let wanted = plain(name);
    let found = PLACES.iter().find(|(names, _)| names.contains(&wanted.as_str()));
    found.map_or(&[], |(_, places)| places)
}

/// A layer elsewhere that puts values around what comes in: how `pad` says it.
#[derive(Clone, Copy, Debug)]
pub struct PaddingElsewhere {
    /// The mode of `pad`.
    pub mode: &'static str,
    /// How many axes it goes over.
    pub axes: usize,
    /// Whether amounts are listed as PyTorch does, from the last axis on, and not from the first as in Keras.
    pub is_torch: bool,
}

/// The layer of that name, if it is one.
pub fn padding_elsewhere(name: &str) -> Option<PaddingElsewhere> {
    let plain = plain(name);
    let (stem, axes) = match plain.strip_suffix("1d") {
        Some(stem) => (stem, 1),
        None => (plain.strip_suffix("2d")?, 2),
    };
    let (mode, is_torch) = match stem {
        "zeropad" | "constantpad" => ("zeros", true),
        "reflectionpad" => ("reflect", true),
        "replicationpad" => ("replicate", true),
        "zeropadding" => ("zeros", false),
        _ => return None,
    };
    Some(PaddingElsewhere { mode, axes, is_torch })
}

/// Arguments that elsewhere are the share of what is kept and here that of what is new, so that both are 1 together.
const SHARES_KEPT: &[(&str, &str)] = &[("batchnormalization", "momentum")];

/// The value here of an argument that a layer of that name has elsewhere, where it is another.
pub fn value_elsewhere(name: &str, argument: &str, value: &str) -> Option<String> {
    let wanted = plain(name);
    SHARES_KEPT.iter().find(|share| **share == (wanted.as_str(), argument))?;
    Some(match value.parse::<f64>() {
        // What is written has few digits, and the difference would have many.
        Ok(kept) => format!("{:?}", ((1.0 - kept) * 1e9).round() / 1e9),
        Err(_) => format!("{{ 1.0 - {value} }}"),
    })
}

/// What activations are called elsewhere, in lower case without `_`, and their word here.
const ACTIVATIONS_ELSEWHERE: &[(&str, &str)] = &[
    ("swish", "silu"),
    ("logistic", "sigmoid"),
    ("lrelu", "leaky_relu"),
    ("gelunew", "gelu_tanh"),
    ("gelupytorchtanh", "gelu_tanh"),
    ("geluapproximate", "gelu_tanh"),
    ("hardsilu", "hard_swish"),
    ("clip", "clamp"),
    ("exponential", "exp"),
    ("noop", "identity"),
    ("passthrough", "identity"),
];

/// Names of a dense layer, in lower case without `_`, and where its width stands among two sizes.
const DENSE: &[(&str, usize)] = &[
    ("linear", 1),
    ("dense", 0),
    ("fc", 1),
    ("fullyconnected", 1),
    ("affinelayer", 1),
    ("denselayer", 0),
    ("linearlayer", 1),
];

/// The layer which has as an argument what the name is a layer for elsewhere, and that argument.
pub fn argument_here(name: &str) -> Option<(&'static Layer, &'static str)> {
    let wanted = plain(name);
    let (_, word, argument) = ARGUMENTS_HERE.iter().find(|(foreign, ..)| *foreign == wanted)?;
    Some((layer(word)?, argument))
}

/// A name in lower case without `_`, and without what says that sizes are found later.
pub fn plain(word: &str) -> String {
    let plain = word.replace('_', "").to_lowercase();
    match plain.strip_prefix("lazy") {
        Some(stem) if !stem.is_empty() => stem.to_owned(),
        _ => plain,
    }
}

/// The layer whose word is this without `_`.
pub fn layer_of_plain(name: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| plain(layer.word) == name)
}

/// The activation that is called so elsewhere.
pub fn activation_elsewhere(name: &str) -> Option<&'static str> {
    let wanted = plain(name);
    ACTIVATIONS_ELSEWHERE.iter().find(|(foreign, _)| *foreign == wanted).map(|(_, word)| *word)
}

/// Whether a dense layer is called so elsewhere: where its width stands among two sizes.
pub fn dense_elsewhere(name: &str) -> Option<usize> {
    let wanted = plain(name);
    DENSE.iter().find(|(foreign, _)| *foreign == wanted).map(|(_, place)| *place)
}

/// What other libraries have in front of the arguments of a layer that is called as it is there.
pub fn follows_from_shape(layer: &Layer) -> Option<FollowsFromShape> {
    let same = ELSEWHERE.iter().find(|(foreign, word, _)| foreign == word && *word == layer.word);
    same.and_then(|(.., follows)| *follows)
}

/// The layer that a name of another library stands for, and which argument there is none here.
pub fn elsewhere(name: &str) -> Option<(&'static Layer, Option<FollowsFromShape>)> {
    let wanted = plain(name);
    let foreign = ELSEWHERE.iter().find(|(foreign, ..)| *foreign == wanted);
    match foreign {
        Some((_, word, channels)) => layer(word).map(|layer| (layer, *channels)),
        None => layer_of_plain(&wanted).map(|layer| (layer, None)),
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
        "pad" | "pads" | "amount" => &["padding"],
        "dilation_rate" | "dilations" => &["dilation"],
        "rate" => &["p"],
        "depth_multiplier" | "channel_multiplier" => &["multiplier"],
        "use_bias" => &["bias"],
        "epsilon" => &["eps"],
        "affine" => &["elementwise_affine"],
        "elementwise_affine" => &["affine"],
        "num_groups" | "group" => &["groups"],
        "output_size" => &["size"],
        "scale_factor" => &["factor"],
        "interpolation" => &["mode"],
        "prob" | "probability" => &["p"],
        "target_shape" => &["shape"],
        "begin" | "starts" | "from" => &["start"],
        "stop" | "ends" | "to" => &["end"],
        "dims" => &["axes"],
        "hidden_size" | "hidden_units" | "hidden_dim" => &["hidden"],
        "units" => &["hidden", "out"],
        "out_features" | "out_dim" => &["out"],
        "activation" => &["nonlinearity"],
        "vocabulary" | "vocab_size" | "vocabularies" => &["vocab"],
        "dim" | "embedding_dim" | "output_dim" => &["features"],
        "num_heads" | "n_heads" | "n_head" | "nhead" | "head_count" => &["heads"],
        "num_kv_heads" | "n_kv_heads" | "num_key_value_heads" | "kv_head" => &["kv_heads"],
        "is_causal" | "autoregressive" => &["causal"],
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
