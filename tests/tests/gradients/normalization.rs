//! Normalisations and dropout, in evaluation and in training.

use static_net::activation::Tanh;
use static_net::layer::{
    Activated, BatchNorm, Dropout, GroupNorm, InstanceNorm, Layer, LayerNorm, Normalize, RmsNorm,
};
use static_net::shape::{Numbers, Rank1, Rank2, Rank3};
use static_net_tests::gradient::{check, check_training};

const EPS: u64 = f64::to_bits(0.02);
const P: u64 = f64::to_bits(0.3);

fn both<L: Layer<f64, Input: Numbers<f64>>>() {
    for (seed, batch) in super::BATCHES.into_iter().enumerate() {
        check::<L>(batch, seed as u64);
        if batch == 0 || batch >= L::NEEDS.training_samples {
            check_training::<L>(batch, seed as u64);
        }
    }
}

#[test]
fn batch_norm_of_vectors() {
    both::<BatchNorm<f64, Rank1<1>, 1>>();
    both::<BatchNorm<f64, Rank1<11>, 11>>();
    both::<BatchNorm<f64, Rank1<16>, 16, EPS, { f64::to_bits(0.4) }>>();
    both::<BatchNorm<f64, Rank3<5, 1, 1>, 5>>();
    // More samples than are added up in one go.
    check_training::<BatchNorm<f64, Rank1<3>, 3>>(600, 1);
}

#[test]
fn batch_norm_of_signals_and_images() {
    both::<BatchNorm<f64, Rank2<3, 7>, 3>>();
    both::<BatchNorm<f64, Rank2<2, 33>, 2, EPS>>();
    both::<BatchNorm<f64, Rank3<3, 4, 5>, 3>>();
    check_training::<BatchNorm<f64, Rank3<2, 7, 9>, 2>>(150, 1);
    check_training::<BatchNorm<f64, Rank2<1, 5000>, 1>>(3, 1);
}

/// Without weight and bias, or without a bias.
#[test]
fn without_parameters() {
    const MOMENTUM: u64 = f64::to_bits(0.4);
    both::<BatchNorm<f64, Rank1<11>, 11, EPS, MOMENTUM, 0>>();
    both::<BatchNorm<f64, Rank3<3, 4, 5>, 3, EPS, MOMENTUM, 0>>();
    both::<GroupNorm<f64, Rank1<12>, 12, 3, EPS, 0>>();
    both::<GroupNorm<f64, Rank3<6, 3, 4>, 6, 2, EPS, 0>>();
    both::<LayerNorm<f64, Rank1<5>, 5, EPS, 1, 0>>();
    both::<LayerNorm<f64, Rank2<3, 35>, 35, EPS, 1, 0>>();
    both::<LayerNorm<f64, Rank2<3, 35>, 35, EPS, 1, 35, 0>>();
    both::<LayerNorm<f64, Rank3<2, 3, 4>, 12, EPS, 2, 12, 0>>();
    check::<LayerNorm<f64, Rank1<9001>, 9001, EPS, 1, 9001, 0>>(2, 1);
    both::<RmsNorm<f64, Rank1<5>, 5, EPS, 1, 0>>();
    both::<RmsNorm<f64, Rank3<2, 3, 4>, 12, EPS, 2, 0>>();
    check::<RmsNorm<f64, Rank1<9001>, 9001, EPS, 1, 0>>(2, 1);
}

#[test]
fn layer_norm() {
    both::<LayerNorm<f64, Rank1<5>, 5>>();
    both::<LayerNorm<f64, Rank1<64>, 64>>();
    both::<LayerNorm<f64, Rank2<3, 35>, 35, EPS>>();
    both::<LayerNorm<f64, Rank2<3, 35>, 105>>();
    both::<LayerNorm<f64, Rank3<2, 3, 4>, 4>>();
    both::<LayerNorm<f64, Rank3<2, 3, 4>, 12>>();
    both::<LayerNorm<f64, Rank3<2, 3, 4>, 24>>();
    check::<LayerNorm<f64, Rank1<9001>, 9001>>(2, 1);
}

#[test]
fn normalize() {
    both::<Normalize<Rank1<5>>>();
    both::<Normalize<Rank2<3, 35>>>();
    both::<Normalize<Rank2<3, 35>, 0, EPS>>();
    both::<Normalize<Rank3<4, 3, 2>, 0>>();
    both::<Normalize<Rank3<2, 3, 7>, 1>>();
    // Most are shorter than that, where it is a division by a constant.
    both::<Normalize<Rank2<3, 4>, 0, { f64::to_bits(9.0) }>>();
    both::<Activated<Normalize<Rank2<2, 3>, 1>, Tanh>>();
    check::<Normalize<Rank1<9001>>>(2, 1);
}

#[test]
fn rms_norm() {
    both::<RmsNorm<f64, Rank1<1>, 1, EPS>>();
    both::<RmsNorm<f64, Rank1<5>, 5>>();
    both::<RmsNorm<f64, Rank2<3, 35>, 35, EPS>>();
    both::<RmsNorm<f64, Rank3<2, 3, 4>, 12>>();
    check::<RmsNorm<f64, Rank1<9001>, 9001>>(2, 1);
}

#[test]
fn group_norm() {
    both::<GroupNorm<f64, Rank1<12>, 12, 3>>();
    both::<GroupNorm<f64, Rank1<9>, 9, 1, EPS>>();
    both::<GroupNorm<f64, Rank2<4, 5>, 4, 2>>();
    both::<GroupNorm<f64, Rank2<4, 5>, 4, 4>>();
    both::<GroupNorm<f64, Rank3<6, 3, 4>, 6, 2, EPS>>();
    check::<GroupNorm<f64, Rank3<4, 40, 60>, 4, 2>>(2, 1);
}

#[test]
fn instance_norm() {
    both::<InstanceNorm<f64, Rank2<4, 5>, 4>>();
    both::<InstanceNorm<f64, Rank2<4, 35>, 4, 4, EPS>>();
    both::<InstanceNorm<f64, Rank3<3, 4, 5>, 3, 3>>();
    both::<InstanceNorm<f64, Rank3<3, 4, 5>, 3, 0, EPS>>();
}

#[test]
fn dropout() {
    both::<Dropout<Rank1<1>, P>>();
    both::<Dropout<Rank1<37>, { f64::to_bits(0.0) }>>();
    both::<Dropout<Rank2<19, 37>, P>>();
    both::<Dropout<Rank3<2, 3, 4>, { f64::to_bits(0.5) }>>();
}

#[test]
fn with_an_activation() {
    both::<Activated<BatchNorm<f64, Rank2<3, 4>, 3>, Tanh>>();
    both::<Activated<Dropout<Rank1<9>, P>, Tanh>>();
    both::<Activated<LayerNorm<f64, Rank1<9>, 9>, Tanh>>();
}
