//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< tokens(2, vocab: [943, 1682]) => embedding(4) >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[942, 1681]).len(), 8);
}
