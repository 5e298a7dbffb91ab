//! What does not fit a const parameter is told where the network is made.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 4 => product(tanh H | sigmoid 8) => 2 >;
}

fn main() {
    Net::<6>::zeros().state();
}
