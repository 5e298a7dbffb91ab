//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => (value: 2 | &low[0].z => z: identity) >;
    struct Mixed< 8 => concat(up: relu 3 | 4) => (value: 2 | &up => raised: identity) >;
}

fn main() {
    Net::zeros().state();
    Mixed::zeros().state();
}
