//! Whole networks for images, in evaluation and over three steps of training.

use super::normalization::compare_training;
use super::*;

network! {
    struct Classifier<
        [1, 12, 12]
        => relu conv(4, 5, padding: 2) => max_pool(2)
        => relu conv(6, 3) => max_pool(2)
        => flatten => relu 16 => 10
    >;
    struct Residuals<
        [3, 8, 8]
        => stem: conv(4, 3, padding: same, bias: false) => norm: relu batch_norm
        => first: relu residual(
            conv1: conv(4, 3, padding: 1, bias: false) => bn1: relu batch_norm
            => conv2: conv(4, 3, padding: 1, bias: false) => bn2: batch_norm)
        => second: relu residual(
            conv1: conv(8, 3, stride: 2, padding: 1, bias: false) => bn1: relu batch_norm
            => conv2: conv(8, 3, padding: 1, bias: false) => bn2: batch_norm;
            project: conv(8, 1, stride: 2))
        => global_avg_pool => head: 5
    >;
    struct Denoiser<
        [1, 8, 8]
        => relu conv(4, 3, stride: 2, padding: 1) => group_norm(2)
        => code: gelu conv(8, 3, stride: 2, padding: 1)
        => relu conv_transpose(4, 3, stride: 2, padding: 1, output_padding: 1)
        => upsample(2, mode: bilinear)
        => sigmoid conv(1, 3, padding: same)
    >;
}

cases! {
    "networks.json";
    evaluation: "classifier" Classifier; "residuals" Residuals; "denoiser" Denoiser;
}

#[test]
fn training() {
    let cases = read("networks_training.json");
    let cases = cases.as_array().expect("a list of cases");
    for case in cases {
        match get(case, "name").as_str().expect("a name") {
            "classifier" => compare_training::<Classifier>(case),
            "residuals" => compare_training::<Residuals>(case),
            "denoiser" => compare_training::<Denoiser>(case),
            other => panic!("`{other}` is compared with nothing"),
        }
    }
    assert_eq!(cases.len(), CASES.len());
}
