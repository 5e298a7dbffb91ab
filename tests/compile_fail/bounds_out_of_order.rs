//! Bounds between which there is nothing.
use static_net::network;

network! {
    struct Net< 10 => clamp(1.0, -1.0) 32 => hard_tanh(max_val: 0.5, min_val: 0.5) 16 => 2 >;
}

fn main() {}
