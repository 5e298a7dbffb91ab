//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [8, 4] => gru(6) => 4 >;
    struct Joined< [8, 4] => sum(identity | 4) => gru(6) >;
}

fn main() {
    let (net, joined) = (Net::zeros(), Joined::zeros());
    net.stream();
    joined.stream();
}
