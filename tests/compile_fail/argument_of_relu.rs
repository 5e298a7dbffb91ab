//! An activation that takes no argument.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu(0.5) 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
