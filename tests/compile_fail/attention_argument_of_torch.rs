//! PyTorch's name of an argument.
use static_net::prelude::*;

network! {
    struct Net< [16, 64] => attention(num_heads: 4) => flatten => 10 >;
}

fn main() {
    Net::zeros().state();
}
