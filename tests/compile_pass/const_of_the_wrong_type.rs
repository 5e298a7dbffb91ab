//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const HIDDEN: u32 = 32;

network! {
    struct Net< 10 => relu { HIDDEN as usize } => 2 >;
}

fn main() {
    assert_eq!(Net::zeros().stage1.bias.len(), 32);
}
