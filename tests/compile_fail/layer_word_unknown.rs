//! A dense layer by the name that it has elsewhere.
use static_net::prelude::*;

network! {
    struct Net< 10 => dense(32) => relu => linear 2 >;
}

fn main() {
    Net::zeros().state();
}
