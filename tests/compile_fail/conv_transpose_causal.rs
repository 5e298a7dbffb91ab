//! A transposed convolution looks ahead whatever its padding is.
use static_net::prelude::*;

network! {
    struct Net< [2, 100] => conv_transpose(8, 3, padding: causal) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
