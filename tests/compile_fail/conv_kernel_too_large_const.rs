//! A window larger than the image, where only rustc knows it.
use static_net::prelude::*;

const KERNEL: usize = 9;

network! {
    struct Net< [1, 8, 8] => conv(4, KERNEL) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
