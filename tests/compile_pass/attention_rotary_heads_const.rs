//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HEADS: usize = 6;

network! {
    struct Net< [16, 12] => attention(6, rotary: true) => flatten => 10 >;
    struct OfConsts< [16, 12] => attention(HEADS, rotary: true) => flatten => 10 >;
}

fn main() {
    assert_eq!(Net::PARAMETERS, OfConsts::PARAMETERS);
}
