//! A mistyped label keeps what stands behind it.
use static_net::prelude::*;

network! {
    struct OfOneTurn< 8 => block: repeat(3; hidden: tanh 4 => relu 8) => sum(&blocks[2].hidden | &block[0].hidden) => 2 >;
    struct OfAll< 8 => low: repeat(3; z: tanh 8 => 8) => sum(&lwo[..].z) => 2 >;
}

fn main() {
    OfOneTurn::zeros().state();
    OfAll::zeros().state();
}
