//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const CHANNELS: usize = 4;

network! {
    struct Net< [CHANNELS, 8, 8] => product(identity | global_avg_pool => relu 2 => sigmoid 4) >;
}

fn main() {
    assert!(!Net::zeros().state().is_empty());
}
