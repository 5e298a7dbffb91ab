//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! { struct Encoder< [1, 28, 28] => flatten => relu 8 >; }

network! {
    struct Net< [28, 28, 1] => permute[2, 0, 1] => Encoder => 10 >;
    struct OfConsts< [1, 28, 28] => Encoder => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
