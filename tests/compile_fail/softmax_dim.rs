//! The axis of a softmax as PyTorch has it, which counts the batch.
use static_net::prelude::*;

network! {
    struct Net< [10, 4] => softmax(dim: 1) >;
    struct Batch< [10, 4] => softmax(dim: 0) conv(4, 1) >;
    struct Behind< [10, 4] => log_softmax(dim: -2) => softmax(dim: -1) >;
}

fn main() {
    Net::zeros().state();
}
