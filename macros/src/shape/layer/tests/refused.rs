//! What is refused, and what would compile.

use super::read;
use crate::diagnostic::Help;
use crate::message::settled;

/// Input, stage, what is said, and what a person is told to decide.
pub const UNDECIDED: &[(&str, &str, &str, &str)] = &[
    (
        "10",
        "code: => 2",
        "the label `code` names no stage",
        "leave it out, or put a stage behind it: `code: relu 32`",
    ),
    (
        "10",
        "permute[1, 0]",
        "`permute` lists each axis once, which is 0 alone, not [1, 0]: the input gives [10]",
        "a vector has one axis: leave `permute` out",
    ),
    (
        "[28, 10]",
        "mean_over_time => lstm(4)",
        "`lstm` takes a sequence [length, features], but `mean_over_time` gives one step",
        "leave out one of the two, so that one takes the steps",
    ),
    ("[6, 8]", "slice(-3)", "`start` is counted from the front, not `-3`", "the first one is 0"),
    (
        "8",
        "relu 64 => gru(5)",
        "`gru` takes a sequence [length, features], but stage 1 gives [64]",
        "have the stage in front give a sequence; `reshape[64, 1]` would make 64 steps of one feature of its output",
    ),
    (
        "7",
        "lstm(5)",
        "`lstm` takes a sequence [length, features], but the input gives [7]",
        "say what the values are: `[20, 7]` in its place is 20 steps of 7 features; `reshape[7, 1]` behind it is 7 steps of one feature",
    ),
    (
        "1",
        "gru(5)",
        "`gru` takes a sequence [length, features], but the input gives [1]",
        "say what the values are: `[20, 1]` in its place is 20 steps of 1 features; `reshape[1, 1]` behind it is 1 steps of one feature",
    ),
    (
        "1",
        "layer_norm",
        "`layer_norm` over one value leaves nothing but its bias: the input gives [1]",
        "there is nothing to normalize: leave it out",
    ),
    (
        "[1, 1]",
        "group_norm(1)",
        "`group_norm` over one value leaves nothing but its bias: the input gives [1, 1]",
        "there is nothing to normalize: leave it out",
    ),
    (
        "[1, 1]",
        "instance_norm",
        "`instance_norm` needs more than one value for each channel, but the input gives [1, 1]",
        "there is nothing to normalize: leave it out",
    ),
    (
        "10",
        "softmax 1",
        "`softmax` over one value is always 1: this stage gives [1]",
        "one number between 0 and 1 is a `sigmoid`; `softmax` takes two or more",
    ),
    (
        "[1, 4]",
        "softmax(axis: 0) conv(1, 2)",
        "`softmax` over one value is always 1: this stage gives [1, 3]",
        "`softmax(axis: 1)` goes along 3 values",
    ),
    (
        "[4, 1]",
        "log_softmax",
        "`log_softmax` over one value is always 0: the input gives [4, 1]",
        "`log_softmax(axis: 0)` goes along 4 values",
    ),
    (
        "[7, 6]",
        "lstm(5, dropout: 0.5)",
        "`lstm` takes no `dropout`: `dropout(0.2)` stands behind it as a stage of its own",
        "between two layers: `lstm(64) => dropout(0.2) => lstm(64)`",
    ),
    (
        "[7, 6]",
        "lstm(5, nonlinearity: relu)",
        "`lstm` has no argument `nonlinearity`, it takes `hidden`, `last`, `bidirectional`, `bias`, `mask`",
        "leave it out, or name one that there is",
    ),
    (
        "12",
        "attention(4)",
        "`attention` takes a sequence [length, features], but the input gives [12]",
        "say what the values are: `[20, 12]` in its place is 20 steps of 12 features; `reshape[12, 1]` behind it is 12 steps of one feature",
    ),
    (
        "784",
        "attention(heads: 8, rotary: true)",
        "`attention` takes a sequence [length, features], but the input gives [784]",
        "say what the values are: `[20, 784]` in its place is 20 steps of 784 features; `reshape[784, 1]` behind it is 784 steps of one feature",
    ),
    (
        "12",
        "sinusoidal",
        "`sinusoidal` takes a sequence [length, features], but the input gives [12]",
        "say what the values are: `[20, 12]` in its place is 20 steps of 12 features; `reshape[12, 1]` behind it is 12 steps of one feature",
    ),
    (
        "[7, 6]",
        "slice(3, 9, axis: 2)",
        "`slice` goes along axis 2 of [7, 6], which has the axes 0 and 1: the batch is not counted",
        "the shape has the axes 0 and 1: name one with as many places",
    ),
    (
        "[3, 4, 5]",
        "permute[0, 1, 3]",
        "`permute` lists each axis once, which are 0, 1 and 2, not [0, 1, 3]: the input gives [3, 4, 5]",
        "say the order, as in `permute[2, 0, 1]`, which puts the last axis first",
    ),
    (
        "[8, 9, 9]",
        "permute[0, 1, 2, 4]",
        "`permute` lists each axis of a sample once, not [0, 1, 2, 4]",
        "the axes of an image are 0, 1 and 2, as in `permute[2, 0, 1]`",
    ),
    (
        "[8, 9, 9]",
        "permute[C, 1, 0]",
        "an axis is a number, not `C`",
        "write the number of the axis",
    ),
    (
        "[16, 9]",
        "sinusoidal",
        "`sinusoidal` adds sines and cosines to pairs of features, but the input gives 9 of them: [16, 9]",
        "give it an even number of features, or learn a vector for each step: `position` takes any number",
    ),
    (
        "[3, 8, 8]",
        "normalize(axis: -4)",
        "`axis` is counted from the front, from 0 on, not `-4`",
        "give the number of the axis from the front",
    ),
    (
        "[7, 6]",
        "slice(3, 3)",
        "`slice(3, 3)` is empty: it begins at place 3 and ends in front of place 3",
        "`slice(2, 5)` takes the places 2, 3 and 4",
    ),
    (
        "[7, 6]",
        "slice(8, 9, axis: 1)",
        "axis 1 has 6 places, and `slice` takes them up to 9: the input gives [7, 6]",
        "`start` is less than `end`, and that at most 6",
    ),
    (
        "[7, 6]",
        "slice(2..5)",
        "`start` is one number, not `2..5`",
        "a range stands as two arguments: `slice(2, 5)`",
    ),
    (
        "[7, 6]",
        "upsample(2, align_corners: true)",
        "`align_corners` is for the modes `bilinear` and `linear`: `nearest` repeats each value",
        "leave it out, or say `mode: linear`",
    ),
    (
        "64",
        "global_max_pool",
        "`global_max_pool` takes an image [channels, height, width] or a signal [channels, length], but the input gives [64]",
        "say which are channels, by `reshape` in front of it, or leave it out",
    ),
    (
        "64",
        "global_avg_pool",
        "`global_avg_pool` takes an image [channels, height, width] or a signal [channels, length], but the input gives [64]",
        "say which are channels, by `reshape` in front of it, or leave it out",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, stride: 2, stride: 3)",
        "`stride` of `conv` is given twice, as `2` and as `3`",
        "keep one of them",
    ),
    (
        "[8, 9, 9]",
        "softmax(axis: 0, axis: 1)",
        "`axis` of `softmax` is given twice, as `0` and as `1`",
        "keep one of them",
    ),
    ("10", "elu(0.5, alpha: 1.0) 8", "`elu` takes one argument, `alpha`", "leave out `alpha: 1.0`"),
    (
        "10",
        "concat(relu 16 | )",
        "a branch of `concat` holds no stage",
        "write the branch, or leave out its `|`",
    ),
    (
        "const H: usize; [2, 9]",
        "conv(H, 3)",
        "Rust cannot yet compute with const parameters such as `H`, as `out` of `conv` would need",
        "use a number or a const instead of `H`",
    ),
];

#[test]
fn what_may_be_meant_is_not_guessed() {
    for (input, stage, what, help) in UNDECIDED {
        let source = format!("< {input} => {stage} >");
        let (declaration, faults, _) = read(&source);
        let told: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
        assert_eq!(told, [*what], "{source}");
        assert!(
            faults.iter().all(|fault| matches!(&fault.help, Help::Text(text) if text == help)),
            "{source}"
        );
        assert_eq!(settled(&declaration), source);
    }
}

/// Input, stage, what is said, and the mended declaration.
pub const REFUSED: &[(&str, &str, &str, &str)] = &[
    (
        "10",
        "tokens(9, vocab: 65) => embedding(4)",
        "`tokens` is the input, in front of the first arrow",
        "< tokens(9, vocab: 65) => embedding(4) >",
    ),
    (
        "tokens(9, vocab: 65)",
        "tokens(9, vocab: 65) => embedding(4)",
        "`tokens` is the input, in front of the first arrow, where they stand already",
        "< tokens(9, vocab: 65) => embedding(4) >",
    ),
    (
        "[28, 10]",
        "lstm(64, last: true) => attention(4)",
        "`attention` takes a sequence [length, features], but `lstm(64, last: true)` gives one step",
        "< [28, 10] => lstm(64) => attention(4) >",
    ),
    (
        "[28, 10]",
        "lstm(64, last: true) => end: tanh take_last",
        "`take_last` takes a sequence [length, features], but `lstm(64, last: true)` gives one step",
        "< [28, 10] => lstm(64, last: true) => end: tanh >",
    ),
    (
        "[16, 64]",
        "rope => residual(layer_norm => attention(4, causal: true)) => flatten",
        "`rope` is no stage, but a part of `attention`: `rotary: true`",
        "< [16, 64] => residual(layer_norm => attention(4, causal: true, rotary: true)) => flatten >",
    ),
    (
        "[28, 10]",
        "code: lstm(64, num_layers: 3, bidirectional: true, last: true)",
        "`lstm` takes no `num_layers`: layers stand one behind the other",
        "< [28, 10] => lstm(64, bidirectional: true) => lstm(64, bidirectional: true) => code: lstm(64, bidirectional: true, last: true) >",
    ),
    (
        "10",
        "sum(relu 0 | tanh 8)",
        "a size is 0, but must be at least 1",
        "< 10 => sum(relu 8 | tanh 8) >",
    ),
    (
        "10",
        "residual(relu 4 => code: => 10)",
        "the label `code` names no stage",
        "< 10 => residual(code: relu 4 => 10) >",
    ),
    (
        "10",
        "relu width!()",
        "a macro call is not expanded here, so it cannot be a stage: a size that it gives stands in braces",
        "< 10 => relu { width!() } >",
    ),
    (
        "[6, 8]",
        "slice(-5, 7, axis: 1)",
        "`start` is counted from the front, not `-5`",
        "< [6, 8] => slice(3, 7, axis: 1) >",
    ),
    (
        "[8, 1, 1]",
        "avg_pool(2)",
        "the kernel of `avg_pool` spans 2 x 2 values, but has 1 x 1 to slide over, padding included: the input gives [8, 1, 1]",
        "< [8, 1, 1] => avg_pool(1) >",
    ),
    (
        "8",
        "residul(relu 8)",
        "unknown layer or activation `residul`, did you mean `residual`?",
        "< 8 => residual(relu 8) >",
    ),
    (
        "784",
        "conv(16, 3)",
        "`conv` takes an image [channels, height, width] or a signal [channels, length], but the input gives [784]",
        "< 784 => reshape[1, 28, 28] => conv(16, 3) >",
    ),
    (
        "784",
        "max_pool(2)",
        "`max_pool` takes an image [channels, height, width] or a signal [channels, length], but the input gives [784]",
        "< 784 => reshape[1, 28, 28] => max_pool(2) >",
    ),
    (
        "[1, 100]",
        "conv(16, [3, 5])",
        "`kernel` is [height, width], but the input gives a signal [channels, length]: [1, 100]",
        "< [1, 100] => conv(16, 5) >",
    ),
    (
        "[1, 100]",
        "conv(16, 3, stride: [1, 2])",
        "`stride` is [height, width], but the input gives a signal [channels, length]: [1, 100]",
        "< [1, 100] => conv(16, 3, stride: 2) >",
    ),
    (
        "[8, 3, 3]",
        "conv(16, 5)",
        "the kernel of `conv` spans 5 x 5 values, but has 3 x 3 to slide over, padding included: the input gives [8, 3, 3]",
        "< [8, 3, 3] => conv(16, 3) >",
    ),
    (
        "[8, 3, 3]",
        "conv(16, kernel: 3, dilation: 2)",
        "the kernel of `conv` spans 5 x 5 values, 3 x 3 at a dilation of 2, but has 3 x 3 to slide over, padding included: the input gives [8, 3, 3]",
        "< [8, 3, 3] => conv(16, kernel: 3) >",
    ),
    (
        "[8, 3, 7]",
        "conv(16, [4, 5])",
        "the kernel of `conv` spans 4 x 5 values, but has 3 x 7 to slide over, padding included: the input gives [8, 3, 7]",
        "< [8, 3, 7] => conv(16, [3, 5]) >",
    ),
    (
        "[8, 1, 1]",
        "max_pool(2)",
        "the kernel of `max_pool` spans 2 x 2 values, but has 1 x 1 to slide over, padding included: the input gives [8, 1, 1]",
        "< [8, 1, 1] => max_pool(1) >",
    ),
    (
        "[28, 28, 1]",
        "conv(16, 3)",
        "[28, 28, 1] looks like [height, width, channels], but an image is [channels, height, width]: the kernel of `conv` spans 3 x 3 values, but has 28 x 1 to slide over, padding included",
        "< [28, 28, 1] => permute[2, 0, 1] => conv(16, 3) >",
    ),
    (
        "[28, 28, 1]",
        "relu conv(16, 3, groups: 3)",
        "[28, 28, 1] looks like [height, width, channels], but an image is [channels, height, width]: the 28 input channels do not divide into 3 groups",
        "< [28, 28, 1] => permute[2, 0, 1] => relu conv(16, 3, groups: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, groups: 3)",
        "the 8 input channels do not divide into 3 groups: the input gives [8, 9, 9]",
        "< [8, 9, 9] => conv(16, 3, groups: 2) >",
    ),
    (
        "[9, 9, 9]",
        "conv(16, 3, groups: 3)",
        "the 16 output channels do not divide into 3 groups",
        "< [9, 9, 9] => conv(16, 3, groups: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, stride: 2, padding: same)",
        "`padding: same` needs a stride of 1, this one is 2 x 2",
        "< [8, 9, 9] => conv(16, 3, stride: 2, padding: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, padding: causal)",
        "`padding: causal` is for a signal [channels, length], where time has an order, but the input gives [8, 9, 9]",
        "< [8, 9, 9] => conv(16, 3, padding: same) >",
    ),
    (
        "[8, 9]",
        "conv(16, 3, 2, causal)",
        "`padding: causal` needs a stride of 1, this one is 2",
        "< [8, 9] => pad(2, after: 0) => conv(16, 3, 2) >",
    ),
    (
        "[8, 9]",
        "conv_transpose(16, 3, padding: causal)",
        "`padding` takes a size, not `causal`",
        "< [8, 9] => conv_transpose(16, 3, padding: 0) >",
    ),
    (
        "[8, 9, 9]",
        "depthwise(3, 2, same)",
        "`padding: same` needs a stride of 1, this one is 2 x 2",
        "< [8, 9, 9] => depthwise(3, 2, 1) >",
    ),
    (
        "[8, 9, 9]",
        "max_pool(3, padding: 2)",
        "the padding of 2 x 2 is more than half of the kernel of 3 x 3",
        "< [8, 9, 9] => max_pool(3, padding: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv_transpose(4, 3, stride: 2, output_padding: 2)",
        "the output padding of 2 x 2 is not less than the stride of 2 x 2 or the dilation of 1 x 1",
        "< [8, 9, 9] => conv_transpose(4, 3, stride: 2, output_padding: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv_transpose(4, 3, padding: 6)",
        "the padding of 6 x 6 leaves nothing of the output of `conv_transpose`: the input gives [8, 9, 9]",
        "< [8, 9, 9] => conv_transpose(4, 3, padding: 5) >",
    ),
    (
        "[8, 9, 9]",
        "conv_transpose(4, 3, groups: 3)",
        "the 8 input channels do not divide into 3 groups: the input gives [8, 9, 9]",
        "< [8, 9, 9] => conv_transpose(4, 3, groups: 2) >",
    ),
    (
        "[8, 1, 1]",
        "conv_transpose(4, 3, padding: 2)",
        "the padding of 2 x 2 leaves nothing of the output of `conv_transpose`: the input gives [8, 1, 1]",
        "< [8, 1, 1] => conv_transpose(4, 3, padding: 1) >",
    ),
    (
        "[8, 9, 9]",
        "upsample(2, mode: linear)",
        "linear is not for an image, but the input gives [8, 9, 9]",
        "< [8, 9, 9] => upsample(2, mode: bilinear) >",
    ),
    (
        "[8, 9]",
        "upsample(2, mode: bilinear)",
        "bilinear is not for a signal, but the input gives [8, 9]",
        "< [8, 9] => upsample(2, mode: linear) >",
    ),
    (
        "[8, 9]",
        "adaptive_avg_pool([2, 2])",
        "`size` is [height, width], but the input gives a signal [channels, length]: [8, 9]",
        "< [8, 9] => adaptive_avg_pool(2) >",
    ),
    (
        "[3, 4]",
        "reshape[5, 3]",
        "[5, 3] holds 15 values, but the input gives [3, 4], 12 values",
        "< [3, 4] => reshape[4, 3] >",
    ),
    (
        "[3, 4]",
        "reshape[5, 7]",
        "[5, 7] holds 35 values, but the input gives [3, 4], 12 values",
        "< [3, 4] => reshape[12] >",
    ),
    (
        "12",
        "reshape[2, 2, 4]",
        "[2, 2, 4] holds 16 values, but the input gives [12]",
        "< 12 => reshape[2, 2, 3] >",
    ),
    (
        "[3, 4, 5]",
        "transpose",
        "`transpose` takes a matrix [rows, columns]: the input gives [3, 4, 5]",
        "< [3, 4, 5] => permute[0, 2, 1] >",
    ),
    (
        "10",
        "transpose",
        "`transpose` takes a matrix [rows, columns]: the input gives [10]",
        "< 10 => reshape[1, 10] => transpose >",
    ),
    (
        "[3, 4, 5]",
        "permute[1, 0]",
        "`permute` lists each axis once, which are 0, 1 and 2, not [1, 0]: the input gives [3, 4, 5]",
        "< [3, 4, 5] => permute[1, 0, 2] >",
    ),
    (
        "[3, 4, 5]",
        "permute[3, 1, 2]",
        "`permute` lists each axis once, which are 0, 1 and 2, not [3, 1, 2]: the input gives [3, 4, 5]",
        "< [3, 4, 5] => permute[2, 0, 1] >",
    ),
    (
        "[3, 4]",
        "permute[0, 2, 1]",
        "`permute` lists each axis once, which are 0 and 1, not [0, 2, 1]: the input gives [3, 4]",
        "< [3, 4] => permute[1, 0] >",
    ),
    (
        "[3, 4]",
        "permute[1, 1]",
        "`permute` lists each axis once, which are 0 and 1, not [1, 1]: the input gives [3, 4]",
        "< [3, 4] => permute[1, 0] >",
    ),
    (
        "[3, 4]",
        "layer_norm(axes: 3)",
        "`layer_norm` over 3 axes, but the input gives [3, 4]",
        "< [3, 4] => layer_norm(axes: 2) >",
    ),
    (
        "10",
        "normalize(axis: 1)",
        "`normalize` goes along axis 1 of [10], which has axis 0 alone: the batch is not counted",
        "< 10 => normalize(axis: 0) >",
    ),
    (
        "10",
        "rms_norm(2)",
        "`rms_norm` over 2 axes, but the input gives [10]",
        "< 10 => rms_norm(1) >",
    ),
    (
        "[16, 1]",
        "tanh layer_norm(eps: 0.1)",
        "`layer_norm` over one value leaves nothing but its bias: the input gives [16, 1]",
        "< [16, 1] => tanh layer_norm(eps: 0.1, axes: 2) >",
    ),
    (
        "[16, 1, 1]",
        "layer_norm(1)",
        "`layer_norm` over one value leaves nothing but its bias: the input gives [16, 1, 1]",
        "< [16, 1, 1] => layer_norm(3) >",
    ),
    (
        "16",
        "group_norm(16)",
        "16 groups of 16 channels hold one value each, of which nothing but the bias is left: the input gives [16]",
        "< 16 => group_norm(8) >",
    ),
    (
        "[7, 1, 1]",
        "group_norm(7)",
        "7 groups of 7 channels hold one value each, of which nothing but the bias is left: the input gives [7, 1, 1]",
        "< [7, 1, 1] => group_norm(1) >",
    ),
    (
        "10",
        "layer_norm(elementwise_affine: false, bias: true)",
        "`bias: true` beside `elementwise_affine: false`, which leaves out the bias too",
        "< 10 => layer_norm(elementwise_affine: false) >",
    ),
    (
        "[6, 4]",
        "prelu(4)",
        "`prelu` has one slope or one for each of the 6 channels, not 4: the input gives [6, 4]",
        "< [6, 4] => prelu(6) >",
    ),
    (
        "6",
        "residual(prelu(init: 0.1, num_parameters: 2))",
        "`prelu` has one slope or one for each of the 6 features, not 2: the input gives [6]",
        "< 6 => residual(prelu(init: 0.1, num_parameters: 6)) >",
    ),
    (
        "10",
        "tanh prelu(0.2)",
        "`num_parameters` takes a size, not `0.2`; did you mean `init: 0.2`?",
        "< 10 => tanh prelu(init: 0.2) >",
    ),
    (
        "10",
        "layer_norm(1e-3)",
        "`axes` takes a size, not `1e-3`; did you mean `eps: 1e-3`?",
        "< 10 => layer_norm(eps: 1e-3) >",
    ),
    (
        "10",
        "head: prelu 32",
        "`prelu` learns, so it must be a stage of its own, behind what it acts on: `32 => prelu`",
        "< 10 => head: 32 => prelu >",
    ),
    (
        "[6, 4]",
        "group_norm(4)",
        "the 6 channels do not divide into 4 groups: the input gives [6, 4]",
        "< [6, 4] => group_norm(3) >",
    ),
    (
        "10",
        "instance_norm",
        "`instance_norm` takes an image [channels, height, width] or a signal [channels, length], but the input gives [10]",
        "< 10 => layer_norm >",
    ),
    (
        "[6, 1, 1]",
        "instance_norm",
        "`instance_norm` needs more than one value for each channel, but the input gives [6, 1, 1]",
        "< [6, 1, 1] => layer_norm >",
    ),
    (
        "[2, 3, 4]",
        "7",
        "stage 1 is a dense layer, which takes a vector or [length, features], but the input gives [2, 3, 4]",
        "< [2, 3, 4] => flatten => 7 >",
    ),
    (
        "[1, 28, 28]",
        "relu 32",
        "stage 1 is a dense layer, which takes a vector or [length, features], but the input gives [1, 28, 28]",
        "< [1, 28, 28] => flatten => relu 32 >",
    ),
    (
        "[2, 3, 4]",
        "dense(7, bias: false)",
        "stage 1 is a dense layer, which takes a vector or [length, features], but the input gives [2, 3, 4]",
        "< [2, 3, 4] => flatten => dense(7, bias: false) >",
    ),
    ("10", "dense", "`dense` needs `out`: `dense(32)`", "< 10 => dense(32) >"),
    (
        "10",
        "relu dense(10, 8)",
        "`dense` takes one argument by place, `out`: the size of what comes in follows from the shape",
        "< 10 => relu dense(8) >",
    ),
    (
        "10",
        "dense 8",
        "`dense` takes its arguments in parentheses: `dense(8)`",
        "< 10 => dense(8) >",
    ),
    (
        "10",
        "dense(bias: false, out: 0)",
        "`out` is 0, but must be at least 1",
        "< 10 => dense(bias: false, out: 32) >",
    ),
    (
        "9000000000",
        "dense(bias: false, out: 9000000000)",
        "9000000000 x 9000000000 weights are more than a machine can address",
        "< 9000000000 => dense(bias: false, out: 1024) >",
    ),
    (
        "10",
        "residual(dense(8, bias: false))",
        "the stages of `residual` give [8], but are added to its input of [10]",
        "< 10 => residual(dense(8, bias: false); project: 8) >",
    ),
    (
        "10",
        "sum(8 | relu dense(9, bias: false))",
        "branch 2 of `sum` gives [9], but branch 1 gives [8]",
        "< 10 => sum(8 | relu dense(8, bias: false)) >",
    ),
    (
        "[8, 9, 9]",
        "upsample(9999999999)",
        "a sample of shape [8, 89999999991, 89999999991] is more than a machine can address",
        "< [8, 9, 9] => upsample(2) >",
    ),
    (
        "[8, 9, 9]",
        "conv(99999999999999999, 3)",
        "99999999999999999 x 8 x 3 x 3 weights are more than a machine can address",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv",
        "`conv` needs `out` and `kernel`: `conv(16, 3)`",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16)",
        "`conv` needs `kernel`: `conv(16, 3)`",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(kernel: 3)",
        "`conv` needs `out`: `conv(16, kernel: 3)`",
        "< [8, 9, 9] => conv(16, kernel: 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv 16",
        "`conv` takes its arguments in parentheses: `conv(16, 3)`",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv[16, 3]",
        "`conv` takes its arguments in parentheses: `conv(16, 3)`",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, 1, 0, 1, 1, true, 5)",
        "`conv` takes up to 7 arguments",
        "< [8, 9, 9] => conv(16, 3, 1, 0, 1, 1, true) >",
    ),
    ("[8, 9, 9]", "flatten(3)", "`flatten` takes no argument", "< [8, 9, 9] => flatten >"),
    (
        "[8, 9, 9]",
        "dropout(0.5, 3)",
        "`dropout` takes one argument, `p`",
        "< [8, 9, 9] => dropout(0.5) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, stride: 0)",
        "`stride` is 0, but must be at least 1",
        "< [8, 9, 9] => conv(16, 3, stride: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 0)",
        "`kernel` is 0, but must be at least 1",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(0, 3)",
        "`out` is 0, but must be at least 1",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, [3, 0])",
        "`kernel` is 0, but must be at least 1",
        "< [8, 9, 9] => conv(16, [3, 3]) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, dilation: 0)",
        "`dilation` is 0, but must be at least 1",
        "< [8, 9, 9] => conv(16, 3, dilation: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, groups: 0)",
        "`groups` is 0, but must be at least 1",
        "< [8, 9, 9] => conv(16, 3, groups: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3.5)",
        "a size is a whole number: `3.5`",
        "< [8, 9, 9] => conv(16, 4) >",
    ),
    ("[8, 9, 9]", "conv(16, -3)", "a negative size: `-3`", "< [8, 9, 9] => conv(16, 3) >"),
    (
        "[8, 9, 9]",
        "conv(16, 3, padding: -1)",
        "a negative size: `-1`",
        "< [8, 9, 9] => conv(16, 3, padding: 1) >",
    ),
    ("[8, 9, 9]", "conv([16], 3)", "`out` is one size, not `[16]`", "< [8, 9, 9] => conv(16, 3) >"),
    (
        "[8, 9, 9]",
        "conv(16, (3, 3))",
        "a list stands in brackets: `[3, 3]`",
        "< [8, 9, 9] => conv(16, [3, 3]) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, [3, 3, 3])",
        "`kernel` takes one size or `[height, width]`, not `[3, 3, 3]`",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, stride: same)",
        "`stride` takes a size, not `same`",
        "< [8, 9, 9] => conv(16, 3, stride: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, padding: sane)",
        "`padding` is a size, `same`, `causal` or `valid`, not `sane`",
        "< [8, 9, 9] => conv(16, 3, padding: same) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, padding: \"same\")",
        "`padding` is a size, `same`, `causal` or `valid`, not `\"same\"`",
        "< [8, 9, 9] => conv(16, 3, padding: same) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, bias: 0)",
        "`bias` is `true` or `false`, not `0`",
        "< [8, 9, 9] => conv(16, 3, bias: false) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, bias: flase)",
        "`bias` is `true` or `false`, not `flase`",
        "< [8, 9, 9] => conv(16, 3, bias: false) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, kernel: 3)",
        "`kernel` of `conv` is given twice",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, stride: 2, 3)",
        "an argument behind a named one is named too: `kernel: 3`",
        "< [8, 9, 9] => conv(16, stride: 2, kernel: 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, kernel_size: 3)",
        "`conv` has no argument `kernel_size`, it is called `kernel`",
        "< [8, 9, 9] => conv(16, kernel: 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(out_channels: 16, kernel: 3)",
        "`conv` has no argument `out_channels`, it is called `out`",
        "< [8, 9, 9] => conv(out: 16, kernel: 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(filters: 16, kernel: 3)",
        "`conv` has no argument `filters`, it is called `out`",
        "< [8, 9, 9] => conv(out: 16, kernel: 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, kernle: 3)",
        "`conv` has no argument `kernle`, did you mean `kernel`?",
        "< [8, 9, 9] => conv(16, kernel: 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(in_channels: 8, out: 16, kernel: 3)",
        "`conv` takes no `in_channels`: that follows from the shape",
        "< [8, 9, 9] => conv(out: 16, kernel: 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, activation: relu)",
        "an activation stands in front: `relu conv(..)`",
        "< [8, 9, 9] => relu conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3, stride:)",
        "`stride` of `conv` has no value",
        "< [8, 9, 9] => conv(16, 3, stride: 1) >",
    ),
    (
        "[8, 9, 9]",
        "conv(n, 3)",
        "`out` takes a size, not `n`: a const is in capitals or in braces",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "conv(2 * 8, 3)",
        "a computed size stands in braces",
        "< [8, 9, 9] => conv({ 2 * 8 }, 3) >",
    ),
    (
        "[8, 9, 9]",
        "upsample(2, mode: biliner)",
        "`mode` is `nearest`, `bilinear` or `linear`, not `biliner`; did you mean `bilinear`?",
        "< [8, 9, 9] => upsample(2, mode: bilinear) >",
    ),
    (
        "[8, 9, 9]",
        "conv2d(16, 3)",
        "unknown layer `conv2d`, did you mean `conv`?",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "Conv2d(8, 16, 3)",
        "unknown layer `Conv2d`, did you mean `conv`?",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "maxpool(2)",
        "unknown layer `maxpool`, did you mean `max_pool`?",
        "< [8, 9, 9] => max_pool(2) >",
    ),
    (
        "[8, 9, 9]",
        "max_pool2d(2)",
        "unknown layer `max_pool2d`, did you mean `max_pool`?",
        "< [8, 9, 9] => max_pool(2) >",
    ),
    (
        "[8, 9, 9]",
        "MaxPool2d(2)",
        "unknown layer `MaxPool2d`, did you mean `max_pool`?",
        "< [8, 9, 9] => max_pool(2) >",
    ),
    (
        "[8, 9, 9]",
        "batchnorm",
        "unknown layer `batchnorm`, did you mean `batch_norm`?",
        "< [8, 9, 9] => batch_norm >",
    ),
    (
        "[8, 9, 9]",
        "BatchNorm2d(8)",
        "unknown layer `BatchNorm2d`, did you mean `batch_norm`?",
        "< [8, 9, 9] => batch_norm >",
    ),
    (
        "[8, 9, 9]",
        "batch_norm(8)",
        "`eps` is at least 0 and less than 1, not 8: the channels follow from the shape",
        "< [8, 9, 9] => batch_norm(1e-5) >",
    ),
    (
        "[8, 9, 9]",
        "avgpool(3)",
        "unknown layer `avgpool`, did you mean `avg_pool`?",
        "< [8, 9, 9] => avg_pool(3) >",
    ),
    (
        "[8, 9, 9]",
        "GroupNorm(4, 8)",
        "unknown layer `GroupNorm`, did you mean `group_norm`?",
        "< [8, 9, 9] => group_norm(4) >",
    ),
    (
        "[8, 9, 9]",
        "convv(16, 3)",
        "unknown layer `convv`, did you mean `conv`?",
        "< [8, 9, 9] => conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "flaten",
        "unknown layer `flaten`, did you mean `flatten`?",
        "< [8, 9, 9] => flatten >",
    ),
    (
        "[8, 9, 9]",
        "dropuot(0.5)",
        "unknown layer `dropuot`, did you mean `dropout`?",
        "< [8, 9, 9] => dropout(0.5) >",
    ),
    (
        "[8, 9, 9]",
        "dropout(1)",
        "`p` is at least 0 and less than 1, not 1",
        "< [8, 9, 9] => dropout(0.5) >",
    ),
    (
        "[8, 9, 9]",
        "dropout(-0.5)",
        "`p` is at least 0 and less than 1, not -0.5",
        "< [8, 9, 9] => dropout(0.5) >",
    ),
    (
        "[8, 9, 9]",
        "dropout(p: 1.5)",
        "`p` is at least 0 and less than 1, not 1.5",
        "< [8, 9, 9] => dropout(p: 0.5) >",
    ),
    (
        "[8, 9, 9]",
        "batch_norm(momentum: 2)",
        "`momentum` is at least 0 and at most 1, not 2",
        "< [8, 9, 9] => batch_norm(momentum: 0.1) >",
    ),
    (
        "[8, 9, 9]",
        "reshape(3)",
        "`reshape` takes a list in brackets: `reshape[16]`",
        "< [8, 9, 9] => reshape[648] >",
    ),
    ("[8, 9, 9]", "reshape", "`reshape` needs `shape`", "< [8, 9, 9] => reshape[648] >"),
    (
        "[8, 9, 9]",
        "reshape[]",
        "`shape` takes one to three sizes, not `[]`",
        "< [8, 9, 9] => reshape[648] >",
    ),
    (
        "[8, 9, 9]",
        "reshape[2, 2, 2, 81]",
        "`shape` takes one to three sizes, not `[2, 2, 2, 81]`",
        "< [8, 9, 9] => reshape[648] >",
    ),
    (
        "[8, 9, 9]",
        "reshape[0, 81]",
        "a size is 0, but must be at least 1",
        "< [8, 9, 9] => reshape[8, 81] >",
    ),
    (
        "[8, 9, 9]",
        "global_avg_pool relu",
        "an activation stands in front, not behind: `relu`",
        "< [8, 9, 9] => relu global_avg_pool >",
    ),
    (
        "[8, 9, 9]",
        "conv(16, 3) relu",
        "an activation stands in front, not behind: `relu`",
        "< [8, 9, 9] => relu conv(16, 3) >",
    ),
    (
        "[8, 9, 9]",
        "flatten [648]",
        "an arrow is missing in front of `[648]`",
        "< [8, 9, 9] => flatten => [648] >",
    ),
    (
        "const H: usize; H",
        "layer_norm(axes: 2)",
        "`layer_norm` over 2 axes, but the input gives [H]",
        "< const H: usize; H => layer_norm(axes: 1) >",
    ),
    (
        "[2, 3, 4]",
        "mean_over_time",
        "`mean_over_time` takes a sequence [length, features], but the input gives [2, 3, 4]",
        "< [2, 3, 4] => reshape[2, 12] => transpose => mean_over_time >",
    ),
    (
        "[2, 3, 4]",
        "max_over_time",
        "`max_over_time` takes a sequence [length, features], but the input gives [2, 3, 4]",
        "< [2, 3, 4] => reshape[2, 12] => transpose => max_over_time >",
    ),
    (
        "[8, 1]",
        "max_pool(2, stride: 1, padding: 1, dilation: 2)",
        "with a padding of 1 and a dilation of 2 a window of `max_pool` misses all values: the input gives [8, 1]",
        "< [8, 1] => max_pool(2, stride: 1, padding: 1) >",
    ),
    (
        "[8, 9, 2]",
        "max_pool(3, padding: 1, dilation: [1, 4], stride: [1, 6], ceil_mode: true)",
        "with a padding of 1 x 1 and a dilation of 1 x 4 a window of `max_pool` misses all values: the input gives [8, 9, 2]",
        "< [8, 9, 2] => max_pool(3, padding: 1, stride: [1, 6], ceil_mode: true) >",
    ),
    (
        "[8, 1]",
        "avg_pool(3, stride: 2, ceil_mode: true)",
        "the kernel of `avg_pool` spans 3 values, but has 1 to slide over, padding included: the input gives [8, 1]",
        "< [8, 1] => avg_pool(1, stride: 2, ceil_mode: true) >",
    ),
    (
        "[8, 4, 9]",
        "pad([4, 9], mode: reflect)",
        "a mirror at the edge of 4 x 9 values shows at most 3 x 8, not 4 x 9: the input gives [8, 4, 9]",
        "< [8, 4, 9] => pad([3, 8], mode: reflect) >",
    ),
    (
        "[8, 4]",
        "pad(1, after: 4, mode: reflect)",
        "a mirror at the edge of 4 values shows at most 3, not 4: the input gives [8, 4]",
        "< [8, 4] => pad(1, after: 3, mode: reflect) >",
    ),
    (
        "[8, 4]",
        "pad([1, 2])",
        "`padding` is [height, width], but the input gives a signal [channels, length]: [8, 4]",
        "< [8, 4] => pad(2) >",
    ),
    (
        "8",
        "slice(2, 9)",
        "axis 0 has 8 places, and `slice` takes them up to 9: the input gives [8]",
        "< 8 => slice(2, 8) >",
    ),
    ("8", "slice(2)", "`slice` needs `end`: `slice(2, 3)`", "< 8 => slice(2, 3) >"),
    (
        "[8, 9]",
        "adaptive_max_pool([2, 2])",
        "`size` is [height, width], but the input gives a signal [channels, length]: [8, 9]",
        "< [8, 9] => adaptive_max_pool(2) >",
    ),
    ("[7, 6]", "lstm(0)", "`hidden` is 0, but must be at least 1", "< [7, 6] => lstm(64) >"),
    ("[7, 6]", "lstm", "`lstm` needs `hidden`: `lstm(64)`", "< [7, 6] => lstm(64) >"),
    (
        "[7, 6]",
        "lstm 5",
        "`lstm` takes its arguments in parentheses: `lstm(5)`",
        "< [7, 6] => lstm(5) >",
    ),
    (
        "[7, 6]",
        "LSTM(5, last: true)",
        "unknown layer `LSTM`, did you mean `lstm`?",
        "< [7, 6] => lstm(5, last: true) >",
    ),
    ("[7, 6]", "GRU(6, 5)", "unknown layer `GRU`, did you mean `gru`?", "< [7, 6] => gru(5) >"),
    (
        "[7, 6]",
        "SimpleRNN(5)",
        "unknown layer `SimpleRNN`, did you mean `rnn`?",
        "< [7, 6] => rnn(5) >",
    ),
    (
        "[7, 6]",
        "gru(units: 5)",
        "`gru` has no argument `units`, it is called `hidden`",
        "< [7, 6] => gru(hidden: 5) >",
    ),
    (
        "[7, 6]",
        "rnn(5, activation: relu)",
        "`rnn` has no argument `activation`, it is called `nonlinearity`",
        "< [7, 6] => rnn(5, nonlinearity: relu) >",
    ),
    (
        "[7, 6]",
        "lstm(5, return_sequences: true)",
        "`lstm` takes no `return_sequences`: `lstm(64)` gives the output after each step, `lstm(64, last: true)` that after the last",
        "< [7, 6] => lstm(5) >",
    ),
    ("[7, 6]", "sinusoidal(2)", "`sinusoidal` takes no argument", "< [7, 6] => sinusoidal >"),
    (
        "784",
        "attention(heads: 7, rotary: true)",
        "`attention` takes a sequence [length, features], but the input gives [784]",
        "< 784 => reshape[28, 28] => attention(heads: 7, rotary: true) >",
    ),
    (
        "[1, 9, 8]",
        "sinusoidal",
        "`sinusoidal` takes a sequence [length, features], but the input gives [1, 9, 8]",
        "< [1, 9, 8] => reshape[9, 8] => sinusoidal >",
    ),
    (
        "[8, 5, 5]",
        "attention(4)",
        "`attention` takes a sequence [length, features], but the input gives [8, 5, 5]",
        "< [8, 5, 5] => reshape[8, 25] => transpose => attention(4) >",
    ),
    (
        "[8, 5, 5]",
        "position",
        "`position` takes a sequence [length, features], but the input gives [8, 5, 5]",
        "< [8, 5, 5] => reshape[8, 25] => transpose => position >",
    ),
    (
        "[16, 64]",
        "attention(heads: 3)",
        "the 64 features do not divide into 3 heads: the input gives [16, 64]",
        "< [16, 64] => attention(heads: 2) >",
    ),
    (
        "[16, 64]",
        "attention(7, kv_heads: 3, causal: true)",
        "the 64 features do not divide into 7 heads: the input gives [16, 64]",
        "< [16, 64] => attention(8, kv_heads: 2, causal: true) >",
    ),
    (
        "[16, 64]",
        "attention(65)",
        "the 64 features do not divide into 65 heads: the input gives [16, 64]",
        "< [16, 64] => attention(64) >",
    ),
    (
        "[16, 64]",
        "attention(60, rotary: true)",
        "the 64 features do not divide into 60 heads: the input gives [16, 64]",
        "< [16, 64] => attention(32, rotary: true) >",
    ),
    (
        "[16, 64]",
        "attention(8, kv_heads: 3)",
        "the 8 heads of queries do not divide into 3 groups, one for each of `kv_heads`",
        "< [16, 64] => attention(8, kv_heads: 2) >",
    ),
    (
        "[16, 64]",
        "attention(4, kv_heads: 8)",
        "the 4 heads of queries do not divide into 8 groups, one for each of `kv_heads`",
        "< [16, 64] => attention(4, kv_heads: 4) >",
    ),
    (
        "[16, 12]",
        "attention(4, rotary: true)",
        "rotary embedding turns pairs of features, but a head has 3: 12 features in 4 heads",
        "< [16, 12] => attention(3, rotary: true) >",
    ),
    (
        "[16, 9]",
        "attention(3, rotary: true)",
        "rotary embedding turns pairs of features, but a head has 3: 9 features in 3 heads",
        "< [16, 9] => attention(3) >",
    ),
    (
        "[16, 8]",
        "rotary",
        "`rotary` is no stage, but a part of `attention`: `rotary: true`",
        "< [16, 8] => attention(4, rotary: true) >",
    ),
    (
        "[16, 8]",
        "RotaryEmbedding(8)",
        "`RotaryEmbedding` is no stage, but a part of `attention`: `rotary: true`",
        "< [16, 8] => attention(4, rotary: true) >",
    ),
    (
        "[16, 8]",
        "MultiheadAttention(8, 2)",
        "unknown layer `MultiheadAttention`, did you mean `attention`?",
        "< [16, 8] => attention(2) >",
    ),
    (
        "[16, 8]",
        "attention(num_heads: 2)",
        "`attention` has no argument `num_heads`, it is called `heads`",
        "< [16, 8] => attention(heads: 2) >",
    ),
    (
        "[16, 8]",
        "attention(2, embed_dim: 8)",
        "`attention` takes no `embed_dim`: that follows from the shape",
        "< [16, 8] => attention(2) >",
    ),
    (
        "[16, 8]",
        "attention",
        "`attention` needs `heads`: `attention(4)`",
        "< [16, 8] => attention(4) >",
    ),
    (
        "[16, 8]",
        "attention(2, is_causal: true)",
        "`attention` has no argument `is_causal`, it is called `causal`",
        "< [16, 8] => attention(2, causal: true) >",
    ),
    (
        "[16, 8]",
        "positional_encoding",
        "unknown layer `positional_encoding`, did you mean `sinusoidal`?",
        "< [16, 8] => sinusoidal >",
    ),
    (
        "[16, 8]",
        "position(length: 12)",
        "a table of 12 positions for a sequence of 16: the input gives [16, 8]",
        "< [16, 8] => position(length: 16) >",
    ),
];

#[test]
fn what_does_not_fit_is_refused_once() {
    refused_once(REFUSED);
}

/// Checks that each of these is refused, with one message and a help that compiles.
pub fn refused_once(rows: &[(&str, &str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (input, stage, what, mended) in rows {
        let (declaration, faults, _) = read(&format!("< {input} => {stage} >"));
        let faults: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
        let settled = settled(&declaration);
        let (_, left, _) = read(&settled);
        if faults != [*what] || settled != *mended || !left.is_empty() {
            wrong.push(format!("{input} => {stage}: {faults:?}\n{settled}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn const_parameters_are_not_computed_with() {
    for (input, stage, what) in [
        (
            "const H: usize; H",
            "group_norm(2)",
            "Rust cannot yet compute with const parameters such as `H`, as the output of `group_norm` would need",
        ),
        (
            "const H: usize; H",
            "conv(2, 3)",
            "Rust cannot yet compute with const parameters such as `H`, as the output of `conv` would need",
        ),
        (
            "const H: usize; H",
            "reshape[1, 4]",
            "Rust cannot yet compute with const parameters such as `H`, as the output of `reshape` would need",
        ),
    ] {
        let (_, faults, _) = read(&format!("< {input} => {stage} >"));
        let faults: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
        assert_eq!(faults, [what], "{input} => {stage}");
    }
}
