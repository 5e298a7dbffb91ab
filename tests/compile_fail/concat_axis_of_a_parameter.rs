//! A const parameter is no axis: stable Rust cannot compute the shape.
use static_net::prelude::*;

network! {
    struct Net< const AXIS: usize; [2, 6] => concat(axis: AXIS; identity | relu) => flatten => 2 >;
}

fn main() {
    Net::<1>::zeros().state();
}
