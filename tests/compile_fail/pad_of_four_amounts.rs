//! Amounts for four sides, in the order of another library.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => pad([1, 2, 3, 4]) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
