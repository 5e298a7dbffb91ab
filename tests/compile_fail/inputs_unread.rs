//! Inputs to which no stage refers.
use static_net::prelude::*;

network! {
    struct Net< (state: 17, action: 6) => &state => relu 32 => 1 >;
    struct First< (state: 17, action: 6) => &action => relu 32 => 1 >;
}

fn main() {
    Net::zeros().state();
}
