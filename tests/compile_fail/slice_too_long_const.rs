//! A const that lies behind the last place of an axis.
use static_net::prelude::*;

const LENGTH: usize = 8;
const END: usize = LENGTH + 1;

network! {
    struct Net< [4, LENGTH] => slice(2, END, axis: 1) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
