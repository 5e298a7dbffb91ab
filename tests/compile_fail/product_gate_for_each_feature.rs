//! A vector has a value for each of the first axis, and features are the second.
use static_net::prelude::*;

network! {
    struct Net< [12, 8] => product(identity | mean_over_time => sigmoid 8) => 2 >;
}

fn main() {
    Net::zeros().state();
}
