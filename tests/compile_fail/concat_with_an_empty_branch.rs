//! Each branch holds a stage.
use static_net::prelude::*;

network! {
    struct Net< 10 => concat(relu 16 | | tanh 4) => 2 >;
}

fn main() {
    Net::zeros().state();
}
