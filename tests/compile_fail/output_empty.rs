//! An output without stages.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => (policy: 6 | ) >;
}

fn main() {
    Net::zeros().state();
}
