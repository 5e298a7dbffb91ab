//! The networks of Neural Amp Modeler, declared. Shapes are part of a type: each size that a file may have is a declaration.

use static_net::prelude::*;

use super::architecture::{Architecture, Group};

/// Samples to a sequence, as the declarations say. A signal has no end: a stream takes blocks of any length, one behind the other.
pub const LENGTH: usize = 64;

/// A network of which a file says what shape it has.
pub trait Shaped {
    /// What it is called.
    const TITLE: &'static str;

    /// The shape.
    fn architecture() -> Architecture;
}

/// WaveNets of two groups of layers, without and with gates, from their sizes.
///
/// The layers of a group have causal convolutions with growing gaps (dilations). The hidden values of all of them are
/// added to what the head makes the output of; the second group goes on from what the first one gives, and its
/// head from the head of the first.
///
/// Not all sizes that NAM trains are here, as each takes a second to build. A1 nano would be
/// `a1! { Nano "A1 nano": 4 over [1, 2, 4, 8, 16, 32, 64] => 2 over [128, 256, 512, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512] }` and one
/// more line in [`KNOWN`](super::KNOWN), feather has 8 and 4 channels, lite 12 and 6.
macro_rules! a1 {
    ($(#[$($doc:tt)*])* $name:ident $title:literal: $c:literal over [$($low:literal),*] => $h:literal over [$($high:literal),*]) => {
        network! {
            $(#[$($doc)*])*
            pub struct $name<
                [1, 64] => conv($c, 1, bias: false)
                => low: repeat(D in [$($low),*]; residual(
                    z: tanh sum(conv($c, 3, padding: causal, dilation: D) | &input => conv($c, 1, bias: false))
                    => conv($c, 1)))
                => sum(&low[..].z) => head: conv($h, 1, bias: false)
                => &low => conv($h, 1, bias: false)
                => high: repeat(D in [$($high),*]; residual(
                    z: tanh sum(conv($h, 3, padding: causal, dilation: D) | &input => conv($h, 1, bias: false))
                    => conv($h, 1)))
                => sum(&head | &high[..].z) => conv(1, 1)
            >;
        }
        two_groups!($name $title: false, $c over [$($low),*] => $h over [$($high),*]);
    };
    // With gates, a convolution gives the values and as many gates.
    ($(#[$($doc:tt)*])* gated $name:ident $title:literal: $c:literal of $cc:literal over [$($low:literal),*]
        => $h:literal of $hh:literal over [$($high:literal),*]) => {
        network! {
            $(#[$($doc)*])*
            pub struct $name<
                [1, 64] => conv($c, 1, bias: false)
                => low: repeat(D in [$($low),*]; residual(
                    sum(conv($cc, 3, padding: causal, dilation: D) | &input => conv($cc, 1, bias: false))
                    => z: product(tanh slice(0, $c) | sigmoid slice($c, $cc)) => conv($c, 1)))
                => sum(&low[..].z) => head: conv($h, 1, bias: false)
                => &low => conv($h, 1, bias: false)
                => high: repeat(D in [$($high),*]; residual(
                    sum(conv($hh, 3, padding: causal, dilation: D) | &input => conv($hh, 1, bias: false))
                    => z: product(tanh slice(0, $h) | sigmoid slice($h, $hh)) => conv($h, 1)))
                => sum(&head | &high[..].z) => conv(1, 1)
            >;
        }
        two_groups!($name $title: true, $c over [$($low),*] => $h over [$($high),*]);
    };
}

macro_rules! two_groups {
    ($name:ident $title:literal: $gated:literal, $c:literal over $low:expr => $h:literal over $high:expr) => {
        impl Shaped for $name {
            const TITLE: &'static str = $title;

            fn architecture() -> Architecture {
                let group = |channels, dilations: &[usize], [size, bias]: [usize; 2]| Group {
                    channels,
                    kernels: vec![3; dilations.len()],
                    dilations: dilations.to_vec(),
                    activation: "Tanh".into(),
                    is_gated: $gated,
                    head_size: size,
                    head_kernel: 1,
                    head_bias: bias == 1,
                };
                Architecture::WaveNet(vec![group($c, &$low, [$h, 0]), group($h, &$high, [1, 1])])
            }
        }
    };
}

a1! {
    /// WaveNet A1, as it is trained by default.
    Standard "A1 standard": 16 over [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] => 8 over [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
}
a1! {
    /// WaveNet A1 with a gate for each hidden value.
    gated Gated "A1 standard, gated": 16 of 32 over [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
        => 8 of 16 over [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
}
a1! {
    /// The example of NAM core: a WaveNet of three layers.
    Example "the example of a WaveNet": 3 over [1, 2] => 2 over [8]
}

/// WaveNet A2: one group of 23 layers, whose kernels have 6 places or 15, and a head that looks back 16 samples.
macro_rules! a2 {
    ($(#[$($doc:tt)*])* $name:ident $title:literal: $c:literal) => {
        network! {
            $(#[$($doc)*])*
            pub struct $name<
                [1, 64] => conv($c, 1, bias: false)
                => low: repeat(D in [1, 3, 7, 17, 41, 101, 239, 1, 3, 7, 17, 41, 101, 239]; residual(
                    z: leaky_relu sum(conv($c, 6, padding: causal, dilation: D) | &input => conv($c, 1, bias: false))
                    => conv($c, 1)))
                => middle: repeat(D in [1, 13]; residual(
                    z: leaky_relu sum(conv($c, 15, padding: causal, dilation: D) | &input => conv($c, 1, bias: false))
                    => conv($c, 1)))
                => high: repeat(D in [1, 3, 7, 17, 41, 101, 239]; residual(
                    z: leaky_relu sum(conv($c, 6, padding: causal, dilation: D) | &input => conv($c, 1, bias: false))
                    => conv($c, 1)))
                => sum(&low[..].z | &middle[..].z | &high[..].z) => conv(1, 16, padding: causal)
            >;
        }

        impl Shaped for $name {
            const TITLE: &'static str = $title;

            fn architecture() -> Architecture {
                let run = [1, 3, 7, 17, 41, 101, 239];
                Architecture::WaveNet(vec![Group {
                    channels: $c,
                    kernels: [vec![6; 14], vec![15; 2], vec![6; 7]].concat(),
                    dilations: [&run[..], &run, &[1, 13], &run].concat(),
                    activation: "LeakyReLU(0.01)".into(),
                    is_gated: false,
                    head_size: 1,
                    head_kernel: 16,
                    head_bias: true,
                }])
            }
        }
    };
}

a2! {
    /// WaveNet A2.
    A2 "A2 full": 8
}
a2! {
    /// The smaller WaveNet A2, which stands beside the other in a file.
    A2Lite "A2 lite": 3
}

macro_rules! lstm {
    ($(#[$($doc:tt)*])* $name:ident $title:literal: $layers:literal of $h:literal, $($stage:ident)*) => {
        network! {
            $(#[$($doc)*])*
            pub struct $name< [64, 1] $(=> $stage: lstm($h))* => head: 1 >;
        }

        impl Shaped for $name {
            const TITLE: &'static str = $title;

            fn architecture() -> Architecture {
                Architecture::Lstm { layers: $layers, hidden: $h }
            }
        }
    };
}

lstm! {
    /// One layer of 24 units, as it is trained by default.
    Lstm24 "LSTM standard": 1 of 24, lstm1
}
lstm! {
    /// Two layers of 8 units.
    Lstm8 "LSTM lite": 2 of 8, lstm1 lstm2
}
lstm! {
    /// One layer of 16 units.
    Lstm16 "LSTM feather": 1 of 16, lstm1
}
lstm! {
    /// One layer of 12 units.
    Lstm12 "LSTM nano": 1 of 12, lstm1
}
lstm! {
    /// The example of NAM core.
    Lstm3 "the example of an LSTM": 1 of 3, lstm1
}
