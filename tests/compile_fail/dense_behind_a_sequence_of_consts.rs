//! Behind a shape that only rustc knows, a sequence is stated.
use static_net::prelude::*;

network! {
    struct Encoder< [8, 4] => 3 >;
    struct Net< [8, 4] => Encoder => 2 >;
}

fn main() {
    Net::zeros().state();
}
