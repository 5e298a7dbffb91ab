//! Each axis stands once.
use static_net::prelude::*;

network! {
    struct Net< [3, 8, 4] => permute[2, 0, 2] => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
