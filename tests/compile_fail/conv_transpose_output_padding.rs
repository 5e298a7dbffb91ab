//! Output padding is smaller than the stride.
use static_net::prelude::*;

network! {
    struct Net< [4, 7, 7] => conv_transpose(2, 3, stride: 2, output_padding: 2) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
