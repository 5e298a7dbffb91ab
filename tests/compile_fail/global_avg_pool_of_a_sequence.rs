//! The mean of each channel of a signal is no mean over time of a sequence.
use static_net::prelude::*;

network! {
    struct Net< [20, 50] => gru(8) => global_avg_pool => 2 >;
}

fn main() {
    Net::zeros().state();
}
