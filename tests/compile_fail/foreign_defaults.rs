//! A layer of Keras whose defaults are others.
use static_net::prelude::*;

network! {
    struct Net< 10 => BatchNormalization() => 2 >;
}

fn main() {
    Net::zeros().state();
}
