//! A mistyped activation is reported at its word, with the nearest that there is.
use static_net::prelude::*;

network! {
    struct Net< 10 => rellu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
