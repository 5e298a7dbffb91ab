//! The ends of the activations have their names already.
use static_net::prelude::*;

network! {
    struct Net< 10 => input: relu 32 => output: 2 >;
}

fn main() {
    Net::zeros().state();
}
