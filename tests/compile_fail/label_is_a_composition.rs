//! Words of the language label nothing.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual: relu 16 => 2 >;
}

fn main() {
    Net::zeros().state();
}
