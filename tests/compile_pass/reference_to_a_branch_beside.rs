//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct OfNone< 8 => a: relu 8 => concat(4 | sum(identity | &a)) => 2 >;
    struct OfOneLabelled< 8 => a: relu 8 => mix: concat(8 | sum(identity | &a)) => 2 >;
    struct Shortcut< 8 => a: relu 8 => residual(8; project: &a => 8) => 2 >;
}

fn main() {
    OfNone::zeros().state();
    OfOneLabelled::zeros().state();
    Shortcut::zeros().state();
}
