//! More weights than a machine can address.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(5000000000, last: true) => 10 >;
}

fn main() {
    Net::zeros().state();
}
