//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! { struct Inner< 4 => 64 >; }

network! {
    struct Net< 4 => Inner => reshape[8, 8] => attention(4) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
