//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
    struct Other< 3 => 1 >;
}

fn main() {
    assert_eq!(Net::PARAMETERS + Other::PARAMETERS, 352 + 66 + 4);
}
