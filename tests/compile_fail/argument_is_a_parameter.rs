//! A const parameter is a size; an activation takes numbers.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => elu(H) H => 2 >;
}

fn main() {
    Net::<32>::zeros().state();
}
