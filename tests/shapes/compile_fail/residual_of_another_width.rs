//! What a residual adds has the shape of what it is added to.
use static_net::prelude::*;

network! {
    struct Net< 10 => relu 32 => residual(relu 32 => 16) => 2 >;
}

fn main() {}
