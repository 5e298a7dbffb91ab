//! Shapes behind layers, as torch.nn computes them, and their types.

mod arguments;
mod axes;
mod refused;

use proc_macro2::TokenStream;

use crate::ast::Declaration;
use crate::diagnostic::Faults;
use crate::shape::{Program, infer};
use crate::words::{LAYERS, Layer, Rule};

fn read(source: &str) -> (Declaration, Faults, Program) {
    let tokens: TokenStream = source.parse().expect("the source is made of tokens");
    let (mut declaration, mut faults) = crate::parse::declarations(tokens).remove(0);
    let program = infer(&mut declaration, &mut faults);
    (declaration, faults, program)
}

/// The layer's type without spaces and paths.
fn layer_type(stage: &str, input: &str) -> String {
    let (_, faults, program) = read(&format!("< {input} => {stage} >"));
    let faults: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
    assert!(faults.is_empty(), "{input} => {stage}: {faults:?}");
    let layer = program.stages.last().expect("a stage").layer.to_string().replace(' ', "");
    [
        "::static_net::layer::",
        "::static_net::shape::",
        "::static_net::activation::",
        "::core::primitive::",
    ]
    .iter()
    .fold(layer, |layer, path| layer.replace(path, ""))
}

/// Input, layer, and the shape that PyTorch gives.
const SHAPES: &[(&str, &str, &str)] = &[
    ("10", "dense(4)", "[4]"),
    ("[7, 6]", "relu dense(5, bias: false)", "[7, 5]"),
    ("[3, 28, 28]", "batch_norm(momentum: 0.2)", "[3, 28, 28]"),
    ("10", "prelu", "[10]"),
    ("[3, 28, 28]", "prelu(3, init: 0.1)", "[3, 28, 28]"),
    ("[4, 28]", "rms_norm(elementwise_affine: false)", "[4, 28]"),
    ("[4, 28]", "normalize", "[4, 28]"),
    ("[4, 8, 8]", "normalize(axis: 0, eps: 1e-6)", "[4, 8, 8]"),
    ("[4, 28]", "group_norm(2, affine: false)", "[4, 28]"),
    ("[4, 28]", "instance_norm(affine: true)", "[4, 28]"),
    ("[3, 28, 28]", "conv(16, 3)", "[16, 26, 26]"),
    ("[3, 28, 28]", "conv(8, [3, 5], stride: 2, padding: 1)", "[8, 14, 13]"),
    ("[3, 28, 28]", "conv(8, 4, padding: same)", "[8, 28, 28]"),
    ("[3, 28, 28]", "conv(8, [2, 5], padding: same, dilation: [3, 2])", "[8, 28, 28]"),
    ("[3, 28, 28]", "conv(8, 3, padding: valid)", "[8, 26, 26]"),
    ("[3, 28, 28]", "conv(6, 3, 3, [2, 1], [2, 3])", "[6, 10, 8]"),
    ("[3, 28, 28]", "conv(6, 1, groups: 3, bias: false)", "[6, 28, 28]"),
    ("[3, 28, 28]", "depthwise(3, stride: 2, multiplier: 2)", "[6, 13, 13]"),
    (
        "[3, 28, 28]",
        "conv_transpose(5, 3, stride: 2, padding: 1, output_padding: 1)",
        "[5, 56, 56]",
    ),
    ("[3, 28, 28]", "conv_transpose(5, [4, 2], stride: [3, 1], dilation: 2)", "[5, 88, 30]"),
    ("[3, 28, 28]", "max_pool(2)", "[3, 14, 14]"),
    ("[3, 28, 28]", "max_pool(3, 2, 1)", "[3, 14, 14]"),
    ("[3, 28, 28]", "max_pool([3, 2], dilation: 2)", "[3, 8, 13]"),
    ("[3, 28, 28]", "avg_pool(3, stride: 2, padding: 1, count_include_pad: false)", "[3, 14, 14]"),
    ("[3, 28, 28]", "adaptive_avg_pool([2, 3])", "[3, 2, 3]"),
    ("[3, 28, 28]", "adaptive_avg_pool(7)", "[3, 7, 7]"),
    ("[3, 28, 28]", "upsample(2)", "[3, 56, 56]"),
    ("[3, 28, 28]", "upsample([2, 3], mode: bilinear)", "[3, 56, 84]"),
    ("[3, 28, 28]", "global_max_pool", "[3]"),
    ("[3, 28, 28]", "flatten", "[2352]"),
    ("[4, 13, 17]", "conv(16, 3)", "[16, 11, 15]"),
    ("[4, 13, 17]", "conv(8, [3, 5], stride: 2, padding: 1)", "[8, 7, 8]"),
    ("[4, 13, 17]", "conv(8, 4, padding: same)", "[8, 13, 17]"),
    ("[4, 13, 17]", "conv(8, [2, 5], padding: same, dilation: [3, 2])", "[8, 13, 17]"),
    ("[4, 13, 17]", "conv(8, 3, padding: valid)", "[8, 11, 15]"),
    ("[4, 13, 17]", "conv(6, 3, 3, [2, 1], [2, 3])", "[6, 5, 5]"),
    ("[4, 13, 17]", "conv(8, 1, groups: 4, bias: false)", "[8, 13, 17]"),
    ("[4, 13, 17]", "depthwise(3, stride: 2, multiplier: 2)", "[8, 6, 8]"),
    (
        "[4, 13, 17]",
        "conv_transpose(5, 3, stride: 2, padding: 1, output_padding: 1)",
        "[5, 26, 34]",
    ),
    ("[4, 13, 17]", "conv_transpose(5, [4, 2], stride: [3, 1], dilation: 2)", "[5, 43, 19]"),
    ("[4, 13, 17]", "max_pool(2)", "[4, 6, 8]"),
    ("[4, 13, 17]", "max_pool(3, 2, 1)", "[4, 7, 9]"),
    ("[4, 13, 17]", "max_pool([3, 2], dilation: 2)", "[4, 3, 8]"),
    ("[4, 13, 17]", "max_pool(2, ceil_mode: true)", "[4, 7, 9]"),
    ("[4, 13, 18]", "max_pool([3, 4], stride: [3, 5], padding: 1, ceil_mode: true)", "[4, 5, 4]"),
    ("[4, 2, 2]", "avg_pool(3, stride: 2, ceil_mode: true)", "[4, 1, 1]"),
    ("[4, 13, 17]", "avg_pool(3, stride: 2, padding: 1, count_include_pad: false)", "[4, 7, 9]"),
    ("[4, 13, 17]", "adaptive_avg_pool([2, 3])", "[4, 2, 3]"),
    ("[4, 13, 17]", "adaptive_avg_pool(7)", "[4, 7, 7]"),
    ("[4, 13, 17]", "adaptive_max_pool([2, 3])", "[4, 2, 3]"),
    ("[4, 13, 17]", "adaptive_max_pool(7)", "[4, 7, 7]"),
    ("[4, 13, 17]", "upsample(2)", "[4, 26, 34]"),
    ("[4, 13, 17]", "upsample([2, 3], mode: bilinear)", "[4, 26, 51]"),
    ("[4, 13, 17]", "global_max_pool", "[4]"),
    ("[4, 13, 17]", "flatten", "[884]"),
    ("[4, 13, 17]", "pad(1)", "[4, 15, 19]"),
    ("[4, 13, 17]", "pad([2, 3], after: [0, 1], mode: replicate)", "[4, 15, 21]"),
    ("[4, 13, 17]", "pad(12, after: 0, mode: reflect)", "[4, 25, 29]"),
    ("[2, 100]", "pad(3, 0, mode: reflect)", "[2, 103]"),
    ("[2, 100]", "pad(0)", "[2, 100]"),
    ("[2, 100]", "conv(4, 3, padding: 0x0)", "[4, 98]"),
    ("10", "slice(2, 5)", "[3]"),
    ("[4, 13, 17]", "slice(0, 4)", "[4, 13, 17]"),
    ("[4, 13, 17]", "slice(1, 2, axis: 0)", "[1, 13, 17]"),
    ("[4, 13, 17]", "relu slice(3, 13, 2)", "[4, 13, 10]"),
    ("[7, 6]", "slice(start: 1, end: 4, axis: 1)", "[7, 3]"),
    ("[2, 100]", "conv(16, 3)", "[16, 98]"),
    ("[2, 100]", "conv(8, [5], stride: 2, padding: 2, dilation: 3)", "[8, 46]"),
    ("[2, 100]", "conv(8, 4, padding: same)", "[8, 100]"),
    ("[2, 100]", "conv(8, 4, padding: causal, dilation: 3)", "[8, 100]"),
    ("[2, 3]", "depthwise(9, padding: causal)", "[2, 3]"),
    ("[2, 100]", "depthwise(4)", "[2, 97]"),
    ("[2, 100]", "conv_transpose(4, 5, stride: 3, padding: 2, output_padding: 2)", "[4, 300]"),
    ("[2, 100]", "max_pool(4, padding: 2)", "[2, 26]"),
    ("[2, 100]", "avg_pool(3, 2)", "[2, 49]"),
    ("[2, 100]", "avg_pool(3, 2, ceil_mode: true)", "[2, 50]"),
    ("[2, 5]", "max_pool(2, 3, 1, ceil_mode: true)", "[2, 2]"),
    ("[2, 2]", "max_pool(2, 1, 1, 2)", "[2, 2]"),
    ("[2, 50]", "upsample(2, mode: linear, align_corners: true)", "[2, 100]"),
    ("[2, 100]", "adaptive_avg_pool(9)", "[2, 9]"),
    ("[2, 100]", "adaptive_max_pool(9)", "[2, 9]"),
    ("[2, 100]", "upsample(3, mode: linear)", "[2, 300]"),
    ("[2, 100]", "global_avg_pool", "[2]"),
    ("[2, 100]", "flatten", "[200]"),
    ("[6, 31]", "conv(16, 3)", "[16, 29]"),
    ("[6, 31]", "conv(8, [5], stride: 2, padding: 2, dilation: 3)", "[8, 12]"),
    ("[6, 31]", "conv(8, 4, padding: same)", "[8, 31]"),
    ("[6, 31]", "depthwise(4)", "[6, 28]"),
    ("[6, 31]", "conv_transpose(4, 5, stride: 3, padding: 2, output_padding: 2)", "[4, 93]"),
    ("[6, 31]", "max_pool(4, padding: 2)", "[6, 8]"),
    ("[6, 31]", "avg_pool(3, 2)", "[6, 15]"),
    ("[6, 31]", "adaptive_avg_pool(9)", "[6, 9]"),
    ("[6, 31]", "upsample(3, mode: linear)", "[6, 93]"),
    ("[6, 31]", "global_avg_pool", "[6]"),
    ("[6, 31]", "flatten", "[186]"),
    ("[3, 4]", "transpose", "[4, 3]"),
    ("[3, 28, 20]", "permute[2, 0, 1]", "[20, 3, 28]"),
    ("[3, 4]", "permute([1, 0])", "[4, 3]"),
    ("[6]", "permute[0]", "[6]"),
    ("784", "reshape[1, 28, 28]", "[1, 28, 28]"),
    ("[4, 6]", "reshape([2, 12])", "[2, 12]"),
    ("[4, 6]", "reshape[24]", "[24]"),
    ("10", "flatten()", "[10]"),
    ("[4, 6]", "layer_norm", "[4, 6]"),
    ("[4, 6]", "dropout", "[4, 6]"),
    ("[7, 6]", "lstm(5)", "[7, 5]"),
    ("[7, 6]", "gru(5, last: true)", "[5]"),
    ("[7, 6]", "rnn(5, false, true)", "[7, 10]"),
    ("[7, 6]", "relu lstm(hidden: 5, bidirectional: true, last: true, bias: false)", "[10]"),
    ("[7, 6]", "take_last", "[6]"),
    ("[7, 6]", "mean_over_time", "[6]"),
    ("[7, 6]", "max_over_time", "[6]"),
    ("[4, 6]", "attention(2)", "[4, 6]"),
    (
        "[4, 6]",
        "attention(heads: 6, kv_heads: 3, causal: true, dropout: 0.1, bias: false)",
        "[4, 6]",
    ),
    ("[4, 6]", "position(length: 9)", "[4, 6]"),
    ("[4, 6]", "sinusoidal", "[4, 6]"),
];

#[test]
fn shapes_are_those_of_torch() {
    for (input, stage, output) in SHAPES {
        let (_, faults, program) = read(&format!("< {input} => {stage} >"));
        let faults: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
        assert!(faults.is_empty(), "{input} => {stage}: {faults:?}");
        let given = program.stages.last().expect("a stage").output.text();
        assert_eq!(&given, output, "{input} => {stage}");
    }
}

/// Stages over sizes that only rustc knows, and the shape behind them, which the macro can name.
#[test]
fn shapes_of_consts_have_names() {
    for (stages, output) in [
        ("tokens(LEN, vocab: V) => embedding(32) => lstm(64) => V", "[LEN, V]"),
        ("tokens(LEN, vocab: 65) => table: embedding(32) => gru(32) => tied(table)", "[LEN, 65]"),
        ("[LEN, 8] => gru(4, bidirectional: true)", "[LEN, 8]"),
        ("[LEN, 8] => rnn(H, bidirectional: true)", "[LEN, { 2 * H }]"),
        ("[LEN, 8] => rnn(H)", "[LEN, H]"),
        ("[4, 8] => lstm(H, last: true)", "[H]"),
        ("[LEN, F] => lstm(H) => take_last", "[H]"),
        ("[LEN, F] => mean_over_time", "[F]"),
        ("[LEN, F] => slice(1, END, axis: 1)", "[LEN, _]"),
        ("[LEN, F] => slice(1, 4, axis: AXIS)", "a shape computed from consts"),
        ("[F, LEN] => transpose => lstm(8)", "[LEN, 8]"),
        ("[A, B, C] => permute[2, 0, 1]", "[C, A, B]"),
        ("[F, LEN] => relu conv(H, 3, padding: causal) => transpose", "[LEN, H]"),
        ("[F, 10] => conv(8, 3, padding: same) => transpose => 4", "[10, 4]"),
        ("[F, 10] => conv(8, 3) => transpose", "[_, 8]"),
    ] {
        let (_, faults, program) = read(&format!("< {stages} >"));
        let faults: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
        assert!(faults.is_empty(), "{stages}: {faults:?}");
        assert_eq!(program.stages.last().expect("a stage").output.text(), output, "{stages}");
    }
}

#[test]
fn types_hold_the_arguments() {
    for (input, stage, layer) in [
        ("10", "dense(4)", "Dense<f32,10,4>"),
        ("10", "relu dense(bias: true, out: 4)", "Dense<f32,10,4,relu>"),
        ("10", "dense(4, bias: false)", "Dense<f32,10,4,identity,0>"),
        ("const H: usize; 10", "tanh dense(H, bias: false)", "Dense<f32,10,H,tanh,0>"),
        ("[7, 6]", "dense(5, bias: false)", "TimeDistributed<Dense<f32,6,5,identity,0>,7>"),
        (
            "[3, 28, 28]",
            "relu conv(16, [3, 5], stride: 2, padding: [1, 2])",
            "Conv<f32,Rank3<3,28,28>,Rank3<16,14,14>,Window<KernelSize<3,5>,Stride<2,2>,Padding<1,2>,\
             Dilation<1,1>>,16,3,16,relu>",
        ),
        (
            "[4, 9]",
            "conv(8, 4, padding: same, groups: 2, bias: false)",
            "Conv<f32,Rank2<4,9>,Rank2<8,9>,Window<KernelSize<1,4>,Stride<1,1>,Padding<0,1>,Dilation<1,1>>,8,2,0>",
        ),
        (
            "[4, 9]",
            "depthwise(3, multiplier: 2)",
            "Conv<f32,Rank2<4,9>,Rank2<8,7>,Window<KernelSize<1,3>,Stride<1,1>,Padding<0,0>,Dilation<1,1>>,8,1,8>",
        ),
        (
            "[4, 9]",
            "tanh conv_transpose(6, 2, 2, groups: 2)",
            "ConvTranspose<f32,Rank2<4,9>,Rank2<6,18>,Window<KernelSize<1,2>,Stride<1,2>,Padding<0,0>,\
             Dilation<1,1>>,4,3,6,tanh>",
        ),
        (
            "[4, 9]",
            "max_pool(3)",
            "MaxPool<Rank2<4,9>,Rank2<4,3>,Window<KernelSize<1,3>,Stride<1,3>,Padding<0,0>,Dilation<1,1>>>",
        ),
        (
            "[4, 9]",
            "relu avg_pool(3, count_include_pad: false)",
            "Activated<AvgPool<Rank2<4,9>,Rank2<4,3>,Window<KernelSize<1,3>,Stride<1,3>,Padding<0,0>,\
             Dilation<1,1>>,false>,relu>",
        ),
        ("[4, 9]", "upsample(2)", "Upsample<Rank2<4,9>,Rank2<4,18>,Nearest,false>"),
        ("[4, 9]", "upsample(2, linear)", "Upsample<Rank2<4,9>,Rank2<4,18>,Bilinear,false>"),
        (
            "[4, 9]",
            "upsample(2, linear, align_corners: true)",
            "Upsample<Rank2<4,9>,Rank2<4,18>,Bilinear,true>",
        ),
        (
            "[4, 8]",
            "max_pool(3, ceil_mode: true)",
            "MaxPool<Rank2<4,8>,Rank2<4,3>,Window<KernelSize<1,3>,Stride<1,3>,Padding<0,0>,Dilation<1,1>>>",
        ),
        ("[4, 9]", "pad(3, after: 0, mode: reflect)", "Pad<Rank2<4,9>,Rank2<4,12>,Reflect,0,3>"),
        ("[4, 9, 7]", "pad([1, 2])", "Pad<Rank3<4,9,7>,Rank3<4,11,11>,Zeros,1,2>"),
        ("[4, 9]", "slice(2, 6, axis: 1)", "Slice<Rank2<4,9>,Rank2<4,4>,1,2>"),
        ("9", "tanh slice(0, 6)", "Activated<Slice<Rank1<9>,Rank1<6>,0,0>,tanh>"),
        ("[4, 9]", "transpose", "Permute<Rank2<4,9>,Rank2<9,4>,1,0,2>"),
        ("[4, 9]", "flatten", "Reshape<Rank2<4,9>,Rank1<36>>"),
        (
            "[4, 9]",
            "batch_norm",
            "BatchNorm<f32,Rank2<4,9>,4,{f64::to_bits(0.00001)},{f64::to_bits(0.1)},4>",
        ),
        (
            "[4, 9]",
            "batch_norm(affine: false)",
            "BatchNorm<f32,Rank2<4,9>,4,{f64::to_bits(0.00001)},{f64::to_bits(0.1)},0>",
        ),
        ("[4, 9]", "layer_norm", "LayerNorm<f32,Rank2<4,9>,9,{f64::to_bits(0.00001)},1,9,9>"),
        (
            "[4, 9]",
            "layer_norm(axes: 2)",
            "LayerNorm<f32,Rank2<4,9>,36,{f64::to_bits(0.00001)},2,36,36>",
        ),
        (
            "[2, 3, 4]",
            "layer_norm",
            "LayerNorm<f32,Rank3<2,3,4>,24,{f64::to_bits(0.00001)},3,24,24>",
        ),
        (
            "[4, 9]",
            "layer_norm(bias: false)",
            "LayerNorm<f32,Rank2<4,9>,9,{f64::to_bits(0.00001)},1,9,0>",
        ),
        (
            "[4, 9]",
            "layer_norm(elementwise_affine: false)",
            "LayerNorm<f32,Rank2<4,9>,9,{f64::to_bits(0.00001)},1,0,0>",
        ),
        (
            "[4, 9]",
            "layer_norm(1, 0.001, false, false)",
            "LayerNorm<f32,Rank2<4,9>,9,{f64::to_bits(0.001)},1,0,0>",
        ),
        (
            "[4, 9]",
            "rms_norm(elementwise_affine: false)",
            "RmsNorm<f32,Rank2<4,9>,9,{f64::to_bits(0.00000011920928955078125)},1,0>",
        ),
        (
            "f64; [2, 3, 4]",
            "rms_norm(1)",
            "RmsNorm<f64,Rank3<2,3,4>,4,{f64::to_bits(0.0000000000000002220446049250313)},1,4>",
        ),
        ("[4, 9]", "group_norm(2)", "GroupNorm<f32,Rank2<4,9>,4,2,{f64::to_bits(0.00001)},4>"),
        (
            "[4, 9]",
            "group_norm(2, affine: false)",
            "GroupNorm<f32,Rank2<4,9>,4,2,{f64::to_bits(0.00001)},0>",
        ),
        (
            "[4, 9]",
            "instance_norm(affine: true)",
            "InstanceNorm<f32,Rank2<4,9>,4,4,{f64::to_bits(0.00001)}>",
        ),
        ("[4, 9]", "instance_norm", "InstanceNorm<f32,Rank2<4,9>,4,0,{f64::to_bits(0.00001)}>"),
        ("[4, 9]", "prelu", "PRelu<f32,Rank2<4,9>,1,{f64::to_bits(0.25)}>"),
        ("[4, 9]", "prelu(4, -0.5)", "PRelu<f32,Rank2<4,9>,4,{f64::to_bits(-0.5)}>"),
        ("const H: usize; H", "prelu", "PRelu<f32,Rank1<H>,1,{f64::to_bits(0.25)}>"),
        ("[4, 9]", "lstm(5)", "Recurrent<RecurrentCell<f32,Lstm,9,5,20,20>,Rank2<4,9>,Rank2<4,5>>"),
        (
            "f64; [4, 9]",
            "relu gru(5, last: true, bias: false)",
            "Activated<Recurrent<RecurrentCell<f64,Gru,9,5,15,0>,Rank2<4,9>,Rank1<5>>,relu>",
        ),
        (
            "[4, 9]",
            "rnn(5, bidirectional: true)",
            "Bidirectional<RecurrentCell<f32,Rnn<tanh>,9,5,5,5>,Rank2<4,9>,Rank2<4,10>>",
        ),
        (
            "[4, 9]",
            "rnn(5, true, true, nonlinearity: relu)",
            "Bidirectional<RecurrentCell<f32,Rnn<relu>,9,5,5,5>,Rank2<4,9>,Rank1<10>>",
        ),
        ("[4, 9]", "take_last", "TakeLast<Rank2<4,9>,Rank1<9>>"),
        ("[4, 9]", "mean_over_time", "MeanOverTime<Rank2<4,9>,Rank1<9>>"),
        ("[4, 9]", "max_over_time", "MaxOverTime<Rank2<4,9>,Rank1<9>>"),
        ("[4, 9]", "adaptive_max_pool(3)", "AdaptiveMaxPool<Rank2<4,9>,Rank2<4,3>>"),
        ("[4, 9]", "dropout(0.2)", "Dropout<Rank2<4,9>,{f64::to_bits(0.2)}>"),
        (
            "const H: usize; H",
            "layer_norm",
            "LayerNorm<f32,Rank1<H>,H,{f64::to_bits(0.00001)},1,H,H>",
        ),
        (
            "const H: usize; H",
            "rms_norm(eps: 0.001, elementwise_affine: false)",
            "RmsNorm<f32,Rank1<H>,H,{f64::to_bits(0.001)},1,0>",
        ),
        (
            "const H: usize; H",
            "batch_norm",
            "BatchNorm<f32,Rank1<H>,H,{f64::to_bits(0.00001)},{f64::to_bits(0.1)},H>",
        ),
        (
            "[4, 12]",
            "attention(3)",
            "Attention<f32,4,12,3,36,36,12,false,false,{f64::to_bits(0.0)}>",
        ),
        (
            "f64; [4, 12]",
            "attention(6, kv_heads: 2, causal: true, dropout: 0.1, rotary: true, bias: false)",
            "Attention<f64,4,12,6,20,0,0,true,true,{f64::to_bits(0.1)}>",
        ),
        ("[4, 9]", "position", "Position<f32,4,9,4>"),
        ("[4, 9]", "tanh position(5)", "Activated<Position<f32,4,9,5>,tanh>"),
        ("[4, 10]", "sinusoidal", "Sinusoidal<4,10>"),
        ("[4, 9]", "normalize", "Normalize<Rank2<4,9>,{LAST_AXIS},{f64::to_bits(0.000000000001)}>"),
        ("[4, 9]", "normalize(axis: 0)", "Normalize<Rank2<4,9>,0,{f64::to_bits(0.000000000001)}>"),
        ("const H: usize; H", "dropout", "Dropout<Rank1<H>,{f64::to_bits(0.5)}>"),
    ] {
        assert_eq!(layer_type(stage, input), layer, "{input} => {stage}");
    }
}

/// A word that the tests of shapes or those of messages forget is one whose rule nobody holds.
#[test]
fn all_words_are_tested() {
    let stages = |rows: &[(&str, &str, &str)]| -> Vec<String> {
        rows.iter().map(|(_, stage, _)| (*stage).to_owned()).collect()
    };
    let refused = refused::REFUSED.iter().chain(refused::UNDECIDED);
    let refused: Vec<String> = refused.map(|(_, stage, ..)| (*stage).to_owned()).collect();
    let has = |stages: &[String], word: &str| {
        let is_word = |part: &str| part == word;
        stages
            .iter()
            .any(|stage| stage.split(|c: char| !c.is_alphanumeric() && c != '_').any(is_word))
    };
    let given = stages(SHAPES);
    // Those of tokens stand in declarations of their own, in the tests of the whole language.
    let is_of_tokens = |rule| matches!(rule, Rule::Embedding | Rule::Tied | Rule::Tokens);
    // Those of two values need labels, and stand in the cases of references.
    let is_of_one = |layer: &&Layer| !is_of_tokens(layer.rule) && !layer.begins_with_a_reference();
    let words = || LAYERS.iter().filter(is_of_one).map(|layer| layer.word);
    let missing =
        |stages: &[String]| -> Vec<&str> { words().filter(|word| !has(stages, word)).collect() };
    assert_eq!((missing(&given), missing(&refused)), (vec![], vec![]));
}
