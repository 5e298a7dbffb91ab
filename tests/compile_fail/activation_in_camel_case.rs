//! PyTorch's spelling.
use static_net::prelude::*;

network! {
    struct Net< 10 => ReLU 32 => LeakyReLU(0.2) 16 => GELU 8 => 2 >;
}

fn main() {
    Net::zeros().state();
}
