//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! { struct Encoder< 8 => relu 16 >; }

network! {
    struct Net< 8 => Encoder => reshape[1, 4, 4] => conv(4, 3) => flatten => 10 >;
    struct OfConsts< 8 => Encoder => reshape[1, 16] => conv(4, 3) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert!(!OfConsts::tensors().is_empty());
}
