//! An argument that the activation does not have.
use static_net::prelude::*;

network! {
    struct Net< 10 => elu(beta: 0.5) 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
