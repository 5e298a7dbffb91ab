//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HEADS: usize = 4;
const GROUPS: usize = 4;

network! {
    struct Net< [16, 12] => mix: attention(HEADS, bias: false) => transpose => group_norm(GROUPS) => flatten => 2 >;
    struct Mended< [16, 12] => mix: attention(4, bias: false) => transpose => group_norm(4) => flatten => 2 >;
}

fn main() {
    assert_eq!(Net::PARAMETERS, Mended::PARAMETERS);
}
