//! A name without `struct`.
use static_net::prelude::*;

network! {
    pub Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
