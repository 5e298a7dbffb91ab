//! A way to resize that is none.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => upsample(2, mode: bilinaer) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
