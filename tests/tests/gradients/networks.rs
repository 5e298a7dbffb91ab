//! Whole networks for images.

use static_net::prelude::*;
use static_net_tests::gradient::{check, check_training};

network! {
    struct Classifier<
        f64;
        [1, 12, 12]
        => tanh conv(4, 5, padding: 2) => max_pool(2)
        => gelu conv(6, 3, groups: 2) => avg_pool(2)
        => flatten => silu 16 => log_softmax 10
    >;
    struct Resolutions<
        f64;
        [3, 8, 8]
        => stem: conv(4, 3, padding: same, bias: false) => norm: tanh batch_norm
        => tanh residual(
            first: conv(4, 3, padding: same, bias: false) => tanh batch_norm
            => conv(4, 3, padding: same, bias: false) => batch_norm)
        => tanh residual(
            conv(8, 3, stride: 2, padding: 1) => batch_norm => tanh => depthwise(3, padding: 1);
            project: conv(8, 1, stride: 2))
        => global_avg_pool => dropout(0.3) => 5
    >;
    struct Denoiser<
        f64;
        [1, 8, 8]
        => tanh conv(4, 3, stride: 2, padding: 1) => group_norm(2)
        => code: gelu conv(8, 3, stride: 2, padding: 1) => instance_norm(affine: true)
        => concat(tanh conv_transpose(4, 3, stride: 2, padding: 1, output_padding: 1) | upsample(2))
        => rms_norm(axes: 1) => upsample(2, mode: bilinear)
        => sigmoid conv(1, 3, padding: same)
    >;
    struct Signal<
        f64;
        [2, 30]
        => tanh conv(6, 5, stride: 2) => layer_norm => repeat(2; residual(depthwise(3, padding: same) => gelu conv(6, 1)))
        => transpose => reshape[1, 13, 6] => permute[2, 0, 1] => adaptive_avg_pool([1, 4]) => global_max_pool => 3
    >;
}

#[test]
fn classifier() {
    for (seed, batch) in [0, 1, 2, 9].into_iter().enumerate() {
        check::<Classifier>(batch, seed as u64);
    }
}

#[test]
fn residual_network() {
    for (seed, batch) in [1, 2, 7].into_iter().enumerate() {
        check::<Resolutions>(batch, seed as u64);
        check_training::<Resolutions>(batch, seed as u64);
    }
}

#[test]
fn denoiser() {
    for (seed, batch) in [1, 2, 7].into_iter().enumerate() {
        check::<Denoiser>(batch, seed as u64);
    }
}

#[test]
fn signal() {
    for (seed, batch) in [1, 2, 7].into_iter().enumerate() {
        check::<Signal>(batch, seed as u64);
    }
}
