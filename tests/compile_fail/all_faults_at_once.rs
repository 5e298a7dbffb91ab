//! All faults of a declaration in one compile, each once.
use static_net::prelude::*;

network! {
    struct Net< f16; 10 => rellu 32 => type: relu 0 16 -> 2.5 >;
}

fn main() {
    Net::zeros().state();
}
