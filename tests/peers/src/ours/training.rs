//! Training steps.

use static_net::prelude::*;

use super::{Mnist, classes, numbers, seeded};
use crate::serve::Run;
use crate::workload::{GPT_BATCH, GPT_LENGTH, LENET_BATCH, NANO_GPT_BATCH};

const VOCABULARY: usize = 65;

network! {
    struct Square< 64 => relu 64 => relu 64 => 10 >;
    struct LeNet<
        [1, 28, 28]
        => relu conv(6, 5, padding: 2) => max_pool(2)
        => relu conv(16, 5) => max_pool(2)
        => flatten => relu 120 => relu 84 => 10
    >;
    struct Sequences< [64, 32] => gru(64, last: true) => 1 >;
}

macro_rules! gpt {
    ($($net:ident: $width:literal, $hidden:literal;)*) => {
        network! { $(struct $net<
            tokens(GPT_LENGTH, vocab: VOCABULARY)
            => embedding($width) => position
            => repeat(4;
                residual(norm: layer_norm => attn: attention(heads: 4, causal: true))
                => feed_forward: residual(norm: layer_norm => up: gelu $hidden => down: $width))
            => layer_norm => VOCABULARY
        >;)* }
    };
}

gpt! {
    Gpt64: 64, 256;
    Gpt128: 128, 512;
}

/// A step: forward, loss, backward and the optimizer's.
macro_rules! training {
    ($net:expr, $optimizer:expr, $loss:expr, $x:expr, $targets:expr) => {{
        let (mut net, x, targets, loss) = ($net, $x, $targets, $loss);
        let mut optimizer = $optimizer(&net);
        let mut training = net.training();
        Box::new(move || {
            training.forward(&net, x.as_slice());
            training.backward(&net, loss, &targets);
            optimizer.step(&mut net, training.gradient());
        })
    }};
}

pub fn run(workload: &str) -> Option<Run> {
    let rng = &mut seeded();
    Some(match workload {
        "train-64-64-64-10" => {
            training!(Square::new(rng), Adam::new, CrossEntropy, numbers::<64>(32), classes(32))
        }
        "train-784-512-256-10" => {
            training!(Mnist::new(rng), Adam::new, CrossEntropy, numbers::<784>(128), classes(128))
        }
        "train-lenet" => {
            let sgd = |net: &_| Sgd::new(net).learning_rate(0.01).momentum(0.9);
            let (images, classes) = (numbers::<784>(LENET_BATCH), classes(LENET_BATCH));
            training!(LeNet::new(rng), sgd, CrossEntropy, images, classes)
        }
        "train-gpt-64" => {
            let (tokens, targets) = (tokens(GPT_BATCH), tokens(GPT_BATCH));
            let loss = CrossEntropy.each_step::<VOCABULARY>();
            training!(Gpt64::new(rng), AdamW::new, loss, tokens, targets)
        }
        "train-gpt-128" => {
            let (tokens, targets) = (tokens(NANO_GPT_BATCH), tokens(NANO_GPT_BATCH));
            let loss = CrossEntropy.each_step::<VOCABULARY>();
            training!(Gpt128::new(rng), AdamW::new, loss, tokens, targets)
        }
        "train-gru" => {
            let (x, targets) = (numbers::<2048>(32), SMatrix::<f32, 1, 32>::repeat(0.5));
            training!(Sequences::new(rng), Adam::new, MeanSquaredError, x, targets)
        }
        _ => return None,
    })
}

fn tokens(samples: usize) -> Vec<[u32; GPT_LENGTH]> {
    let mut rng = seeded();
    let mut draw = || std::array::from_fn(|_| rng.random_range(0..VOCABULARY as u32));
    (0..samples).map(|_| draw()).collect()
}
