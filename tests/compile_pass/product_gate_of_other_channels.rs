//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => product(identity | global_avg_pool => relu 2 => sigmoid 4) >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
