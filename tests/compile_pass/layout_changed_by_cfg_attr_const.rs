//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    #[cfg_attr(all(), derive(Debug))]
    struct Net< const HIDDEN: usize; 10 => relu HIDDEN => 2 >;
}

fn main() {
    assert_eq!(Net::<32>::zeros().state().len(), 10 * 32 + 32 + 32 * 2 + 2);
}
