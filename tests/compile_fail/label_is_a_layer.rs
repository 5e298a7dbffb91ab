//! Words of the language label nothing.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv: conv(8, 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
