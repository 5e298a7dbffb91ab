//! Attention and the layers that tell it positions, in evaluation and in training.

use static_net::layer::{Attention, Layer, Position, Sinusoidal};
use static_net::shape::Numbers;
use static_net_tests::gradient::{check, check_training};

const P: u64 = f64::to_bits(0.3);
/// Empty, one sample, some, and more than are projected together.
const BATCHES: [usize; 3] = [0, 1, 3];

fn both<L: Layer<f64, Input: Numbers<f64>>>() {
    for (seed, batch) in BATCHES.into_iter().enumerate() {
        check::<L>(batch, seed as u64);
        check_training::<L>(batch, seed as u64);
    }
}

#[test]
fn of_all_positions() {
    both::<Attention<f64, 1, 4, 2, 12, 12, 4>>();
    both::<Attention<f64, 5, 6, 2, 18, 18, 6>>();
    both::<Attention<f64, 17, 8, 1, 24, 24, 8>>();
    both::<Attention<f64, 9, 36, 2, 108, 108, 36>>();
}

#[test]
fn causal() {
    both::<Attention<f64, 1, 4, 1, 12, 12, 4, true>>();
    both::<Attention<f64, 5, 6, 3, 18, 18, 6, true>>();
    both::<Attention<f64, 33, 8, 2, 24, 24, 8, true>>();
    both::<Attention<f64, 16, 20, 1, 60, 60, 20, true>>();
}

#[test]
fn without_biases() {
    both::<Attention<f64, 5, 6, 2, 18>>();
    both::<Attention<f64, 5, 6, 3, 18, 0, 0, true, true>>();
}

#[test]
fn of_grouped_queries() {
    both::<Attention<f64, 7, 8, 4, 16, 16, 8>>();
    both::<Attention<f64, 7, 12, 6, 20, 20, 12, true>>();
    both::<Attention<f64, 20, 8, 4, 12, 0, 0, true, true>>();
}

#[test]
fn with_rotary_embedding() {
    both::<Attention<f64, 6, 8, 2, 24, 24, 8, false, true>>();
    both::<Attention<f64, 11, 12, 1, 36, 36, 12, true, true>>();
}

#[test]
fn with_dropout() {
    both::<Attention<f64, 1, 4, 2, 12, 12, 4, false, false, P>>();
    both::<Attention<f64, 9, 6, 3, 18, 18, 6, false, false, P>>();
    both::<Attention<f64, 10, 8, 4, 16, 16, 8, true, true, P>>();
}

/// More than one block of scores, a last block that is not full, and more samples than are projected together.
#[test]
fn of_long_sequences() {
    check::<Attention<f64, 64, 4, 2, 12, 12, 4>>(5, 1);
    check::<Attention<f64, 64, 4, 2, 12, 12, 4, true>>(5, 2);
    check::<Attention<f64, 65, 4, 1, 12, 12, 4, true>>(1, 3);
    check::<Attention<f64, 150, 6, 2, 18, 18, 6>>(1, 4);
    check::<Attention<f64, 150, 6, 3, 10, 10, 6, true, true>>(2, 5);
    check_training::<Attention<f64, 150, 4, 2, 8, 8, 4, true, false, P>>(1, 6);
    check_training::<Attention<f64, 130, 4, 2, 12, 0, 0, false, false, P>>(2, 7);
}

/// Weights that are copied before they are multiplied.
#[test]
fn of_wide_positions() {
    check::<Attention<f64, 9, 160, 4, 480, 480, 160, true>>(2, 1);
}

#[test]
fn positions() {
    both::<Position<f64, 1, 1, 1>>();
    both::<Position<f64, 7, 5, 7>>();
    both::<Position<f64, 7, 5, 12>>();
    both::<Sinusoidal<1, 2>>();
    both::<Sinusoidal<7, 6>>();
    both::<Sinusoidal<70, 18>>();
}
