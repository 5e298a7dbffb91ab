//! `struct` without a name.
use static_net::prelude::*;

network! {
    pub struct < 10 => relu 32 => 2 >;
}

fn main() {
    Network::zeros().forward(&[0.0; 10]);
}
