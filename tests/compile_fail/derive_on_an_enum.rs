//! Only a struct can be parameters.
use static_net::prelude::*;

#[derive(Parameters)]
#[allow(dead_code)]
enum Gain {
    Some(f32),
}

network! {
    struct Net< 4 => 2 >;
}

fn main() {
    Net::zeros().state();
}
