//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 10 => relu H => 4 >;
}

network! {
    struct Net< 10 => Encoder<16> => [4] => 2 >;
}

fn main() {
    Net::zeros().state();
}
