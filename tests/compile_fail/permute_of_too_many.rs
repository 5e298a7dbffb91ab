//! More axes than there are, in parentheses at that: one fault.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => permute(0, 2, 1, 3) => flatten => 3 >;
}

fn main() {
    Net::zeros().state();
}
