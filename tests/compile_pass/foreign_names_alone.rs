//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 8, 8] => batch_norm => max_pool(2) => flatten => gelu => 2 => softmax >;
}

fn main() {
    Net::zeros().state();
}
