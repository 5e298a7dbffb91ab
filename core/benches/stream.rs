//! One step of temporal convolutional networks, beside the forward pass over as many steps as the last output
//! depends on, which is what a step costs without a stream; and blocks of 64 steps.
//!
//! `cargo bench -p static-net --bench stream`

use divan::{Bencher, black_box};
use static_net::prelude::*;

network! {
    /// Four blocks over eight channels: the last output depends on 61 steps.
    struct Small<
        [1, 61]
        => conv(8, 1)
        => residual(relu conv(8, 3, padding: causal) => relu conv(8, 3, padding: causal))
        => residual(relu conv(8, 3, padding: causal, dilation: 2) => relu conv(8, 3, padding: causal, dilation: 2))
        => residual(relu conv(8, 3, padding: causal, dilation: 4) => relu conv(8, 3, padding: causal, dilation: 4))
        => residual(relu conv(8, 3, padding: causal, dilation: 8) => relu conv(8, 3, padding: causal, dilation: 8))
        => conv(1, 1)
    >;
    /// Four dilated layers over 8 channels, and over 16.
    struct Four8<
        [1, 64]
        => tanh conv(8, 3, padding: causal)
        => tanh conv(8, 3, padding: causal, dilation: 2)
        => tanh conv(8, 3, padding: causal, dilation: 4)
        => tanh conv(8, 3, padding: causal, dilation: 8)
        => conv(1, 1)
    >;
    struct Four16<
        [1, 64]
        => tanh conv(16, 3, padding: causal)
        => tanh conv(16, 3, padding: causal, dilation: 2)
        => tanh conv(16, 3, padding: causal, dilation: 4)
        => tanh conv(16, 3, padding: causal, dilation: 8)
        => conv(1, 1)
    >;
    struct Recurrent< [64, 1] => gru(24) => 1 >;
    /// Ten layers as in WaveNet, over 16 channels: the last output depends on 1024 steps.
    struct Wave<
        [1, 1024]
        => conv(16, 1)
        => residual(tanh conv(16, 2, padding: causal))
        => residual(tanh conv(16, 2, padding: causal, dilation: 2))
        => residual(tanh conv(16, 2, padding: causal, dilation: 4))
        => residual(tanh conv(16, 2, padding: causal, dilation: 8))
        => residual(tanh conv(16, 2, padding: causal, dilation: 16))
        => residual(tanh conv(16, 2, padding: causal, dilation: 32))
        => residual(tanh conv(16, 2, padding: causal, dilation: 64))
        => residual(tanh conv(16, 2, padding: causal, dilation: 128))
        => residual(tanh conv(16, 2, padding: causal, dilation: 256))
        => residual(tanh conv(16, 2, padding: causal, dilation: 512))
        => conv(1, 1)
    >;
    /// Depthwise-separable blocks over 64 channels.
    struct Separable<
        [64, 64]
        => repeat(4; residual(relu depthwise(5, padding: causal) => conv(64, 1)))
    >;
}

fn main() {
    divan::main();
}

#[divan::bench]
fn small_step(bencher: Bencher) {
    let net = Small::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    bencher.bench_local(|| stream.push(black_box(&[0.5])));
}

#[divan::bench]
fn small_forward(bencher: Bencher) {
    let net = Small::new(&mut StdRng::seed_from_u64(1));
    bencher.bench_local(|| net.forward(black_box(&[0.5; 61])));
}

#[divan::bench]
fn wave_step(bencher: Bencher) {
    let net = Wave::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    bencher.bench_local(|| stream.push(black_box(&[0.5])));
}

#[divan::bench]
fn wave_forward(bencher: Bencher) {
    let net = Wave::new(&mut StdRng::seed_from_u64(1));
    bencher.bench_local(|| net.forward(black_box(&[0.5; 1024])));
}

#[divan::bench]
fn separable_step(bencher: Bencher) {
    let net = Separable::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    bencher.bench_local(|| stream.push(black_box(&[0.5; 64])));
}

#[divan::bench]
fn separable_forward(bencher: Bencher) {
    let net = Separable::new(&mut StdRng::seed_from_u64(1));
    bencher.bench_local(|| net.forward(black_box(&[0.5; 64 * 64])));
}

/// Samples of a sine, as varied as sound is.
fn sound() -> [[f32; 1]; 64] {
    core::array::from_fn(|time| [(time as f32 * 0.7).sin()])
}

macro_rules! steps_and_blocks {
    ($($net:ident $steps:ident $blocks:ident;)*) => {$(
        /// 64 of them.
        #[divan::bench]
        fn $steps(bencher: Bencher) {
            let (net, x) = ($net::new(&mut StdRng::seed_from_u64(1)), sound());
            let mut stream = net.stream();
            bencher.bench_local(|| x.map(|x| stream.push(black_box(&x))));
        }

        /// 64 steps at once.
        #[divan::bench]
        fn $blocks(bencher: Bencher) {
            let (net, x) = ($net::new(&mut StdRng::seed_from_u64(1)), sound());
            let mut stream = net.stream();
            let mut y = [[0.0; 1]; 64];
            bencher.bench_local(|| {
                stream.push_block(black_box(&x), &mut y);
                y[63]
            });
        }
    )*};
}

steps_and_blocks! {
    Four8 four_of_8_steps four_of_8_block;
    Four16 four_of_16_steps four_of_16_block;
    Wave wave_steps wave_block;
    Recurrent recurrent_steps recurrent_block;
}
