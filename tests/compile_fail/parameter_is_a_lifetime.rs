//! A network borrows nothing.
use static_net::prelude::*;

network! {
    struct Net< 'a; 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
