//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [20, 50] => lstm(8) => max_over_time => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
