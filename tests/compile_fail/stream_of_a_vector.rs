//! A vector is no sequence.
use static_net::prelude::*;

network! {
    struct Net< 2 => relu 16 => 4 >;
}

fn main() {
    let net = Net::zeros();
    net.stream();
}
