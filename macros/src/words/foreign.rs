//! Names of PyTorch and Keras that have no word here, or whose word here means something else: what is said of
//! each. A name that is a word of the language is never looked up.

use super::elsewhere::{elsewhere, layer_of_plain, plain};

/// What another library has under some names, and the language does not.
#[derive(Debug)]
pub struct Missing {
    /// In lower case without `_` and without `1d` or `2d` behind it.
    pub names: &'static [&'static str],
    /// What it does there.
    pub is: &'static str,
    /// What computes exactly the same here, where something does.
    pub instead: &'static str,
}

/// What can always stand in its place.
const OWN_LAYER: &str =
    "a type of your own that implements `Layer` can stand here under its name: `=> MyLayer =>`";
/// The same for an activation, which may stand in front of something.
const OWN_ACTIVATION: &str =
    "a type of your own that implements `Layer` can compute it, as a stage behind: `=> MyLayer =>`";
const BESIDE: &str =
    "a declaration is what the network computes; this stands in the program around it";
const JOINED: &str = "stages that see the same input stand in `sum(.. | ..)`, those that add to what they get in \
                      `residual(..)`";

/// What holds stages that follow one another.
const CONTAINERS: &[&str] =
    &["sequential", "modulelist", "chain", "compose", "stack", "functional"];

const fn layer(names: &'static [&'static str], is: &'static str) -> Missing {
    Missing { names, is, instead: OWN_LAYER }
}

const fn activation(names: &'static [&'static str], is: &'static str) -> Missing {
    Missing { names, is, instead: OWN_ACTIVATION }
}

const fn by_hand(
    names: &'static [&'static str],
    is: &'static str,
    instead: &'static str,
) -> Missing {
    Missing { names, is, instead }
}

/// All of them.
pub const MISSING: &[Missing] = &[
    // Activations.
    by_hand(&["celu"], "`elu` whose slope at 0 stays 1", "with an alpha of 1 it is `elu`"),
    activation(&["rrelu"], "`leaky_relu` with a random slope"),
    activation(&["relu1", "relu2", "relusquared", "squaredrelu"], "another function than `relu`"),
    activation(&["thresholdedrelu", "threshold"], "zero up to a threshold, and the value above it"),
    activation(&["logsigmoid"], "the logarithm of `sigmoid`"),
    activation(&["softmin"], "`softmax` of the negative values"),
    activation(&["tanhshrink"], "x - tanh(x)"),
    activation(&["softshrink", "hardshrink"], "zero near zero"),
    activation(&["quickgelu"], "x * sigmoid(1.702 x), which is not quite `gelu`"),
    activation(
        &["sparsemax", "entmax", "gumbelsoftmax", "squareplus", "sparseplus"],
        "another function than those of the language",
    ),
    activation(
        &[
            "log",
            "sqrt",
            "rsqrt",
            "abs",
            "neg",
            "sin",
            "cos",
            "tan",
            "square",
            "pow",
            "sign",
            "floor",
            "round",
            "erf",
            "reciprocal",
        ],
        "a function of each value",
    ),
    by_hand(
        &["glu"],
        "one half of the features times the sigmoid of the other half",
        "`product(slice(0, 4) | sigmoid slice(4, 8))` for a vector of 8, along the features of a sequence with `axis: 1`",
    ),
    by_hand(
        &["swiglu"],
        "one dense layer times `silu` of another",
        "`product(silu 32 | 32)`, or with `dense(32, bias: false)`",
    ),
    by_hand(&["geglu"], "one dense layer times `gelu` of another", "`product(gelu 32 | 32)`"),
    by_hand(&["reglu"], "one dense layer times `relu` of another", "`product(relu 32 | 32)`"),
    layer(&["maxout"], "the largest of several dense layers"),
    layer(&["highway"], "two ways weighted by a gate"),
    // Dense layers.
    layer(&["bilinear"], "a product of two inputs"),
    layer(&["einsumdense"], "a dense layer along chosen axes"),
    layer(&["locallyconnected"], "a convolution with weights of their own at each place"),
    layer(&["moe", "mixtureofexperts"], "several layers chosen by a gate"),
    // Convolutions and what rearranges images.
    by_hand(
        &["separableconv", "depthwiseseparableconv", "separableconvolution"],
        "two convolutions, one behind the other",
        "for 32 channels and windows of 3 x 3: `depthwise(3, bias: false) => conv(32, 1)`",
    ),
    layer(&["pixelshuffle", "depthtospace"], "channels that become blocks of pixels"),
    layer(&["pixelunshuffle", "spacetodepth"], "blocks of pixels that become channels"),
    by_hand(
        &["channelshuffle"],
        "channels in another order",
        "for 4 channels in 2 groups over 8 x 8 values: `reshape[2, 2, 64] => permute[1, 0, 2] => reshape[4, 8, 8]`",
    ),
    layer(&["fold", "unfold", "im2col", "col2im"], "windows of an image as columns"),
    layer(&["deformconv", "deformableconv"], "a convolution whose places are learned"),
    // Where their arguments say what those of `pad` can, they are told so.
    by_hand(
        &[
            "zeropad",
            "zeropadding",
            "constantpad",
            "reflectionpad",
            "replicationpad",
            "reflectpad",
            "replicatepad",
        ],
        "zeros or values of an image around it",
        "`pad([1, 2], after: 0, mode: reflect)` has a row above and two columns on the left, and none below and on the \
         right; `mode: replicate` and `mode: zeros` are the others",
    ),
    layer(&["circularpad", "wrappad"], "the values of the other edge around an image"),
    by_hand(
        &["padding"],
        "it is an argument, or a stage of its own",
        "`conv(16, 3, padding: 1)`, or `pad(1)` in front of something",
    ),
    by_hand(
        &["cropping", "crop", "centercrop"],
        "an image without its edges",
        "`slice(1, 27, axis: 1) => slice(1, 27, axis: 2)` leaves one row and one column out on each side of [1, 28, 28]",
    ),
    by_hand(
        &["narrow"],
        "places of one axis, which are counted",
        "`slice(2, 5)` takes the places 2, 3 and 4 of the first axis, `slice(2, 5, axis: 1)` of the next",
    ),
    layer(&["affinegrid", "gridsample"], "an image sampled at given places"),
    // Pools.
    layer(&["lppool"], "the norm of each window"),
    layer(&["fractionalmaxpool"], "windows of random sizes"),
    layer(&["maxunpool"], "values put back where a pool took them from"),
    layer(
        &["attentionpool", "gempool", "rmspool", "stochasticpool"],
        "another pool than those of the language",
    ),
    layer(&["resizing", "resize"], "an image of a given size, `upsample` takes a factor"),
    // Normalisations and noise.
    layer(
        &["localresponsenorm", "lrn", "crossmaplrn"],
        "values divided by those of channels near them",
    ),
    layer(
        &["spectralnorm", "spectralnormalization", "weightnorm"],
        "weights that are normalised, not values",
    ),
    layer(
        &["batchrenorm", "filterresponsenorm", "switchnorm", "adain"],
        "another normalisation than those of the language",
    ),
    layer(
        &["dropout1d", "dropout2d", "featuredropout", "spatialdropout", "channeldropout"],
        "whole channels that are dropped, `dropout` drops values",
    ),
    layer(
        &["alphadropout", "featurealphadropout", "gaussiandropout", "gaussiannoise"],
        "another noise than that of `dropout`",
    ),
    layer(
        &["droppath", "stochasticdepth", "dropblock", "dropconnect"],
        "more than single values that are dropped",
    ),
    layer(&["activityregularization"], "a term of the loss"),
    by_hand(
        &["normalization", "rescaling", "standardize"],
        "numbers of the data applied to the input",
        "apply them to the samples in front of the network",
    ),
    // Sequences.
    by_hand(
        &["rnncell", "lstmcell", "grucell", "simplernncell"],
        "one step of a recurrent layer",
        "`lstm(64)` goes through a sequence, and `net.stream()` takes one step after the other",
    ),
    layer(
        &["convlstm", "mingru", "sru", "qrnn", "indrnn", "mamba", "ssm", "s4"],
        "another recurrence than those of the language",
    ),
    by_hand(&["bidirectional"], "it is an argument", "`lstm(64, bidirectional: true)`"),
    by_hand(
        &["timedistributed"],
        "it is not needed",
        "behind a sequence, a width and an activation act at each step: `[20, 8] => relu 16`",
    ),
    by_hand(&["stackedrnncells"], "layers one behind the other", "`lstm(64) => lstm(64)`"),
    layer(&["repeatvector"], "a vector at each step of a sequence"),
    by_hand(
        &["masking", "packpaddedsequence", "padpackedsequence", "packsequence"],
        "a mask is an argument",
        "`lstm(64, mask: &mask)` passes over the steps for which an earlier value is zero",
    ),
    layer(&["crf", "ctc"], "more than a layer of one input"),
    // Attention.
    layer(
        &["scaleddotproductattention"],
        "attention without weights, `attention(4)` has those of its projections",
    ),
    layer(
        &[
            "additiveattention",
            "bahdanauattention",
            "luongattention",
            "linearattention",
            "flexattention",
        ],
        "another attention than that by dot products",
    ),
    by_hand(
        &["crossattention"],
        "an argument of `attention`",
        "`attention(heads: 4, memory: &encoded)` attends to an earlier value",
    ),
    by_hand(
        &["transformerencoderlayer", "transformerblock", "encoderlayer"],
        "several layers",
        "`residual(attention(4, dropout: 0.1) => dropout(0.1)) => layer_norm => residual(relu 256 => dropout(0.1) => 64 => dropout(0.1)) => layer_norm`, for 64 features",
    ),
    by_hand(
        &["transformerencoder"],
        "the same layers several times",
        "`repeat(6; residual(attention(4) => dropout(0.1)) => layer_norm => residual(relu 256 => 64) => layer_norm)`, for 64 features",
    ),
    by_hand(
        &["transformer", "transformerdecoder", "transformerdecoderlayer"],
        "several layers",
        "`residual(attention(4, causal: true)) => layer_norm => residual(attention(4, memory: &encoded)) => layer_norm => residual(relu 256 => 64) => layer_norm`, for 64 features of a sequence and of an earlier value",
    ),
    layer(
        &["alibi", "relativeposition", "relativepositionbias", "kvcache"],
        "a part of another attention than that of the language",
    ),
    by_hand(&["classtoken", "clstoken"], "a learned step in front of a sequence", OWN_LAYER),
    by_hand(
        &["patchembedding", "patchembed"],
        "a convolution whose windows do not overlap",
        "`conv(64, 4, stride: 4) => reshape[64, 49] => transpose`, for patches of 4 x 4 of [1, 28, 28]",
    ),
    by_hand(
        &["embeddingbag"],
        "the mean of several embeddings",
        "`tokens(8, vocab: 65) => embedding(16) => mean_over_time`",
    ),
    // Structure.
    by_hand(CONTAINERS, "it is not needed", "stages follow one another with `=>`"),
    by_hand(
        &["moduledict", "parallel"],
        "it is not needed",
        "`concat(relu 16 | tanh 16)` and `sum(..)` hold branches over the same input",
    ),
    by_hand(&["lambda", "function", "call", "custom"], "any function", OWN_LAYER),
    by_hand(
        &["activation"],
        "it is not needed",
        "an activation stands under its name: `relu`, or in front of what it follows: `relu 32`",
    ),
    by_hand(
        &["input", "inputlayer", "inputspec"],
        "it is not needed",
        "the input's size stands in front of the first arrow: `< 10 => 2 >`",
    ),
    by_hand(
        &["output", "outputlayer"],
        "it is not needed",
        "what the last stage gives is the output",
    ),
    by_hand(
        &["squeeze", "unsqueeze", "expanddims", "newaxis"],
        "an axis of size 1 taken away or put in",
        "`reshape[1, 28, 28]` states the sizes",
    ),
    by_hand(
        &["swapaxes", "movedim", "rearrange", "swapdims"],
        "axes in another order",
        "`transpose` for two, `permute[2, 0, 1]` for three, without the batch",
    ),
    layer(
        &[
            "roll",
            "flip",
            "rot90",
            "shuffle",
            "gather",
            "take",
            "indexselect",
            "index",
            "tile",
            "expand",
        ],
        "values chosen by their places",
    ),
    by_hand(
        &["cat", "concatenate", "hstack", "vstack", "merge"],
        "outputs one behind the other",
        "`concat(relu 16 | tanh 16)` holds branches over the same input",
    ),
    by_hand(&["add", "plus", "skip", "shortcut"], "an addition of two outputs", JOINED),
    layer(
        &[
            "subtract", "sub", "div", "maximum", "minimum", "average", "matmul", "bmm", "einsum",
            "outer",
        ],
        "two values joined otherwise than by `sum`, `product` and `concat`",
    ),
    by_hand(
        &["multiply", "mul", "prod", "gate", "hadamard"],
        "values multiplied by others",
        "`product(tanh 16 | sigmoid 16)` holds branches over the same input, of which one may begin with an earlier value: \
         `&label`",
    ),
    by_hand(
        &[
            "squeezeandexcite",
            "squeezeexcite",
            "squeezeexcitation",
            "se",
            "selayer",
            "seblock",
            "squeezeandexcitation",
        ],
        "a gate for each channel, computed of all",
        "`product(identity | global_avg_pool => relu 4 => sigmoid 16)`, for 16 channels",
    ),
    by_hand(
        &["split", "chunk", "unbind", "tensorsplit"],
        "one value taken apart",
        "each part stands in a branch of its own: `product(tanh slice(0, 4) | sigmoid slice(4, 8))`, or goes on from an \
         earlier value: `&label => slice(0, 4)`",
    ),
    by_hand(
        &["mean", "reducemean"],
        "a mean along an axis",
        "`mean_over_time` of a sequence, `global_avg_pool` of an image",
    ),
    layer(
        &[
            "max",
            "min",
            "amax",
            "argmax",
            "topk",
            "cumsum",
            "norm",
            "std",
            "var",
            "logsumexp",
            "sort",
        ],
        "a number found along an axis",
    ),
    layer(
        &["scale", "layerscale", "shift", "affine", "bias", "parameter"],
        "a parameter of its own",
    ),
    by_hand(
        &["onehot", "categoryencoding"],
        "a vector with one 1",
        "`tokens(8, vocab: 65) => embedding(16)` looks its features up",
    ),
    by_hand(
        &[
            "stringlookup",
            "integerlookup",
            "textvectorization",
            "hashing",
            "discretization",
            "tokenizer",
        ],
        "a step of preparing data",
        BESIDE,
    ),
    by_hand(
        &[
            "randomflip",
            "randomcrop",
            "randomrotation",
            "randomzoom",
            "randomtranslation",
            "randomcontrast",
            "randombrightness",
            "augment",
        ],
        "a step of preparing data",
        BESIDE,
    ),
    by_hand(
        &[
            "detach",
            "stopgradient",
            "clone",
            "contiguous",
            "print",
            "checkpoint",
            "quantstub",
            "dequantstub",
        ],
        "a step of the program",
        BESIDE,
    ),
    // What stands behind a network.
    by_hand(
        &[
            "crossentropyloss",
            "crossentropy",
            "mseloss",
            "mse",
            "l1loss",
            "mae",
            "bceloss",
            "bcewithlogitsloss",
            "bce",
            "nllloss",
            "huberloss",
            "smoothl1loss",
            "kldivloss",
            "hingeembeddingloss",
            "cosineembeddingloss",
            "tripletmarginloss",
            "ctcloss",
            "poissonnllloss",
            "gaussiannllloss",
            "marginrankingloss",
            "multimarginloss",
            "loss",
            "adaptivelogsoftmaxwithloss",
        ],
        "a loss, which is no stage",
        "it takes what the network gives and the targets: `let (loss, d_output) = CrossEntropy.loss(&activations.output, &targets)`",
    ),
    by_hand(
        &["cosinesimilarity"],
        "the cosine of two values",
        "`cosine(&a, &b)` takes two earlier values",
    ),
    by_hand(&["pairwisedistance", "cdist"], "a number from two inputs", BESIDE),
    by_hand(
        &["adam", "adamw", "sgd", "rmsprop", "optimizer", "clipgradnorm"],
        "an optimizer, which is no stage",
        BESIDE,
    ),
];

/// Whether what stands in the parentheses of that name follows one another.
pub fn is_container(name: &str) -> bool {
    CONTAINERS.contains(&plain(name).as_str())
}

/// What is said of a name that other libraries have.
pub fn missing(name: &str) -> Option<&'static Missing> {
    let plain = plain(name);
    let without = |name: &str| MISSING.iter().find(|missing| missing.names.contains(&name));
    without(&plain).or_else(|| {
        let stem = plain.strip_suffix("1d").or_else(|| plain.strip_suffix("2d"));
        stem.and_then(without)
    })
}

/// What is said of a name for volumes: no sample has three axes beside its channels.
pub fn is_of_volumes(name: &str) -> bool {
    let plain = plain(name);
    let Some(stem) = plain.strip_suffix("3d") else { return false };
    let flat = format!("{stem}2d");
    missing(&flat).is_some() || elsewhere(&flat).is_some() || layer_of_plain(stem).is_some()
}

/// An argument that a layer or an activation has elsewhere and not here.
#[derive(Debug)]
pub struct MissingArgument {
    /// The words that have it elsewhere; all where there are none.
    pub of: &'static [&'static str],
    pub names: &'static [&'static str],
    /// Values with which it changes nothing, so that it can be left out.
    pub without_effect: &'static [&'static str],
    /// What is so here.
    pub is: &'static str,
    /// What to do about it; nothing where it can only be left out.
    pub help: &'static str,
}

const fn argument(
    of: &'static [&'static str],
    names: &'static [&'static str],
    without_effect: &'static [&'static str],
    is: &'static str,
) -> MissingArgument {
    MissingArgument { of, names, without_effect, is, help: "" }
}

impl MissingArgument {
    const fn helped(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }
}

/// Stands for all values.
const ANY: &[&str] = &["*"];
const POOLS: &[&str] = &[
    "max_pool",
    "avg_pool",
    "adaptive_avg_pool",
    "adaptive_max_pool",
    "global_avg_pool",
    "global_max_pool",
];
const CONVOLUTIONS: &[&str] = &["conv", "depthwise", "conv_transpose"];
const RECURRENT: &[&str] = &["rnn", "lstm", "gru"];
const NORMALIZATIONS: &[&str] =
    &["batch_norm", "layer_norm", "rms_norm", "group_norm", "instance_norm"];

/// All of them.
pub const MISSING_ARGUMENTS: &[MissingArgument] = &[
    argument(POOLS, &["return_indices"], &["false"], "a stage gives its values alone"),
    argument(POOLS, &["divisor_override"], &["None"], "a mean divides by the number of its values"),
    argument(
        POOLS,
        &["keepdims", "keepdim"],
        &["false"],
        "the axes that it goes over are gone behind it",
    ),
    argument(CONVOLUTIONS, &["padding_mode"], &["zeros"], "the padding is of zeros")
        .helped("leave out both paddings, and put `pad(1, mode: reflect)` in front"),
    argument(
        &["pad"],
        &["value", "constant_value", "constant_values"],
        &["0", "0.0", "None"],
        "it adds zeros or values of the image",
    ),
    argument(&["slice"], &["step", "steps", "stride", "strides"], &["1"], "it takes each place"),
    argument(&["upsample"], &["size", "output_size"], &[], "it takes a factor, not a size"),
    argument(
        &["upsample"],
        &["antialias", "recompute_scale_factor"],
        &["false", "None"],
        "values are taken from where the factor says",
    ),
    argument(
        &["gelu"],
        &["approximate"],
        &["none", "\"none\"", "false"],
        "with the tangent it is `gelu_tanh`",
    )
    .helped("`gelu_tanh` computes that"),
    argument(&["softplus"], &["threshold"], &["20", "20.0"], "it needs no threshold"),
    argument(&["relu"], &["max_value"], &["None"], "it has no upper bound, `relu6` ends at 6"),
    argument(&["relu", "leaky_relu"], &["threshold"], &["0", "0.0"], "it begins at 0"),
    argument(
        &["attention"],
        &["attn_mask", "attention_mask", "key_padding_mask", "use_causal_mask"],
        &["None", "false"],
        "positions are hidden by `mask: &mask`, later ones by `causal: true`",
    )
    .helped(
        "`attention(2, causal: true)` hides later steps; `mask: &mask` those for which an earlier value is zero",
    ),
    argument(
        &["attention"],
        &["kdim", "vdim", "key_dim", "value_dim"],
        &["None"],
        "keys and values are as wide as the features divided by `heads`",
    ),
    argument(
        &["attention"],
        &["add_bias_kv", "add_zero_attn"],
        &["false"],
        "keys and values are those of the sequence",
    ),
    argument(
        &["attention"],
        &["need_weights", "average_attn_weights", "return_attention_scores"],
        &["false"],
        "a stage gives its output alone",
    ),
    argument(&["attention"], &["batch_first"], ANY, "a sequence is always [length, features]"),
    argument(
        &["attention"],
        &[
            "window",
            "window_size",
            "sliding_window",
            "qk_norm",
            "scale",
            "softcap",
            "rope_theta",
            "use_scale",
        ],
        &["None"],
        "attention is that of torch.nn, with rotary positions if wanted",
    ),
    argument(
        RECURRENT,
        &["batch_first", "time_major"],
        ANY,
        "a sequence is always [length, features]",
    ),
    argument(
        RECURRENT,
        &["num_layers"],
        &["1"],
        "layers stand one behind the other, `lstm(64) => lstm(64)`",
    )
    .helped("write each of the layers"),
    argument(
        RECURRENT,
        &["dropout"],
        &["0", "0.0"],
        "`dropout(0.2)` stands behind it as a stage of its own",
    )
    .helped("between two layers: `lstm(64) => dropout(0.2) => lstm(64)`"),
    argument(RECURRENT, &["recurrent_dropout"], &["0", "0.0"], "its state is never dropped"),
    argument(
        RECURRENT,
        &["lengths", "sequence_length", "sequence_lengths", "input_lengths", "seq_lengths"],
        &["None"],
        "steps are passed over by `mask: &mask`",
    )
    .helped("`lstm(64, mask: &mask)` passes over the steps for which an earlier value is zero"),
    argument(RECURRENT, &["proj_size"], &["0"], "a dense layer behind it gives another width"),
    argument(RECURRENT, &["activation"], &["tanh"], "its activations are those of torch.nn"),
    argument(RECURRENT, &["recurrent_activation"], &["sigmoid"], "its gates are sigmoids"),
    argument(RECURRENT, &["return_state"], &["false"], "a stage gives its output alone"),
    argument(
        RECURRENT,
        &["stateful", "go_backwards", "unroll", "reset_after"],
        &["false"],
        "it goes from the first step to the last, from a state of zeros",
    ),
    argument(
        &["batch_norm", "instance_norm"],
        &["track_running_stats"],
        &[],
        "`batch_norm` keeps running statistics, `instance_norm` none",
    ),
    argument(
        &["batch_norm", "group_norm"],
        &["bias", "scale", "center"],
        &["true"],
        "scale and bias are learned, or neither with `affine: false`",
    ),
    argument(
        &["instance_norm"],
        &["bias", "scale", "center"],
        &["false"],
        "scale and bias are learned with `affine: true`",
    ),
    argument(
        &["layer_norm"],
        &["scale", "center"],
        &["true"],
        "`bias: false` leaves out the bias, `elementwise_affine: false` the scale too",
    ),
    argument(&["rms_norm"], &["scale"], &["true"], "`elementwise_affine: false` leaves it out"),
    argument(&["rms_norm"], &["bias", "center"], &["false"], "it has no bias"),
    argument(
        &["normalize"],
        &["p", "ord", "order"],
        &["2", "2.0", "None"],
        "it divides by the Euclidean norm",
    )
    .helped("leave out `p` if the Euclidean norm is meant"),
    argument(NORMALIZATIONS, &["axis", "dim"], &[], "the axes follow from the shape"),
    argument(
        &["embedding"],
        &["padding_idx", "mask_zero"],
        &["None", "false"],
        "each token has a vector that is learned",
    ),
    argument(
        &["embedding"],
        &["max_norm", "norm_type", "scale_grad_by_freq"],
        &["None", "false"],
        "vectors are as they are learned",
    ),
    argument(&["embedding"], &["sparse"], ANY, "the gradient is a table like the weights"),
    argument(&["embedding"], &["input_length"], ANY, "the length stands in `tokens`"),
    argument(&["dropout"], &["noise_shape"], &["None"], "each value is dropped alone"),
    argument(&[], &["inplace"], ANY, "there is nothing to choose"),
    argument(&[], &["device", "name", "trainable"], ANY, "that is no matter of a declaration"),
    argument(
        &[],
        &["dtype"],
        &["float32"],
        "the scalar stands in front of the input: `< f64; 10 => 2 >`",
    ),
    argument(&[], &["seed"], &["None"], "random numbers come from the program"),
    argument(
        &[],
        &["data_format"],
        &["channels_first", "\"channels_first\""],
        "images are [channels, height, width]",
    ),
    argument(
        &[],
        &[
            "kernel_initializer",
            "bias_initializer",
            "recurrent_initializer",
            "embeddings_initializer",
            "depthwise_initializer",
            "weight_init",
        ],
        &[],
        "weights begin as the layer's page says, and can be set in the program",
    ),
    argument(
        &[],
        &[
            "kernel_regularizer",
            "bias_regularizer",
            "activity_regularizer",
            "kernel_constraint",
            "bias_constraint",
            "weight_decay",
        ],
        &["None"],
        "that is a matter of the optimizer",
    ),
];

/// What is said of an argument that a word has elsewhere and not here.
pub fn missing_argument(word: &str, name: &str) -> Option<&'static MissingArgument> {
    MISSING_ARGUMENTS.iter().find(|missing| {
        missing.names.contains(&name) && (missing.of.is_empty() || missing.of.contains(&word))
    })
}

impl MissingArgument {
    /// Whether the argument changes nothing with this value.
    pub fn is_without_effect(&self, value: &str) -> bool {
        let value = value.replace(' ', "");
        let is = |without: &&str| *without == "*" || without.eq_ignore_ascii_case(&value);
        self.without_effect.iter().any(is)
    }
}

#[cfg(test)]
mod tests;
