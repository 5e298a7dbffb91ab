//! What the first network gives is not what the second takes.
use static_net::prelude::*;

network! {
    struct Encoder< 10 => relu 32 => 16 >;
    struct Head< 8 => relu 8 => 2 >;
    struct Both< 10 => Encoder => Head >;
}

fn main() {}
