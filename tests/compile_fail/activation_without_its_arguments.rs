//! An activation whose arguments have no default.
use static_net::network;

network! {
    struct Net< 10 => clamp 32 => clamp(max: 2.0) 16 => 2 >;
}

fn main() {}
