//! Several arguments behind the word.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => conv 16 3 => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
