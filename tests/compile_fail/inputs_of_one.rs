//! One input that is written as several.
use static_net::prelude::*;

network! {
    struct Net< (state: 17) => relu 32 => 1 >;
}

fn main() {
    Net::zeros().state();
}
