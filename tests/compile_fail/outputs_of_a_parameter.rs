//! Outputs whose sizes depend on a const parameter.
use static_net::prelude::*;

network! {
    struct Generic< const H: usize; 8 => relu 16 => (policy: H | value: 1) >;
    struct Net< 8 => 2 >;
}

fn main() {
    Net::zeros().state();
}
