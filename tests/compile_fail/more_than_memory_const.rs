//! Sizes that only rustc knows, or that it multiplies, are told where they stand, and not deep inside a layer.
use static_net::prelude::*;

const HUGE: usize = usize::MAX;
const LARGE: usize = 1 << 40;

network! {
    struct Width< 10 => relu HUGE => 2 >;
    struct Weights< LARGE => relu LARGE >;
    struct Often< 10 => repeat(1000000000000; 10) >;
    struct OftenConst< 10 => repeat(LARGE; relu 10 => 10) >;
}

fn main() {
    Width::zeros().state();
    Weights::zeros().state();
    Often::zeros().state();
    OftenConst::zeros().state();
}
