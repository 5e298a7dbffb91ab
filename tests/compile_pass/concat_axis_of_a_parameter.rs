//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< const H: usize; [2, 6] => concat(axis: 1; identity | relu) => flatten => H => 2 >;
}

fn main() {
    assert!(!Net::<6>::zeros().state().is_empty());
}
