//! No branch of a composition sees the values of another.
use static_net::prelude::*;

network! {
    struct OfNone< 8 => concat(a: relu 4 | sum(identity | &a)) => 2 >;
    struct OfOneLabelled< 8 => mix: concat(a: relu 8 | sum(identity | &mix.a)) => 2 >;
    struct Shortcut< 8 => residual(a: relu 8 => 8; project: &a => 8) => 2 >;
}

fn main() {
    OfNone::zeros().state();
    OfOneLabelled::zeros().state();
    Shortcut::zeros().state();
}
