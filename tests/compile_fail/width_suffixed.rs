//! Sizes are `usize` and nothing else, so a suffix says nothing.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 3_u32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
