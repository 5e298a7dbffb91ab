//! A dense layer takes a vector, and a recurrent one gives a sequence.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(64) => 10 >;
}

fn main() {
    Net::zeros().state();
}
