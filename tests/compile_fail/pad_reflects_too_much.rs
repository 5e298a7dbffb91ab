//! More values reflected than there are behind the edge.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => pad([2, 8], mode: reflect) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
