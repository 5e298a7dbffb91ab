//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => concat(left: residual(up: 8) | right: residual(up: 8)) => concat(identity | &left.up) => 2 >;
    struct Inside< 8 => mix: concat(up: 3 | 4) => #[tensors = "down"] up: 5 => concat(identity | &up | &mix.up) => 2 >;
}

fn main() {
    Net::zeros().state();
    Inside::zeros().state();
}
