//! What is added to the input has another width.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual(relu 32 => 16) => 2 >;
}

fn main() {
    Net::zeros().state();
}
