//! The values of all turns where one value stands: between stages, with a stage behind, in a residual, as an output.
use static_net::prelude::*;

network! {
    struct Net< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => &low[..].z => 2 >;
    struct WithAStage< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => concat(&low[..].z => 3 | 3) => 2 >;
    struct InAResidual< 8 => low: repeat(W in [3, 4]; z: relu W => 6) => residual(&low[..]) => 2 >;
}

fn main() {
    Net::zeros().state();
    WithAStage::zeros().state();
    InAResidual::zeros().state();
}
