//! A flag has a value.
use static_net::prelude::*;

network! {
    struct Net< [16, 8] => attention(heads: 2, causal) => take_last => 2 >;
}

fn main() {
    Net::zeros().state();
}
