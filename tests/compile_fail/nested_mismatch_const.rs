//! The same where the width is a const: the route shows its value.
use static_net::prelude::*;

const HIDDEN: usize = 32;

network! {
    struct Encoder< 16 => relu 8 >;
    struct Net< 10 => code: relu HIDDEN => Encoder => 2 >;
}

fn main() {
    Net::zeros().state();
}
