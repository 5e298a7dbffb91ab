//! All axes are named.
use static_net::prelude::*;

network! {
    struct Net< [3, 8, 4] => permute[1, 0] => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
