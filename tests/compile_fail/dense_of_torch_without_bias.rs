//! The fully connected layer without bias as other libraries write it.
use static_net::network;

network! {
    struct Net< 784 => relu Linear(784, 256, bias=False) => Dense(64, activation="tanh", use_bias=False)
        => Linear(64, 10, False) >;
}

fn main() {}
