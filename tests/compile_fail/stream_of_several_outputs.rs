//! Streams of networks with several inputs or outputs.
use static_net::prelude::*;

network! {
    struct Net< [8, 4] => gru(6) => (scores: 3 | values: 1) >;
    struct Joined< (left: [8, 4], right: [8, 4]) => sum(&left | &right) => gru(6) >;
}

fn main() {
    let (net, joined) = (Net::zeros(), Joined::zeros());
    net.stream();
    joined.stream();
}
