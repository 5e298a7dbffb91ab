//! Turns of a composition that repeats nothing, and of a layer.
use static_net::prelude::*;

network! {
    struct Net< 8 => mix: concat(up: relu 3 | 4) => concat(identity | &mix[..].up) => 2 >;
    struct OfALayer< 8 => a: relu 3 => concat(3 | &a[0]) => 2 >;
}

fn main() {
    Net::zeros().state();
    OfALayer::zeros().state();
}
