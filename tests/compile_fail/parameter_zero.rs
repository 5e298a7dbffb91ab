//! A const parameter of zero is found where a network is created with it.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => relu H => 2 >;
}

fn main() {
    Net::<0>::zeros();
}
