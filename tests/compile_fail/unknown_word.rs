//! A word that is near to none: what fits in its place is listed.
use static_net::prelude::*;

network! {
    struct Net< 10 => banana => 2 >;
}

fn main() {
    Net::zeros().state();
}
