//! What goes in has its name already; what comes out is the last stage's.
use static_net::prelude::*;

network! {
    struct Net< 10 => input: relu 32 => output: 2 >;
}

fn main() {
    Net::zeros().state();
}
