//! Two consts of one declaration that do not fit: each help mends both.
use static_net::prelude::*;

const HEADS: usize = 5;
const GROUPS: usize = 5;

network! {
    struct Net< [16, 12] => mix: attention(HEADS, bias: false) => transpose => group_norm(GROUPS) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
