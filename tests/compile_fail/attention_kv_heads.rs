//! Heads of keys that do not divide those of queries.
use static_net::prelude::*;

network! {
    struct Net< [16, 64] => attention(8, kv_heads: 3, causal: true) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
