//! A dot product of two vectors that are not as long as each other.
use static_net::prelude::*;

network! {
    struct Net< (user: 8, item: 6) => &user => u: 4 => &item => i: 5 => dot(&u, &i) >;
}

fn main() {
    Net::zeros().state();
}
