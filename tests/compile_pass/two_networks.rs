//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< 10 => relu 32 >;
    struct Net< 10 => relu 1 => 2 >;
}

fn main() {
    assert_eq!(Encoder::PARAMETERS + Net::PARAMETERS, 352 + 11 + 4);
}
