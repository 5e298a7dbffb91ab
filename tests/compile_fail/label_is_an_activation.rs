//! A word of the language as a label.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu: 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
