//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 64 => reshape[4, 4, 4] => global_avg_pool => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
