//! Faults inside a composition are told where they are, each once.
use static_net::prelude::*;

network! {
    struct Net< 10 => residual(rellu 32 => 0) => tanhh 2 >;
}

fn main() {
    Net::zeros().state();
}
