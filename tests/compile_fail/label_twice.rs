//! Two stages of one name.
use static_net::prelude::*;

network! {
    struct Net< 10 => latent: relu 32 => latent: relu 16 => 2 >;
}

fn main() {
    Net::zeros().state();
}
