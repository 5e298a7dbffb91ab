//! An argument that the formula divides by is not zero.
use static_net::prelude::*;

network! {
    struct Net< 10 => softplus(0) 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
