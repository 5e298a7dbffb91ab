//! A width at each step is no vector, however large it is.
use static_net::prelude::*;

network! {
    struct Head< 26 => 2 >;
    struct Net< [3, 8] => relu 26 => Head >;
}

fn main() {
    Net::zeros().state();
}
