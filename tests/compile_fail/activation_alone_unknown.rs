//! A mistyped activation that stands alone.
use static_net::prelude::*;

network! {
    struct Net< 10 => 32 => sofmax >;
}

fn main() {
    Net::zeros().state();
}
