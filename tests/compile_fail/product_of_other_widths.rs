//! Branches are multiplied value by value.
use static_net::prelude::*;

network! {
    struct Net< 4 => product(tanh 8 | sigmoid 6) => 2 >;
}

fn main() {
    Net::zeros().state();
}
