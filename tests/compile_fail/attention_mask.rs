//! A mask is not the causal one.
use static_net::prelude::*;

network! {
    struct Net< [8, 4] => attention(2, mask: true) => take_last => 2 >;
}

fn main() {
    Net::zeros().state();
}
