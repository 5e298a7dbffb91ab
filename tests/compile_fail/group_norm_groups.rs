//! Groups that do not divide the channels.
use static_net::prelude::*;

network! {
    struct Net< [6, 8, 8] => group_norm(4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
