//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => &low[1].z => 2 >;
    struct WithAStage< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[0].z => 3 | 3) => 2 >;
    struct InAResidual< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => residual(&low[0]) => 2 >;
}

fn main() {
    Net::zeros().state();
    WithAStage::zeros().state();
    InAResidual::zeros().state();
}
