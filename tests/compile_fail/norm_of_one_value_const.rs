//! The same where only rustc knows that it is one.
use static_net::network;

const ONE: usize = 1;
const GROUPS: usize = 16;

network! {
    struct Layer< [16, ONE] => tanh layer_norm => flatten => 4 >;
    struct Group< GROUPS => group_norm(GROUPS) => 4 >;
}

fn main() {}
