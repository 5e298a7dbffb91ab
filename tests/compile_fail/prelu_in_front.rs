//! An activation that learns has parameters, so that it is a stage of its own.
use static_net::network;

network! {
    struct Net< 10 => prelu 32 => 2 >;
    struct Images< [3, 28, 28] => PReLU(16) conv(16, 3) => flatten => 10 >;
}

fn main() {}
