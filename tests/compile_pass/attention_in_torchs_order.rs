//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [8, 64] => attention(4) >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[0.5; 512]).len(), 512);
}
