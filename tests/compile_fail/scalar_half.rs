//! There is no half precision.
use static_net::prelude::*;

network! {
    struct Net< f16; 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
