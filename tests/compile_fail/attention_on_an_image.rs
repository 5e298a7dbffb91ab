//! Attention over the places of an image.
use static_net::prelude::*;

network! {
    struct Net< [8, 5, 5] => attention(4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
