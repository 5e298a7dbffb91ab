//! `dim` counts the batch, an axis does not.
use static_net::prelude::*;

network! {
    struct Net< [2, 6] => concat(dim: 2; identity | relu) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
