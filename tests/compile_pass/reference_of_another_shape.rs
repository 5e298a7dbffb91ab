//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => a: relu 16 => 4 => sum(identity | &a => 4) => 2 >;
    struct Images< [1, 8, 8] => a: conv(4, 3, padding: same) => max_pool(2) => upsample(2) => concat(identity | &a) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
