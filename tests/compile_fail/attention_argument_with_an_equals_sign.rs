//! A name stands in front of a colon.
use static_net::prelude::*;

network! {
    struct Net< [16, 8] => attention(heads = 4) => take_last => 2 >;
}

fn main() {
    Net::zeros().state();
}
