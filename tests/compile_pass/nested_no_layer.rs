//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

struct Encoder;

network! {
    struct Coder< 16 => relu 8 >;
    struct Net< 10 => relu 16 => Coder => 2 >;
}

fn main() {
    assert_eq!(Net::PARAMETERS, 176 + 136 + 18);
    let _ = Encoder;
}
