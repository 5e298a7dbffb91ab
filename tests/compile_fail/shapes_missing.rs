//! A declaration that stops behind its name.
use static_net::prelude::*;

network! {
    struct Net;
}

fn main() {
    Net::zeros().state();
}
