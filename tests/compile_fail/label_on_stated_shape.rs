//! A stated shape builds nothing that could have a name.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => hidden: [32] => 2 >;
}

fn main() {
    Net::zeros().state();
}
