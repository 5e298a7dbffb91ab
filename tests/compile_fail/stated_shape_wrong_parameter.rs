//! A stated shape that does not hold for one value of a const parameter.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; 10 => relu H => [16] => 2 >;
}

fn main() {
    Net::<16>::zeros();
    Net::<8>::zeros();
}
