//! A layer has one value at least.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 0 => 2 >;
}

fn main() {}
