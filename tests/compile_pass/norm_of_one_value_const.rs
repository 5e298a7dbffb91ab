//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

const TWO: usize = 2;
const GROUPS: usize = 16;

network! {
    struct Layer< [16, TWO] => tanh layer_norm => flatten => 4 >;
    struct Group< GROUPS => group_norm(8) => 4 >;
}

fn main() {
    assert_eq!(Layer::PARAMETERS, 2 * 2 + 32 * 4 + 4);
    assert_eq!(Group::PARAMETERS, 2 * 16 + 16 * 4 + 4);
}
