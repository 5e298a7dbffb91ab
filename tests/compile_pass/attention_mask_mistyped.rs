//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [5, 8] => masked: 1 => mask: flatten => &input => attention(heads: 2, mask: &mask) => 3 >;
}

fn main() {
    Net::zeros().state();
}
