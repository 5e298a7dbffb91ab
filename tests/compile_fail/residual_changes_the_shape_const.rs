//! The same where only rustc knows the width.
use static_net::prelude::*;

const WIDTH: usize = 12;

network! {
    struct Net< 10 => residual(relu 32 => WIDTH) => 2 >;
}

fn main() {
    Net::zeros().state();
}
