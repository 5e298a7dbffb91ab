//! A network with a parameter used without it: rustc's own message.
use static_net::prelude::*;

network! {
    struct Encoder< const H: usize; 10 => relu H >;
    struct Net< 10 => Encoder => [8] => 2 >;
}

fn main() {
    Net::zeros().state();
}
