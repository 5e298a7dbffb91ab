//! A layer's word with a letter too many.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => convv(8, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
