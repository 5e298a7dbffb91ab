//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [40, 100] => conv(64, 5) => transpose => lstm(64) => mean_over_time => 12 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
