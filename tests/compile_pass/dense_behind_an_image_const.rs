//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! { struct Encoder< [1, 8, 8] => relu conv(2, 3) >; }

network! {
    struct Net< [1, 8, 8] => Encoder => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
