//! A layer's fields are parameters and nothing else.
use static_net::prelude::*;

#[derive(Parameters)]
#[repr(C)]
#[allow(dead_code)]
struct Gain {
    gain: SVector<f32, 4>,
    name: String,
}

network! {
    struct Net< 4 => 2 >;
}

fn main() {
    Net::zeros().state();
}
