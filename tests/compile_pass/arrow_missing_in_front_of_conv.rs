//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 8 => reshape[1, 8] => conv(2, 3) => flatten => 3 >;
}

fn main() {
    assert_eq!(Net::zeros().stage5.weight.shape(), (3, 12));
}
