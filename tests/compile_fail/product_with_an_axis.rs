//! Only `concat` goes along an axis.
use static_net::prelude::*;

network! {
    struct Net< [4, 6] => product(axis: 1; identity | sigmoid) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
