//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 1000000000 => relu 1024 => 2 >;
}

fn main() {
    assert_eq!(Net::PARAMETERS, 11_000_000_000 + 1024 * 1_000_000_001 + 2 * 1025);
}
