//! Inputs with a bar between them, with signs of equality, and one without a label in front.
use static_net::prelude::*;

network! {
    struct Net< (state: 17 | action: 6) => concat(&state | &action) => 1 >;
    struct Equal< (state = 17, action: 6) => concat(&state | &action) => 1 >;
    struct First< (17, action: 6) => &action => 1 >;
}

fn main() {
    Net::zeros().state();
}
