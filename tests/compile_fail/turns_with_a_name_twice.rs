//! The name is that of a const parameter, or of the turns around.
use static_net::prelude::*;

network! {
    struct Net< const W: usize; 8 => repeat(W in [3, 4]; relu W) => 2 >;
    struct Nested< 8 => repeat(W in [3, 4]; repeat(W in [5, 6]; relu W)) => 2 >;
}

fn main() {
    Net::zeros().state();
    Nested::zeros().state();
}
