//! An image is no sequence: its places can be one, with the channels as features.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, 3, stride: 4) => gru(16, last: true) => 10 >;
}

fn main() {
    Net::zeros().state();
}
