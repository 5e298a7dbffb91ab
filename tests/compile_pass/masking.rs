//! Steps that are passed over.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], mask: [5]) => &x => lstm(4, mask: &mask) => 3 >;
    struct Packed< (x: [5, 8], mask: [5]) => &x => lstm(4, mask: &mask) => 3 >;
}

fn main() {
    Net::zeros().state();
    Packed::zeros().state();
}
