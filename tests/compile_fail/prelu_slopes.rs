//! Another number of slopes than one or one for each channel, which may be what they start at.
use static_net::network;

network! {
    struct Net< [3, 28, 28] => conv(16, 3) => prelu(3) => flatten => 10 >;
    struct Parameter< const H: usize; 10 => H => prelu(H) => 2 >;
    struct Slope< 10 => 32 => prelu(0.1) => 2 >;
}

fn main() {}
