//! A dense layer needs no word.
use static_net::prelude::*;

network! {
    struct Net< 10 => dense(32) => relu => linear 2 >;
}

fn main() {
    Net::zeros().state();
}
