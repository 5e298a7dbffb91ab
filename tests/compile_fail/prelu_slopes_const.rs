//! The same where only rustc knows the numbers.
use static_net::network;

const CHANNELS: usize = 8;
const OTHER: usize = 4;

network! {
    struct Net< [CHANNELS, 20] => tanh prelu(OTHER) >;
}

fn main() {}
