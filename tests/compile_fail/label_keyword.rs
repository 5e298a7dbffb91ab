//! A label becomes a field, which a keyword cannot.
use static_net::prelude::*;

network! {
    struct Net< 10 => type: relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
