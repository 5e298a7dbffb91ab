//! An activation of PyTorch that is near to a word and computes something else.
use static_net::prelude::*;

network! {
    struct Net< 10 => glu => 2 >;
}

fn main() {
    Net::zeros().state();
}
