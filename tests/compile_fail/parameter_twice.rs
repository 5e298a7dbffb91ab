//! Two parameters of one name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize, const H: usize; 10 => relu H => 2 >;
}

fn main() {
    Net::<32>::zeros().forward(&[0.0; 10]);
}
