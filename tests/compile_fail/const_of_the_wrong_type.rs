//! A const of another type than `usize`.
use static_net::prelude::*;

const HIDDEN: u32 = 32;

network! {
    struct Net< 10 => relu HIDDEN => 2 >;
}

fn main() {
    Net::zeros().state();
}
