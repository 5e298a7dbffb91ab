//! Bounds behind a declaration.
use static_net::prelude::*;

network! {
    struct Net< 10 => 2 > where f32: Copy;
}

fn main() {
    Net::zeros().state();
}
