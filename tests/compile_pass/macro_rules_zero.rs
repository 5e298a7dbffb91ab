//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

macro_rules! net {
    ($width:literal) => {
        network! {
            struct Net< 10 => relu $width => 2 >;
        }
    };
}

net!(1);

fn main() {
    // < 10 => relu 1 => 2 >
    Net::zeros().state();
}
