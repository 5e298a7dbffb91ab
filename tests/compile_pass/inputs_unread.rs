//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 17 => relu 32 => 1 >;
    struct First< (state: 17, action: 6) => &action => relu 32 => a: 1 => &state => 1 => sum(identity | &a) >;
}

fn main() {
    Net::zeros().state();
}
