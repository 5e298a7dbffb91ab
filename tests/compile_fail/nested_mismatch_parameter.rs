//! A nested network that fits for some values of a const parameter only.
use static_net::prelude::*;

network! {
    struct Encoder< 16 => relu 8 >;
    struct Net< const H: usize; 10 => relu H => Encoder => 2 >;
}

fn main() {
    Net::<16>::zeros();
    Net::<32>::zeros();
}
