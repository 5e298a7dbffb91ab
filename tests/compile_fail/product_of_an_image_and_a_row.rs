//! Gates lie in a row: not for each channel and column.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 6] => product(identity | max_pool([8, 1]) => sigmoid conv(4, 1)) >;
}

fn main() {
    Net::zeros().state();
}
