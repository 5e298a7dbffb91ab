//! Recurrent layers, in one direction and in both, and what makes one vector of a sequence.

use static_net::activation::{Relu, Silu, Tanh};
use static_net::layer::Gates;
use static_net::layer::{
    Activated, Bidirectional, Gru, Lstm, MeanOverTime, Recurrent, RecurrentCell, Rnn, TakeLast,
};
use static_net::shape::{Rank1, Rank2};
use static_net_tests::gradient::{check, parameters_mut, run_each, zeros};

type Cell<K, const F: usize, const H: usize, const G: usize, const B: usize> =
    RecurrentCell<f64, K, F, H, G, B>;

/// In one direction and in both, after each step and after the last, of sequences of one, two and seven steps.
fn every_way<K, const F: usize, const H: usize, const G: usize, const B: usize, const D: usize>()
where
    K: Gates,
{
    for (seed, batch) in [0, 1, 2, 5, 9].into_iter().enumerate() {
        let seed = seed as u64;
        check::<Recurrent<Cell<K, F, H, G, B>, Rank2<7, F>, Rank2<7, H>>>(batch, seed);
        check::<Recurrent<Cell<K, F, H, G, B>, Rank2<7, F>, Rank1<H>>>(batch, seed);
        check::<Recurrent<Cell<K, F, H, G, B>, Rank2<1, F>, Rank1<H>>>(batch, seed);
        check::<Bidirectional<Cell<K, F, H, G, B>, Rank2<7, F>, Rank2<7, D>>>(batch, seed);
        check::<Bidirectional<Cell<K, F, H, G, B>, Rank2<2, F>, Rank1<D>>>(batch, seed);
    }
}

#[test]
fn rnn() {
    every_way::<Rnn, 3, 5, 5, 5, 10>();
    every_way::<Rnn, 1, 1, 1, 0, 2>();
    every_way::<Rnn<Relu>, 2, 8, 8, 8, 16>();
}

#[test]
fn lstm() {
    every_way::<Lstm, 3, 5, 20, 20, 10>();
    every_way::<Lstm, 1, 1, 4, 0, 2>();
    every_way::<Lstm, 2, 8, 32, 32, 16>();
}

#[test]
fn gru() {
    every_way::<Gru, 3, 5, 15, 15, 10>();
    every_way::<Gru, 1, 1, 3, 0, 2>();
    every_way::<Gru, 2, 8, 24, 24, 16>();
}

/// Weights that are copied before they are multiplied.
#[test]
fn weights_in_blocks() {
    check::<Recurrent<Cell<Lstm, 3, 130, 520, 520>, Rank2<2, 3>, Rank1<130>>>(9, 1);
    check::<Recurrent<Cell<Gru, 400, 60, 180, 0>, Rank2<3, 400>, Rank2<3, 60>>>(1, 2);
}

#[test]
fn with_an_activation_behind() {
    for (seed, batch) in super::BATCHES.into_iter().enumerate() {
        let seed = seed as u64;
        type Last = Recurrent<Cell<Lstm, 2, 3, 12, 12>, Rank2<4, 2>, Rank1<3>>;
        type Both = Bidirectional<Cell<Gru, 2, 3, 9, 9>, Rank2<4, 2>, Rank2<4, 6>>;
        check::<Activated<Last, Silu>>(batch, seed);
        check::<Activated<Both, Tanh>>(batch, seed);
    }
}

#[test]
fn one_vector_of_a_sequence() {
    for (seed, batch) in super::BATCHES.into_iter().enumerate() {
        let seed = seed as u64;
        check::<TakeLast<Rank2<1, 5>, Rank1<5>>>(batch, seed);
        check::<TakeLast<Rank2<6, 3>, Rank1<3>>>(batch, seed);
        check::<MeanOverTime<Rank2<1, 5>, Rank1<5>>>(batch, seed);
        check::<MeanOverTime<Rank2<6, 19>, Rank1<19>>>(batch, seed);
    }
}

/// A gradient that is halved at each step back is a power of two, exact down to the smallest that is kept, then zero.
#[test]
fn what_is_carried_back_is_kept_bit_for_bit_or_zero() {
    macro_rules! halves {
        ($scalar:ident, $length:literal, $kept:literal) => {
            type Halves = Recurrent<
                RecurrentCell<$scalar, Rnn<Relu>, 1, 1, 1, 0>,
                Rank2<$length, 1>,
                Rank1<1>,
            >;
            let mut layer = zeros::<$scalar, Halves>();
            parameters_mut(&mut *layer).copy_from_slice(&[1.0, 0.5]);
            for (set, run) in run_each(&*layer, &[1.0; $length], &[1.0]) {
                for (steps, &d_input) in run.d_input.iter().rev().enumerate() {
                    let expected =
                        if steps <= $kept { <$scalar>::powi(0.5, steps as i32) } else { 0.0 };
                    assert_eq!(d_input, expected, "{set}: {steps} steps back");
                }
            }
        };
    }
    {
        halves!(f32, 140, 119);
    }
    halves!(f64, 1040, 1015);
}
