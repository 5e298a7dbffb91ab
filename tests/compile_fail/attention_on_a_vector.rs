//! Attention behind a vector.
use static_net::prelude::*;

network! {
    struct Net< 64 => attention(4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
