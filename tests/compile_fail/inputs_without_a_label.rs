//! One of several inputs without a label, without a size, and two of one label.
use static_net::prelude::*;

network! {
    struct Net< (state: 17, 6) => &state => 1 >;
    struct Sizeless< (state: 17, action: relu) => concat(&state | &action) => 1 >;
    struct Twice< (state: 17, state: 6) => &state => 1 >;
}

fn main() {
    Net::zeros().state();
}
