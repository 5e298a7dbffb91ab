//! References from which nothing goes on.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => 4 => &a >;
    struct Inside< 8 => concat(relu 4 | a: tanh 4 => 4 => &a) => 2 >;
}

fn main() {
    Net::zeros().state();
}
