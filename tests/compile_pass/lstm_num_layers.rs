//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(64) => lstm(64, last: true) => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
