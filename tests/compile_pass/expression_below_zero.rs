//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HIDDEN: usize = 3;

network! {
    struct Net< 10 => relu { HIDDEN - 2 } => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage1.bias.len(), 1);
}
