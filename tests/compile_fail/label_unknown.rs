//! A label that is not declared: rustc's own message, which lists those that are.
use static_net::prelude::*;

network! {
    struct Net< 10 => latent: relu 32 => 2 >;
}

fn main() {
    let _ = Net::zeros().activations(&[0.0; 10]).latnet;
}
