//! Parameters lie in memory in the order of their fields.
use static_net::prelude::*;

#[derive(Parameters)]
#[allow(dead_code)]
struct Gain {
    gain: SVector<f32, 4>,
}

network! {
    struct Net< 4 => 2 >;
}

fn main() {
    Net::zeros().state();
}
