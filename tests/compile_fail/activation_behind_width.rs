//! In this language an activation stands in front of what it is applied to.
use static_net::prelude::*;

network! {
    struct Net< 10 => latent: 32 relu => 2 elu(0.5) >;
}

fn main() {
    Net::zeros().state();
}
