//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
    pub struct Net2< 3 => relu 4 >;
}

fn main() {
    assert_eq!(Net::PARAMETERS + Net2::PARAMETERS, 352 + 66 + 16);
}
