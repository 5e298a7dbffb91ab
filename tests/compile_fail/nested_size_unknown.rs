//! What a generic network gives has to be stated where its argument is a parameter.
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 10 => relu H >;
    struct Net< const H: usize; 10 => Encoder<H> => 2 >;
}

fn main() {
    Net::<16>::zeros();
}
