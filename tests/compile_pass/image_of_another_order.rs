//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [4, 4, 1] => relu => permute[2, 0, 1] => [1, 4, 4] >;
}

fn main() {
    assert_eq!(Net::zeros().forward(&[1.0; 16]).len(), 16);
}
