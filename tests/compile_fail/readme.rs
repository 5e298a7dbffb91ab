//! What the README shows: two faults of one declaration.
use static_net::prelude::*;

network! {
    pub struct Net< 10 => rellu 32 => latent: relu 16 => [12] => 2 >;
}

fn main() {
    Net::zeros().state();
}
