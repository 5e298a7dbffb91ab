//! Behind the semicolon of a residual stands `project:`.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual(relu 32 => 16; 16) => 2 >;
}

fn main() {
    Net::zeros().state();
}
