//! How many features come in follows from the shape.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(64, 128) => take_last => 10 >;
}

fn main() {
    Net::zeros().state();
}
