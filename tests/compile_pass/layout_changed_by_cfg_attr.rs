//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    #[cfg_attr(all(), derive(Debug))]
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().state().len(), Net::PARAMETERS);
}
