//! A mask for the last step that is named as a label.
use static_net::prelude::*;

network! {
    struct Net< (x: [5, 8], mask: [5]) => &x => lstm(4, mask: &mask) => take_last(mask) => 3 >;
}

fn main() {
    Net::zeros().state();
}
