//! Samples stand one behind the other, and in each the steps.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(64, batch_first: true) => take_last => 10 >;
}

fn main() {
    Net::zeros().state();
}
