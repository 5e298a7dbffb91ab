//! Heads of keys that do not divide those of queries, where only rustc knows it.
use static_net::prelude::*;

const GROUPS: usize = 3;

network! {
    struct Net< [16, 64] => attention(8, kv_heads: GROUPS) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
