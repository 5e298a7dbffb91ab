//! A gate for each channel is one for each that there is.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => product(identity | global_avg_pool => relu 2 => sigmoid 3) >;
}

fn main() {
    Net::zeros().state();
}
