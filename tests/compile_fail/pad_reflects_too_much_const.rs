//! A const that asks for more values than a mirror shows.
use static_net::prelude::*;

const LENGTH: usize = 8;

network! {
    struct Net< [2, LENGTH] => pad(3, after: LENGTH, mode: reflect) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
