//! PyTorch's name of a layer, with the features that come in.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => LSTM(10, 64) => take_last => 10 >;
}

fn main() {
    Net::zeros().state();
}
