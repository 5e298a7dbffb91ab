//! The number of features follows from the shape; heads are told.
use static_net::prelude::*;

network! {
    struct Net< [8, 64] => attention(64, 4) >;
}

fn main() {
    Net::zeros().state();
}
