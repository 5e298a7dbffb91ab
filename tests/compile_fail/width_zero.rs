//! A width of zero is refused at its token.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 0 => 2 >;
}

fn main() {
    Net::zeros().state();
}
