//! An argument of PyTorch with the value that is the rule here.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => conv(4, 3, padding_mode: zeros) => flatten => 2 >;
}

fn main() {
    Net::zeros().state();
}
