//! A list in parentheses.
use static_net::prelude::*;

network! {
    struct Net< 8 => reshape(2, 4) => flatten => 3 >;
}

fn main() {
    Net::zeros().state();
}
