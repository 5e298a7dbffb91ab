//! Two networks of one name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => 2 >;
    pub struct Net< 3 => relu 4 >;
}

fn main() {
    Net::zeros().state();
}
