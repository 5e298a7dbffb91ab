//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

#[allow(unused_macros)]
macro_rules! width {
    () => {
        32
    };
}

network! {
    struct Net< 10 => { width!() } => 2 >;
}

fn main() {
    Net::zeros().state();
}
