//! A `>` with more after it is a mistyped arrow and not the end.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 > 2 >;
}

fn main() {
    Net::zeros().state();
}
