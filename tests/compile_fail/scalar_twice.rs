//! One scalar type.
use static_net::prelude::*;

network! {
    struct Net< f32, f64; 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
