//! Parts of a value are slices.
use static_net::prelude::*;

network! {
    struct Net< [8] => split(2) => 2 >;
}

fn main() {
    Net::zeros().state();
}
