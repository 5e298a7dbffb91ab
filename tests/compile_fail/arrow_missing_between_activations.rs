//! Two activations in a row.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
