//! Rotary embedding of heads with an odd number of features.
use static_net::prelude::*;

network! {
    struct Net< [16, 12] => attention(4, rotary: true) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
