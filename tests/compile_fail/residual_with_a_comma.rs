//! A comma in front of the projection.
use static_net::prelude::*;

network! {
    struct Net< 8 => residual(relu 4, project: 4) => 2 >;
}

fn main() {
    Net::zeros().state();
}
