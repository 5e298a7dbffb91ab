//! A WaveNet (van den Oord et al. 2016) of 23 layers that takes a signal as it comes.

use static_net::prelude::*;

network! {
    struct WaveNet<
        [1, 4096]
        => conv(16, 1)
        => residual(tanh conv(16, 3, padding: causal, dilation: 1) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 2) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 4) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 8) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 16) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 32) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 64) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 128) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 256) => conv(16, 1))
        => residual(tanh conv(16, 3, padding: causal, dilation: 512) => conv(16, 1))
        => conv(8, 1)
        => residual(tanh conv(8, 3, padding: causal, dilation: 1) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 2) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 4) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 8) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 16) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 32) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 64) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 128) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 256) => conv(8, 1))
        => residual(tanh conv(8, 3, padding: causal, dilation: 512) => conv(8, 1))
        => conv(1, 1)
    >;
}

fn main() {
    let net = WaveNet::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    println!("{}", (0..1000).map(|time| stream.push(&[time as f32 / 1000.0])[0]).sum::<f32>());
}
