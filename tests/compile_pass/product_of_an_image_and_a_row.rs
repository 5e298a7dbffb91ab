//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 6] => product(identity | max_pool([8, 1]) => sigmoid conv(1, 1)) >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
