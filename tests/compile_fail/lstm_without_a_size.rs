//! The number of hidden units has to be given.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(last: true) => 10 >;
}

fn main() {
    Net::zeros().state();
}
