//! A reference to the stage in which it stands.
use static_net::prelude::*;

network! {
    struct Net< 8 => relu 16 => joined: concat(identity | &joined) => 2 >;
}

fn main() {
    Net::zeros().state();
}
