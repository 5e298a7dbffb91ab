//! The sizes of the input in parentheses.
use static_net::prelude::*;

network! {
    struct Net< (1, 28, 28) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
