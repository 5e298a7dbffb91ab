//! A recurrent layer of zero hidden units, where only rustc knows it.
use static_net::prelude::*;

const HIDDEN: usize = 0;

network! {
    struct Net< [28, 10] => lstm(HIDDEN) => take_last => 10 >;
}

fn main() {
    Net::zeros().state();
}
