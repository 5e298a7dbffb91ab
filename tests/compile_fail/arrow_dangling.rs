//! An arrow to nowhere.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => >;
}

fn main() {
    Net::zeros().state();
}
