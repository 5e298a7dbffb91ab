//! PyTorch's name of an argument, and one that follows from the shape.
use static_net::prelude::*;

network! {
    struct Net< [28, 10] => gru(input_size: 10, hidden_size: 64) => take_last => 10 >;
}

fn main() {
    Net::zeros().state();
}
