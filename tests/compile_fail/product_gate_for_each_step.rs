//! What a vector of a sequence means follows from its length, and is written.
use static_net::prelude::*;

network! {
    struct Net< [12, 8] => lstm(6) => product(identity | flatten => sigmoid 12) => 2 >;
}

fn main() {
    Net::zeros().state();
}
