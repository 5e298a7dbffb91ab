//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [8, 4] => attention(2, causal: true) => take_last => 2 >;
}

fn main() {
    Net::zeros().state();
}
