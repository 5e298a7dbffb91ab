//! A width with a fraction is rounded in the help.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 2.5 => 2 >;
}

fn main() {
    Net::zeros().state();
}
