//! A stated shape that does not hold, where a const gives the number.
use static_net::prelude::*;

const HIDDEN: usize = 32;

network! {
    struct Net< 10 => relu HIDDEN => [16] => 2 >;
}

fn main() {
    Net::zeros().state();
}
