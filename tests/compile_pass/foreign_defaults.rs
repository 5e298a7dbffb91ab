//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 10 => batch_norm(eps: 1e-3, momentum: 0.01) => 2 >;
}

fn main() {
    Net::zeros().state();
}
