//! An activation in front of a reference.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: 16 => tanh 4 => concat(identity | relu &a) => 2 >;
}

fn main() {
    Net::zeros().state();
}
