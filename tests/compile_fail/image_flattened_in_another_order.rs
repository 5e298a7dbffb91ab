//! Channels are swapped between two networks.
use static_net::prelude::*;

network! { struct Encoder< [1, 28, 28] => flatten => relu 8 >; }

network! {
    struct Net< [28, 28, 1] => Encoder => 10 >;
}

fn main() {
    Net::zeros().state();
}
