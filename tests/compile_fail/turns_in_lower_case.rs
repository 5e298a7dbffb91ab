//! The name of the size is in lower case.
use static_net::prelude::*;

network! {
    struct Net< 8 => repeat(width in [3, 4]; relu width => { 2 * width }) => 2 >;
}

fn main() {
    Net::zeros().state();
}
