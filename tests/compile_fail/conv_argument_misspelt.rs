//! An argument's name misspelt.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, paddding: 1) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
