//! One step of temporal convolutional networks, beside the forward pass over as many steps as the last output
//! depends on, which is what a step costs without a stream.
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
