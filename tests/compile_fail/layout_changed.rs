//! A network's layout is fixed: its state is one slice.
use static_net::prelude::*;

network! {
    #[derive(Debug)]
    #[repr(align(64))]
    struct Net< 10 => relu 32 => 2 >;
}

fn main() {
    Net::zeros().state();
}
