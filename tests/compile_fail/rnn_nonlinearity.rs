//! A plain recurrent layer has one of two activations.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => rnn(32, nonlinearity: gelu) => take_last => 10 >;
}

fn main() {
    Net::zeros().state();
}
