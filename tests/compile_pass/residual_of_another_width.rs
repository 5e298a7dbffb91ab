//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! { struct Encoder< 16 => relu 8 >; }

network! {
    struct Net< 10 => residual(relu 16 => Encoder => 10) => 2 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
