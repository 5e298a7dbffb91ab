//! PyTorch's name of an argument.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => conv(8, kernel_size: 3) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
