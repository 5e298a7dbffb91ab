//! A sequence is stated in a network with const parameters too, whose checks are made for each of its sizes.
use static_net::prelude::*;

network! {
    struct Encoder< [8, 4] => 3 >;
    struct Net< const H: usize; 5 => relu H => 32 => reshape[8, 4] => Encoder => 2 >;
}

fn main() {
    Net::<16>::zeros().state();
}
