//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const LENGTH: usize = 8;

network! {
    struct Net< [4, LENGTH] => slice(2, LENGTH, axis: 1) => flatten => 10 >;
    struct Same< [4, LENGTH] => slice(2, 8, axis: 1) => flatten => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
    assert_eq!(Net::PARAMETERS, Same::PARAMETERS);
}
