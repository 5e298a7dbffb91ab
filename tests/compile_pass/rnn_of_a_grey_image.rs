//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => reshape[28, 28] => rnn(16, last: true) => 10 >;
}

fn main() {
    assert!(!Net::tensors().is_empty());
}
