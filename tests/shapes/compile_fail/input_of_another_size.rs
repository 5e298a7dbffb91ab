//! Twelve numbers for a network that takes ten.
use static_net::prelude::*;

network! {
    struct Policy< 10 => relu 32 => relu 16 => 2 >;
}

fn main() {
    Policy::zeros().forward(&SVector::<f32, 12>::zeros());
}
