//! Rotary embedding is a part of attention and no stage of its own.
use static_net::prelude::*;

network! {
    struct Net< [16, 64] => rotary => attention(4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
