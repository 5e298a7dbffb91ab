//! The network's own input does not fit its first stage.
use static_net::prelude::*;

network! {
    struct Encoder< 16 => relu 8 >;
    struct Net< 10 => Encoder => 2 >;
}

fn main() {
    Net::zeros().state();
}
