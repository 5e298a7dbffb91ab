//! No stage is of the size of its turn.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(W in [3, 4, 5]; relu 8) => 2 >;
}

fn main() {
    Net::zeros().state();
}
