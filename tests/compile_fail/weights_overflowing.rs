//! Two widths that fit, whose product does not.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 1000000000 => relu 10000000000 => 2 >;
}

fn main() {
    Net::zeros().state();
}
