//! Attention that does not say how many heads it has.
use static_net::prelude::*;

network! {
    struct Net< [16, 64] => attention(causal: true) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
