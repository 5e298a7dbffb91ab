//! Two widths in a row.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 16 => 2 >;
}

fn main() {
    Net::zeros().state();
}
