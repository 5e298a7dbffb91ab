//! More axes than there are.
use static_net::prelude::*;

network! {
    struct Net< [8, 16] => layer_norm(axes: 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
