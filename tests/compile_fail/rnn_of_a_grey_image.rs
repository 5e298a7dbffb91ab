//! The rows of a grey image can be the steps of a sequence.
use static_net::prelude::*;

network! {
    struct Net< [1, 28, 28] => rnn(16, last: true) => 10 >;
}

fn main() {
    Net::zeros().state();
}
