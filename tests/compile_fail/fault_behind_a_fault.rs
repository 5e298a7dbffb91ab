//! A stage that is mended has a shape, which what follows is checked by.
use static_net::prelude::*;

network! {
    struct Net< 10 => rellu 11 => [12] => 3 >;
}

fn main() {
    Net::zeros().state();
}
