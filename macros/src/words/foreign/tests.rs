//! What each of some two hundred names of PyTorch and Keras is told.

use proc_macro2::TokenStream;

use super::*;
use crate::diagnostic::Help;
use crate::message::settled;
use crate::shape::infer;
use crate::words::{ACTIVATIONS, LAYERS, is_word, layer};

/// What is said of `< input => stage >`: each fault, and its help where that is no declaration.
fn told(source: &str) -> (Vec<String>, Vec<Option<String>>, String) {
    let tokens: TokenStream = source.parse().expect("the source is made of tokens");
    let (mut declaration, mut faults) = crate::parse::declarations(tokens).remove(0);
    infer(&mut declaration, &mut faults);
    let whats = faults.iter().map(|fault| fault.what.clone()).collect();
    let helps = faults.iter().map(|fault| match &fault.help {
        Help::Text(text) => Some(text.clone()),
        Help::Shapes | Help::Item => None,
    });
    (whats, helps.collect(), settled(&declaration))
}

/// How a name is answered.
enum Answer {
    /// It is called so here, and the help is this stage.
    Here(&'static str),
    /// There is none here, and no help offers another thing in its place.
    Missing,
}
use Answer::{Here, Missing as None_};

/// Input, the stage as it would be written with the name of another library, and the answer.
const NAMES: &[(&str, &str, Answer)] = &[
    // Activations of torch.nn and Keras.
    ("8", "ReLU()", Here("relu")),
    ("8", "ReLU", Here("relu")),
    ("8", "LeakyReLU(0.2)", Here("leaky_relu(0.2)")),
    ("8", "ELU()", Here("elu")),
    ("8", "GELU()", Here("gelu")),
    ("8", "GELU", Here("gelu")),
    ("8", "SiLU()", Here("silu")),
    ("8", "swish", Here("silu")),
    ("8", "Swish()", Here("silu")),
    ("8", "Sigmoid()", Here("sigmoid")),
    ("8", "Tanh()", Here("tanh")),
    ("8", "Softplus()", Here("softplus")),
    ("8", "Softmax", Here("softmax")),
    ("8", "Softmax(-1)", Here("softmax")),
    ("8", "LogSoftmax(dim: -1)", Here("log_softmax")),
    ("[3, 8, 8]", "Softmax(1)", Here("softmax(axis: 0)")),
    ("[3, 8, 8]", "nn::LogSoftmax(dim: 2)", Here("log_softmax(axis: 1)")),
    ("[3, 8, 8]", "Softmax(axis: 3)", Here("softmax(axis: 2)")),
    ("8", "Softmax(dim = 1)", Here("softmax(axis: 0)")),
    ("[3, 8, 8]", "LogSoftmax(dim = -1)", Here("log_softmax")),
    ("8", "Identity()", Here("identity")),
    ("8", "gelu_new", Here("gelu_tanh")),
    ("8", "logistic", Here("sigmoid")),
    ("8", "ReLU6()", Here("relu6")),
    ("8", "relu2", None_),
    ("8", "PReLU()", Here("prelu")),
    ("8", "PReLU", Here("prelu")),
    ("[4, 8]", "nn::PReLU(4)", Here("prelu(4)")),
    ("[4, 8]", "PReLU(num_parameters=4, init=0.1)", Here("prelu(num_parameters: 4, init: 0.1)")),
    ("[4, 8]", "prelu(shared_axes: 1)", None_),
    ("8", "prelu 32", Here("32 => prelu")),
    ("8", "PReLU 32", Here("32 => prelu")),
    ("[4, 8]", "PReLU(16) conv(16, 3)", Here("conv(16, 3) => prelu(16)")),
    ("8", "RReLU()", None_),
    ("8", "SELU()", Here("selu")),
    ("8", "CELU()", None_),
    ("8", "celu", None_),
    ("8", "GLU()", None_),
    ("8", "glu", None_),
    ("8", "swiglu", None_),
    ("8", "SwiGLU(4)", None_),
    ("8", "geglu", None_),
    ("8", "reglu", None_),
    ("8", "Mish()", Here("mish")),
    ("8", "Hardswish()", Here("hard_swish")),
    ("8", "Hardtanh(0, 6)", Here("hard_tanh(0, 6)")),
    ("8", "Hardshrink()", None_),
    ("8", "Softshrink()", None_),
    ("8", "Tanhshrink()", None_),
    ("8", "Softsign()", Here("softsign")),
    ("8", "LogSigmoid()", None_),
    ("8", "log_sigmoid", None_),
    ("8", "Softmin(1)", None_),
    ("8", "softmin", None_),
    ("8", "Threshold(1, 2)", None_),
    ("8", "quick_gelu", None_),
    ("8", "exponential", Here("exp")),
    ("8", "log", None_),
    ("8", "sqrt", None_),
    ("8", "abs", None_),
    ("8", "sin", None_),
    ("8", "square", None_),
    ("8", "clip(0, 1)", Here("clamp(0, 1)")),
    ("8", "maxout", None_),
    ("8", "sparsemax", None_),
    ("8", "gumbel_softmax", None_),
    // Dense layers.
    ("8", "Linear(8, 4)", Here("4")),
    ("8", "Linear(4)", Here("4")),
    ("8", "LazyLinear(4)", Here("4")),
    ("8", "Dense(4, activation: relu)", Here("relu 4")),
    ("8", "linear(in_features: 8, out_features: 4)", Here("4")),
    ("8", "dense(units: 4, use_bias: true)", Here("dense(out: 4, bias: true)")),
    ("8", "dense(4, activation: relu)", Here("relu dense(4)")),
    ("784", "Linear(784, 256, bias=False)", Here("dense(256, bias: false)")),
    ("784", "Linear(784, 256, bias: true)", Here("256")),
    ("784", "Linear(784, 256, False)", Here("dense(256, bias: false)")),
    ("784", "nn::Linear(784, 256, bias = False)", Here("dense(256, bias: false)")),
    (
        "784",
        "Dense(256, activation=\"relu\", use_bias=False)",
        Here("relu dense(256, bias: false)"),
    ),
    ("784", "Dense(256, activation: None)", Here("256")),
    ("784", "Dense(256, activation: maxout)", None_),
    ("784", "Dense(256, kernel_regularizer: l2)", None_),
    ("8", "fc(8, 4)", Here("4")),
    ("8", "linear 4", Here("4")),
    ("8", "nn::Linear(8, 4)", Here("4")),
    ("8", "Bilinear(8, 4, 2)", None_),
    ("8", "EinsumDense(4)", None_),
    ("8", "LocallyConnected1D(4, 3)", None_),
    // Convolutions.
    ("[4, 8, 8]", "Conv2d(4, 6, 3)", Here("conv(6, 3)")),
    ("[4, 8, 8]", "nn::Conv2d(4, 6, 3)", Here("conv(6, 3)")),
    ("[4, 8]", "Conv1d(4, 6, 3)", Here("conv(6, 3)")),
    ("[4, 8, 8]", "LazyConv2d(4, 3)", Here("conv(4, 3)")),
    ("[4, 8, 8]", "ConvTranspose2d(4, 6, 2)", Here("conv_transpose(6, 2)")),
    ("[4, 8, 8]", "Conv2DTranspose(6, 2)", Here("conv_transpose(6, 2)")),
    ("[4, 8, 8]", "DepthwiseConv2D(3)", Here("depthwise(3)")),
    ("[4, 8, 8]", "Conv3d(4, 6, 3)", None_),
    ("[4, 8, 8]", "conv3d(6, 3)", None_),
    ("[4, 8, 8]", "SeparableConv2D(6, 3)", None_),
    ("[4, 8, 8]", "separable_conv(6, 3)", None_),
    ("[4, 8, 8]", "deformable_conv(6, 3)", None_),
    ("[4, 8, 8]", "PixelShuffle(2)", None_),
    ("[4, 8, 8]", "pixel_shuffle(2)", None_),
    ("[4, 8, 8]", "pixel_unshuffle(2)", None_),
    ("[4, 8, 8]", "ChannelShuffle(2)", None_),
    ("[4, 8, 8]", "Unfold(2)", None_),
    ("[4, 8, 8]", "fold(2)", None_),
    ("[4, 8, 8]", "ZeroPad2d(1)", Here("pad(1)")),
    ("[4, 8, 8]", "nn::ZeroPad2d(1)", Here("pad(1)")),
    ("[4, 8, 8]", "ZeroPad2d((1, 2, 3, 4))", Here("pad([3, 1], after: [4, 2])")),
    ("[4, 8, 8]", "ZeroPad2d([1, 1, 2, 2])", Here("pad([2, 1])")),
    ("[4, 8, 8]", "ZeroPad2d((1, 0, 1, 0))", Here("pad(1, after: 0)")),
    ("[4, 8, 8]", "ZeroPad2d(padding: (0, 1, 0, 1))", Here("pad(0, after: 1)")),
    ("[4, 8, 8]", "ZeroPad2d((1, 2))", None_),
    ("[4, 8, 8]", "ZeroPad2d(-1)", None_),
    ("[4, 8, 8]", "ZeroPadding2D(1)", Here("pad(1)")),
    ("[4, 8, 8]", "ZeroPadding2D((1, 2))", Here("pad([1, 2])")),
    ("[4, 8, 8]", "ZeroPadding2D(padding: ((1, 2), (3, 4)))", Here("pad([1, 3], after: [2, 4])")),
    ("[4, 8, 8]", "ZeroPadding2D(((0, 1), (0, 1)))", Here("pad(0, after: 1)")),
    ("[4, 8, 8]", "ZeroPadding2D(1, data_format: channels_last)", None_),
    ("[4, 8]", "ZeroPadding1D((2, 0))", Here("pad(2, after: 0)")),
    ("[4, 8, 8]", "ReflectionPad2d(1)", Here("pad(1, mode: reflect)")),
    ("[4, 8]", "ReflectionPad1d((3, 0))", Here("pad(3, after: 0, mode: reflect)")),
    ("[4, 8]", "ReplicationPad1d(1)", Here("pad(1, mode: replicate)")),
    ("[4, 8, 8]", "CircularPad2d(1)", None_),
    ("[4, 8, 8]", "ConstantPad2d(1, 0)", Here("pad(1)")),
    ("[4, 8, 8]", "ConstantPad2d(1, value: 0.0)", Here("pad(1)")),
    ("[4, 8, 8]", "ConstantPad2d(1, 3.5)", None_),
    ("[4, 8, 8]", "pad(1, value: 0)", Here("pad(1)")),
    ("[4, 8, 8]", "pad(1, value: 2)", None_),
    ("[4, 8, 8]", "pad(1, mode: circular)", None_),
    ("[4, 8, 8]", "pad([1, 2, 3, 4])", None_),
    ("[4, 8, 8]", "pad(1, reflect)", Here("pad(1, mode: reflect)")),
    ("[4, 8, 8]", "Cropping2D(1)", None_),
    ("[4, 8, 8]", "narrow(1, 0, 4)", None_),
    ("[4, 8, 8]", "Slice(1, 3)", Here("slice(1, 3)")),
    ("[4, 8, 8]", "slice(-3, 4)", Here("slice(1, 4)")),
    ("[4, 8, 8]", "slice(1, 4, axis: -1)", Here("slice(1, 4, axis: 2)")),
    ("[4, 8, 8]", "slice(1, 4, step: 2)", None_),
    ("[4, 8, 8]", "slice(1, stop: 4)", Here("slice(1, end: 4)")),
    // Pools.
    ("[4, 8, 8]", "MaxPool2d(2)", Here("max_pool(2)")),
    ("[4, 8, 8]", "MaxPooling2D(2)", Here("max_pool(2)")),
    ("[4, 8, 8]", "MaxPool2d", Here("max_pool(2)")),
    ("[4, 8]", "AvgPool1d(2)", Here("avg_pool(2)")),
    ("[4, 8, 8]", "AveragePooling2D(2)", Here("avg_pool(2)")),
    ("[4, 8, 8]", "AdaptiveAvgPool2d(1)", Here("adaptive_avg_pool(1)")),
    ("[4, 8, 8]", "GlobalAveragePooling2D()", Here("global_avg_pool")),
    ("[4, 8, 8]", "GlobalMaxPooling2D()", Here("global_max_pool")),
    ("[4, 8, 8]", "MaxPool3d(2)", None_),
    ("[4, 8, 8]", "AdaptiveMaxPool2d(1)", Here("adaptive_max_pool(1)")),
    ("[4, 8]", "AdaptiveMaxPool1d(output_size: 2)", Here("adaptive_max_pool(size: 2)")),
    ("[4, 8, 8]", "adaptive_max_pool(2, return_indices: true)", None_),
    ("[4, 8, 8]", "LPPool2d(2, 3)", None_),
    ("[4, 8, 8]", "FractionalMaxPool2d(2)", None_),
    ("[4, 8, 8]", "MaxUnpool2d(2)", None_),
    ("[8, 4]", "MaxOverTime()", Here("max_over_time")),
    ("[4, 8, 8]", "Upsample(2)", Here("upsample(2)")),
    ("[4, 8, 8]", "UpSampling2D(2)", Here("upsample(2)")),
    ("[4, 8, 8]", "UpsamplingNearest2d(2)", Here("upsample(2)")),
    (
        "[4, 8, 8]",
        "UpsamplingBilinear2d(scale_factor: 2)",
        Here("upsample(factor: 2, mode: bilinear, align_corners: true)"),
    ),
    ("[4, 8, 8]", "Resizing(16, 16)", None_),
    // Normalisations and noise.
    ("[4, 8, 8]", "BatchNorm2d(4)", Here("batch_norm")),
    ("[4, 8, 8]", "BatchNorm2d", Here("batch_norm")),
    ("8", "BatchNorm1d(8)", Here("batch_norm")),
    ("8", "SyncBatchNorm(8)", Here("batch_norm")),
    ("8", "LayerNorm(8)", Here("layer_norm")),
    ("8", "LayerNorm", Here("layer_norm")),
    ("8", "LayerNorm(8, bias: false)", Here("layer_norm(bias: false)")),
    ("8", "LayerNorm(8, elementwise_affine=False)", Here("layer_norm(elementwise_affine: false)")),
    ("8", "layer_norm(affine: false)", Here("layer_norm(elementwise_affine: false)")),
    ("8", "layer_norm(center: false)", None_),
    ("8", "rms_norm(bias: false)", Here("rms_norm")),
    ("8", "rms_norm(bias: true)", None_),
    ("[4, 8]", "BatchNorm1d(4, affine=False)", Here("batch_norm(affine: false)")),
    ("[4, 8]", "batch_norm(elementwise_affine: false)", Here("batch_norm(affine: false)")),
    ("[4, 8]", "batch_norm(center: false)", None_),
    ("[4, 8]", "GroupNorm(2, 4, affine: false)", Here("group_norm(2, affine: false)")),
    ("[4, 8]", "instance_norm(elementwise_affine: true)", Here("instance_norm(affine: true)")),
    ("[4, 8]", "instance_norm(scale: true)", None_),
    ("8", "RMSNorm(8)", Here("rms_norm")),
    ("[4, 8, 8]", "GroupNorm(2, 4)", Here("group_norm(2)")),
    ("[4, 8, 8]", "InstanceNorm2d(4)", Here("instance_norm")),
    ("8", "BatchNormalization()", Here("batch_norm(eps: 1e-3, momentum: 0.01)")),
    ("8", "BatchNormalization(momentum = 0.9)", Here("batch_norm(momentum: 0.1, eps: 1e-3)")),
    (
        "8",
        "BatchNormalization(momentum: KEPT)",
        Here("batch_norm(momentum: { 1.0 - KEPT }, eps: 1e-3)"),
    ),
    ("8", "LayerNormalization()", Here("layer_norm(eps: 1e-3)")),
    ("8", "Dropout(0.2)", Here("dropout(0.2)")),
    ("8", "Dropout", Here("dropout")),
    ("[4, 8, 8]", "BatchNorm3d(4)", None_),
    ("[4, 8, 8]", "LocalResponseNorm(2)", None_),
    ("8", "SpectralNormalization()", None_),
    ("8", "weight_norm", None_),
    ("8", "UnitNormalization()", Here("normalize")),
    ("[3, 8, 8]", "UnitNormalization(axis: 1)", Here("normalize(axis: 0)")),
    ("8", "l2_normalize", Here("normalize")),
    ("8", "normalize(axis: -1)", Here("normalize")),
    ("8", "normalize(epsilon: 1e-6)", Here("normalize(eps: 1e-6)")),
    ("[3, 8, 8]", "normalize(p: 2, dim: 1)", Here("normalize(axis: 0)")),
    ("[3, 8, 8]", "normalize(p: 1, axis: 0)", None_),
    ("[3, 8, 8]", "normalize(2)", None_),
    ("[3, 8, 8]", "normalize(dim: 0)", None_),
    ("[4, 8, 8]", "Dropout2d(0.2)", None_),
    ("[4, 8, 8]", "dropout2d(0.2)", None_),
    ("[4, 8]", "SpatialDropout1D(0.2)", None_),
    ("8", "AlphaDropout(0.2)", None_),
    ("8", "GaussianNoise(0.2)", None_),
    ("8", "GaussianDropout(0.2)", None_),
    ("8", "drop_path(0.2)", None_),
    ("8", "stochastic_depth(0.2)", None_),
    // Sequences.
    ("[8, 4]", "LSTM(4, 6)", Here("lstm(6)")),
    ("[8, 4]", "GRU(6)", Here("gru(6)")),
    ("[8, 4]", "RNN(4, 6)", Here("rnn(6)")),
    ("[8, 4]", "SimpleRNN(6)", Here("rnn(6)")),
    ("[8, 4]", "LSTMCell(4, 6)", None_),
    ("[8, 4]", "gru_cell(4, 6)", None_),
    ("[8, 4]", "Bidirectional(LSTM(6))", None_),
    ("[8, 4]", "TimeDistributed(Dense(6))", None_),
    ("[8, 4]", "ConvLSTM1D(6, 3)", None_),
    ("8", "RepeatVector(3)", None_),
    ("[8, 4]", "Masking()", None_),
    ("[8, 4]", "mamba(16)", None_),
    // Attention.
    ("[8, 4]", "MultiheadAttention(4, 2)", Here("attention(2)")),
    ("[8, 4]", "MultiHeadAttention(num_heads: 2)", Here("attention(heads: 2)")),
    ("[8, 4]", "SelfAttention(2)", Here("attention(2)")),
    ("[8, 4]", "CausalSelfAttention(2)", Here("attention(2, causal: true)")),
    ("[8, 4]", "scaled_dot_product_attention", None_),
    ("[8, 4]", "AdditiveAttention()", None_),
    ("[8, 4]", "cross_attention(2)", None_),
    ("[8, 4]", "TransformerEncoderLayer(4, 2)", None_),
    ("[8, 4]", "TransformerEncoder(2)", None_),
    ("[8, 4]", "transformer(2)", None_),
    ("[8, 4]", "TransformerDecoderLayer(4, 2)", None_),
    ("[8, 4]", "PositionalEncoding()", Here("sinusoidal")),
    ("[8, 4]", "alibi", None_),
    ("tokens(8, vocab: 65)", "Embedding(65, 16)", Here("embedding(16)")),
    ("tokens(8, vocab: 65)", "EmbeddingBag(65, 16)", None_),
    ("[1, 8, 8]", "patch_embed(4)", None_),
    // Structure.
    ("[1, 8, 8]", "Flatten()", Here("flatten")),
    ("[1, 8, 8]", "Flatten", Here("flatten")),
    ("8", "Reshape([2, 4])", Here("reshape[2, 4]")),
    ("8", "view([2, 4])", Here("reshape[2, 4]")),
    ("8", "Unflatten([2, 4])", Here("reshape[2, 4]")),
    ("[2, 4]", "Permute([1, 0])", Here("permute[1, 0]")),
    ("8", "Sequential(relu 3)", Here("relu 3")),
    ("8", "ModuleList(3)", Here("3")),
    ("8", "Lambda(3)", None_),
    ("8", "Activation(relu)", None_),
    ("8", "InputLayer(3)", None_),
    ("8", "squeeze", None_),
    ("8", "unsqueeze(0)", None_),
    ("8", "cat", None_),
    ("8", "Concatenate()", None_),
    ("8", "stack", None_),
    ("8", "Add()", None_),
    ("8", "add", None_),
    ("8", "Multiply()", None_),
    ("8", "Subtract()", None_),
    ("8", "Average()", None_),
    ("8", "Maximum()", None_),
    ("8", "split(2)", None_),
    ("8", "chunk(2)", None_),
    ("8", "mean", None_),
    ("8", "max", None_),
    ("8", "argmax", None_),
    ("8", "one_hot(3)", None_),
    ("8", "StringLookup()", None_),
    ("8", "RandomFlip()", None_),
    ("8", "Rescaling(2)", None_),
    ("8", "detach", None_),
    ("8", "CrossEntropyLoss()", None_),
    ("8", "mse_loss", None_),
    ("8", "BCEWithLogitsLoss()", None_),
    ("8", "cosine_similarity", None_),
    ("8", "Adam(3)", None_),
    // Arguments.
    ("[4, 8, 8]", "conv(6, kernel_size: 3)", Here("conv(6, kernel: 3)")),
    (
        "[4, 8, 8]",
        "conv(in_channels: 4, out_channels: 6, kernel_size: 3)",
        Here("conv(out: 6, kernel: 3)"),
    ),
    ("[4, 8, 8]", "conv(6, 3, strides: 2)", Here("conv(6, 3, stride: 2)")),
    ("[4, 8, 8]", "conv(6, 3, use_bias: false)", Here("conv(6, 3, bias: false)")),
    ("[4, 8, 8]", "conv(6, 3, activation: relu)", Here("relu conv(6, 3)")),
    ("[4, 8, 8]", "conv(6, 3, padding_mode: zeros)", Here("conv(6, 3)")),
    ("[4, 8, 8]", "conv(6, 3, device: cuda)", Here("conv(6, 3)")),
    ("[4, 8, 8]", "conv(6, 3, padding_mode: reflect)", None_),
    ("[4, 8, 8]", "conv(6, 3, padding: full)", None_),
    ("[4, 8, 8]", "conv(6, 3, kernel_initializer: he)", None_),
    ("[4, 8, 8]", "conv(6, 3, kernel_regularizer: l2)", None_),
    ("[4, 8, 8]", "conv(6, 3, data_format: channels_last)", None_),
    ("[4, 8, 8]", "conv(6, 3, dtype: float64)", None_),
    ("[4, 8, 8]", "conv(6, 3, wibble: 2)", None_),
    ("[4, 8, 8]", "MaxPool2d(2, ceil_mode: true)", Here("max_pool(2, ceil_mode: true)")),
    ("[4, 8, 8]", "AvgPool2d(2, ceil_mode: true)", Here("avg_pool(2, ceil_mode: true)")),
    ("[4, 8, 8]", "AvgPool2d(2, 2, 0, true)", Here("avg_pool(2, 2, 0, ceil_mode: true)")),
    (
        "[4, 8, 8]",
        "AvgPool2d(2, 2, 0, false, false)",
        Here("avg_pool(2, 2, 0, ceil_mode: false, count_include_pad: false)"),
    ),
    (
        "[4, 8, 8]",
        "MaxPool2d(2, 2, 0, 1, false, true)",
        Here("max_pool(2, 2, 0, 1, ceil_mode: true)"),
    ),
    ("[4, 8, 8]", "max_pool(2, return_indices: true)", None_),
    ("[4, 8, 8]", "avg_pool(2, divisor_override: 3)", None_),
    ("[4, 8, 8]", "upsample(scale_factor: 2)", Here("upsample(factor: 2)")),
    ("[4, 8, 8]", "upsample(2, align_corners: true)", None_),
    (
        "[4, 8, 8]",
        "Upsample(scale_factor: 2, mode: bilinear, align_corners: true)",
        Here("upsample(factor: 2, mode: bilinear, align_corners: true)"),
    ),
    ("[4, 8, 8]", "upsample(2, mode: bicubic)", None_),
    ("[4, 8, 8]", "upsample(2, size: 56)", None_),
    ("8", "softmax(dim: -1)", Here("softmax")),
    ("8", "softmax(dim: 1)", Here("softmax(axis: 0)")),
    ("8", "softmax(1)", None_),
    ("8", "softmax(-1)", Here("softmax")),
    ("8", "softmax(dim: 0)", None_),
    ("8", "softmax(dim: -2)", None_),
    ("8", "softmax(axis: -1)", Here("softmax")),
    ("8", "softmax(axis: -2)", None_),
    ("[3, 8, 8]", "log_softmax(dim: 3)", Here("log_softmax(axis: 2)")),
    ("8", "gelu(approximate: tanh)", None_),
    ("8", "relu(inplace: true)", Here("relu")),
    ("8", "relu(max_value: 6)", None_),
    ("8", "leaky_relu(alpha: 0.3)", Here("leaky_relu(negative_slope: 0.3)")),
    ("8", "softplus(threshold: 3)", None_),
    ("8", "dropout(rate: 0.3)", Here("dropout(p: 0.3)")),
    ("8", "dropout(0.3, noise_shape: 3)", None_),
    ("8", "layer_norm(epsilon: 1e-3)", Here("layer_norm(eps: 1e-3)")),
    ("8", "batch_norm(num_features: 8)", Here("batch_norm")),
    ("8", "batch_norm(track_running_stats: false)", None_),
    ("[8, 4]", "lstm(hidden_size: 6)", Here("lstm(hidden: 6)")),
    ("[8, 4]", "lstm(6, batch_first: true)", Here("lstm(6)")),
    ("[8, 4]", "lstm(6, num_layers: 1)", Here("lstm(6)")),
    ("[8, 4]", "lstm(6, num_layers: 2)", Here("lstm(6) => lstm(6)")),
    ("[8, 4]", "lstm(6, dropout: 0.2)", None_),
    ("[8, 4]", "lstm(6, proj_size: 2)", None_),
    ("[8, 4]", "lstm(6, return_sequences: true)", Here("lstm(6)")),
    ("[8, 4]", "lstm(6, return_sequences: false)", Here("lstm(6, last: true)")),
    ("[8, 4]", "lstm(6, return_state: true)", None_),
    ("[8, 4]", "gru(6, recurrent_dropout: 0.1)", None_),
    ("[8, 4]", "rnn(6, nonlinearity: sigmoid)", None_),
    ("[8, 4]", "attention(num_heads: 2)", Here("attention(heads: 2)")),
    ("[8, 4]", "attention(2, is_causal: true)", Here("attention(2, causal: true)")),
    ("[8, 4]", "attention(2, mask: true)", None_),
    ("[8, 4]", "attention(2, attn_mask: m)", None_),
    ("[8, 4]", "attention(2, key_dim: 3)", None_),
    ("[8, 4]", "attention(2, window_size: 3)", None_),
    ("tokens(8, vocab: 65)", "embedding(embedding_dim: 16)", Here("embedding(features: 16)")),
    ("tokens(8, vocab: 65)", "embedding(16, padding_idx: 0)", None_),
];

#[test]
fn each_name_is_told_what_it_is() {
    let mut wrong = Vec::new();
    for (input, stage, answer) in NAMES {
        let (whats, helps, settled) = told(&format!("< {input} => {stage} >"));
        let said = format!("{stage}: {whats:?} {helps:?} {settled}");
        // Another one that compiles is offered, and computes the same.
        let is_right = match answer {
            Here(word) => {
                !whats.is_empty()
                    && helps.iter().all(Option::is_none)
                    && settled == format!("< {input} => {word} >")
            }
            None_ => {
                // What other messages would offer leaves it as it is.
                whats.len() == 1
                    && helps.iter().all(Option::is_some)
                    && settled == format!("< {input} => {stage} >")
            }
        };
        if !is_right {
            wrong.push(said);
        }
    }
    assert!(NAMES.len() > 200);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), NAMES.len(), wrong.join("\n"));
}

/// A name of the table that the language has by now is to be taken out of it, and its line above changed.
#[test]
fn the_table_holds_no_word() {
    let words = ACTIVATIONS.iter().map(|row| row.word).chain(LAYERS.iter().map(|row| row.word));
    let words: Vec<String> = words.map(crate::words::plain).collect();
    for name in MISSING.iter().flat_map(|missing| missing.names) {
        assert!(!words.iter().any(|word| word == name), "`{name}` has become a word");
        assert!(!is_word(name), "`{name}` has become a word");
    }
    for missing in MISSING_ARGUMENTS {
        for (word, name) in
            missing.of.iter().flat_map(|word| missing.names.iter().map(move |name| (word, name)))
        {
            let has = layer(word).is_some_and(|layer| layer.argument(name).is_some());
            let is_all = missing
                .of
                .iter()
                .all(|word| layer(word).is_some_and(|layer| layer.argument(name).is_some()));
            assert!(!(has && is_all), "`{word}` has an argument `{name}` by now");
        }
    }
}

/// What is offered in place of something missing is made of words that there are.
#[test]
fn what_is_offered_is_right() {
    for missing in MISSING {
        for written in missing.instead.split('`').skip(1).step_by(2) {
            // A label that the reader has.
            let written = ["&encoded", "&a", "&b"]
                .iter()
                .fold(written.to_owned(), |written, label| written.replace(label, "&input"));
            let Some(stages) = stages(&written) else { continue };
            let (whats, _, _) = told(&stages);
            assert!(whats.is_empty(), "{stages}: {whats:?}");
        }
    }
}

/// A declaration of stages that a text names, with an input that they take.
fn stages(written: &str) -> Option<String> {
    let input = match written {
        _ if written.starts_with(['<', '='])
            || written.contains("..")
            || written.starts_with("let") =>
        {
            return None;
        }
        _ if written.contains("net.") || written.contains("Layer") => return None,
        _ if written.starts_with("tokens") || written.starts_with('[') => {
            return Some(format!("< {written} >"));
        }
        // Which label there is they do not say.
        _ if written.contains('&') => return None,
        _ if written.contains("sigmoid 16") && written.contains("pool") => "[16, 8, 8]",
        _ if written.contains("axis: 2") => "[1, 28, 28]",
        _ if written.contains("pad(") || written.contains("slice") => "[8, 8, 8]",
        _ if written.contains("attention") => "[8, 64]",
        _ if written.contains("lstm") || written.contains("time") || written == "transpose" => {
            "[8, 4]"
        }
        _ if written.contains("64, 4, stride") => "[1, 28, 28]",
        _ if written.contains("28") => "784",
        _ if written.contains("conv")
            || written.contains("pool")
            || written.contains("permute") =>
        {
            "[4, 8, 8]"
        }
        _ if written.contains(':') => return None,
        _ => "8",
    };
    Some(format!("< {input} => {written} >"))
}
