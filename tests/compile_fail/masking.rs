//! A layer of other libraries that hides steps.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], mask: [5]) => &x => masking => lstm(4) => 3 >;
    struct Packed< (x: [5, 8], mask: [5]) => &x => pack_padded_sequence(&mask) => lstm(4) => 3 >;
}

fn main() {
    Net::zeros().state();
    Packed::zeros().state();
}
