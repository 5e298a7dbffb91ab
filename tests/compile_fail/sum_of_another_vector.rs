//! What is added to each channel is one value for each that there is.
use static_net::prelude::*;

network! {
    struct Net< [4, 8, 8] => sum(identity | flatten => relu 5) >;
}

fn main() {
    Net::zeros().state();
}
