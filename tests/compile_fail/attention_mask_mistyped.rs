//! A mask under a name that no value has.
use static_net::prelude::*;

network! {
    struct Net< [5, 8] => masked: 1 => mask: flatten => &input => attention(heads: 2, mask: &maks) => 3 >;
}

fn main() {
    Net::zeros().state();
}
