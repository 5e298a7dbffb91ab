//! A width of zero that a `macro_rules!` hands on.
use static_net::prelude::*;

macro_rules! net {
    ($width:literal) => {
        network! {
            struct Net< 10 => relu $width => 2 >;
        }
    };
}

net!(0);

fn main() {
    Net::zeros().state();
}
