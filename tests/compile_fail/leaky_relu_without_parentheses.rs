//! An argument of an activation behind the word.
use static_net::prelude::*;

network! {
    struct Net< 10 => leaky_relu 0.2 => 2 >;
}

fn main() {
    Net::zeros().state();
}
