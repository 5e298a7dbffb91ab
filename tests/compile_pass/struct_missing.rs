//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    pub struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::PARAMETERS, 352 + 66);
}
