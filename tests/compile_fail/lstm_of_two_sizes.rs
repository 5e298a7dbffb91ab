//! What stands behind the number of hidden units is whether only the last step counts.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => lstm(64, 128) => take_last => 10 >;
}

fn main() {
    Net::zeros().state();
}
