//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HIDDEN: usize = 16;

network! {
    struct Net< [28, 10] => lstm(64) => take_last => 10 >;
    struct OfConsts< [28, 10] => lstm(HIDDEN) => take_last => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
