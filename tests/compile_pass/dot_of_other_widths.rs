//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< (user: 8, item: 6) => &user => u: 4 => &item => i: 4 => dot(&u, &i) >;
}

fn main() {
    Net::zeros().state();
}
