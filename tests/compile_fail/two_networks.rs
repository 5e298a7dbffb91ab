//! Faults of two networks in one macro call.
use static_net::prelude::*;

network! {
    struct Encoder< 10 => rellu 32 >;
    struct Net< 10 => relu 0 => 2 >;
}

fn main() {
    Net::zeros().state();
}
