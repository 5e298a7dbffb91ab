//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 10 => relu H >;
    struct Net< 10 => Encoder<8> => [8] => 2 >;
}

fn main() {
    assert_eq!(Net::PARAMETERS, 88 + 18);
}
