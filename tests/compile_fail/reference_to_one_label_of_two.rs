//! A label that two stages of compositions without a label have.
use static_net::prelude::*;

network! {
    struct Net< 8 => concat(up: 3 | #[tensors = "down"] up: 4) => concat(identity | &up) => 2 >;
    struct Inside< 8 => concat(up: 3 | 4) => #[tensors = "down"] up: 5 => concat(identity | &up) => 2 >;
}

fn main() {
    Net::zeros().state();
    Inside::zeros().state();
}
