//! Two networks in a row: the route shows what the first one gives.
use static_net::prelude::*;

network! {
    struct Encoder< 16 => relu 8 >;
    struct Net< 16 => Encoder => Encoder => 2 >;
}

fn main() {
    Net::zeros().state();
}
