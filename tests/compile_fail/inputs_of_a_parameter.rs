//! Several inputs whose sizes depend on a const parameter.
use static_net::prelude::*;

network! {
    struct Generic< const H: usize; (state: H, action: 6) => concat(&state | &action) => 1 >;
    struct Net< 8 => 2 >;
}

fn main() {
    Net::zeros().state();
}
