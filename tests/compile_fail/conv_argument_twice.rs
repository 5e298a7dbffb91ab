//! An argument by place and by name.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, kernel: 5) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
