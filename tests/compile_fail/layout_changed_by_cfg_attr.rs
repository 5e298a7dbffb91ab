//! A network that something else gives an alignment has padding behind its values.
use static_net::prelude::*;

network! {
    #[cfg_attr(all(), repr(align(64)))]
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
