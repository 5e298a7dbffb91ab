//! A word that resembles nothing: the message lists what there is.
use static_net::prelude::*;

network! {
    struct Net< 10 => banana 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
