//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (state: 17, action: 6) => concat(&state | &action) => relu 32 => 1 >;
    struct Joined< (state: 17, action: 6) => concat(&state => relu 8 | &action) => 1 >;
}

fn main() {
    Net::zeros().state();
}
