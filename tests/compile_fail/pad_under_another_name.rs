//! A layer of PyTorch whose arguments say what those here do.
use static_net::prelude::*;

network! {
    struct Net< [2, 8] => ReflectionPad1d((3, 0)) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
