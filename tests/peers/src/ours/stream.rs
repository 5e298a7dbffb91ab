//! Steps of streams, over a signal that varies.

use std::hint::black_box;

use static_net::prelude::*;

use super::{numbers, seeded};
use crate::reference::Reference;
use crate::serve::Run;
use crate::workload::BLOCK;

/// How many steps a signal has before it comes again.
const SIGNAL: usize = 4096;

macro_rules! recurrent {
    ($($net:ident: $word:ident $hidden:literal;)*) => {
        network! { $(struct $net< [64, 1] => $word($hidden) => 1 >;)* }
    };
}

recurrent! {
    Lstm8: lstm 8;
    Lstm16: lstm 16;
    Lstm20: lstm 20;
    Lstm40: lstm 40;
    Lstm64: lstm 64;
    Gru8: gru 8;
    Gru16: gru 16;
    Gru24: gru 24;
    Gru64: gru 64;
}

macro_rules! convolutions {
    ($($net:ident: $channels:literal;)*) => {
        network! { $(struct $net<
            [1, 64]
            => tanh conv($channels, 3, padding: causal)
            => tanh conv($channels, 3, padding: causal, dilation: 2)
            => tanh conv($channels, 3, padding: causal, dilation: 4)
            => tanh conv($channels, 3, padding: causal, dilation: 8)
            => conv(1, 1)
        >;)* }
    };
}

convolutions! {
    Convolutions8: 8;
    Convolutions16: 16;
}

network! {
    /// The standard WaveNet of Neural Amp Modeler: 13,802 weights with its scale.
    struct WaveNet<
        [1, 64] => conv(16, 1, bias: false)
        => low: repeat(D in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]; residual(
            z: tanh sum(conv(16, 3, padding: causal, dilation: D) | &input => conv(16, 1, bias: false))
            => conv(16, 1)))
        => sum(&low[..].z) => head: conv(8, 1, bias: false)
        => &low => conv(8, 1, bias: false)
        => high: repeat(D in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]; residual(
            z: tanh sum(conv(8, 3, padding: causal, dilation: D) | &input => conv(8, 1, bias: false))
            => conv(8, 1)))
        => sum(&head | &high[..].z) => conv(1, 1)
    >;
}

/// Runs one step after the other.
macro_rules! steps {
    ($net:expr) => {{
        let mut stream = Stream::new($net);
        let mut signal = numbers::<1>(SIGNAL).into_iter().cycle();
        Box::new(move || {
            let x = signal.next().unwrap_or_default();
            black_box(stream.push(black_box(&x)));
        })
    }};
}

/// Runs one block after the other.
macro_rules! blocks {
    ($net:expr) => {{
        let mut stream = Stream::new($net);
        let signal = numbers::<1>(SIGNAL);
        let (blocks, _) = signal.as_chunks::<BLOCK>();
        let mut blocks = blocks.to_vec().into_iter().cycle();
        let mut output = [[0.0]; BLOCK];
        Box::new(move || {
            let block = blocks.next().unwrap_or([[0.0]; BLOCK]);
            stream.push_block(black_box(&block), &mut output);
            black_box(&output);
        })
    }};
}

macro_rules! workloads {
    ($($name:literal => $run:ident $net:ident, $signal:expr;)*) => {
        pub fn run(workload: &str) -> Option<Run> {
            Some(match workload {
                $($name => $run!($net::new(&mut seeded())),)*
                _ => return None,
            })
        }

        /// What all of these networks compute of signals of so many steps.
        pub fn references() -> Vec<Reference> {
            let mut references = Vec::new();
            $({
                let net = $net::new(&mut seeded());
                let tensors = net.to_safetensors();
                let values = net.state().to_vec();
                let mut stream = Stream::new(net);
                let x: Vec<f32> = numbers::<1>($signal).into_iter().flatten().collect();
                let y = x.iter().map(|&x| stream.push(&[x])[0]).collect();
                references.push(Reference { workload: $name, tensors, values, x, y });
            })*
            references
        }
    };
}

workloads! {
    "lstm-8" => steps Lstm8, SIGNAL;
    "lstm-16" => steps Lstm16, SIGNAL;
    "lstm-20" => steps Lstm20, SIGNAL;
    "lstm-40" => steps Lstm40, SIGNAL;
    "lstm-64" => steps Lstm64, SIGNAL;
    "gru-8" => steps Gru8, SIGNAL;
    "gru-16" => steps Gru16, SIGNAL;
    "gru-24" => steps Gru24, SIGNAL;
    "gru-64" => steps Gru64, SIGNAL;
    "conv-8" => steps Convolutions8, SIGNAL;
    "conv-16" => steps Convolutions16, SIGNAL;
    // Half of it is more than an output depends on: 4,093 samples.
    "wavenet" => blocks WaveNet, 2 * SIGNAL;
}
