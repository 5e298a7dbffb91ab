//! A vector has no last step.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(64, last: true) => take_last => 10 >;
}

fn main() {
    Net::zeros().state();
}
