//! Labels in compositions without one are those of the level around.
use static_net::prelude::*;

network! {
    struct Blocks<
        [4, 8]
        => residual(norm: layer_norm => attend: attention(heads: 2))
        => residual(norm: layer_norm => up: gelu 16 => 8)
        => residual(norm: layer_norm => up: gelu 16 => 8)
        => 1
    >;
    struct Beside< 8 => concat(up: relu 3 | 4) => up: 2 >;
    struct Branches< 8 => concat(up: relu 3 | up: 4) => 2 >;
    struct Referred< 8 => concat(up: relu 3 | 4) => (value: 2 | &up => up: identity) >;
    struct Turns< 8 => repeat(2; residual(up: relu 3 => 8) => residual(up: relu 3 => 8)) => 2 >;
    struct Projected< 8 => relu residual(up: relu 3 => 4; project: up: 4) => 2 >;
}

fn main() {
    Blocks::zeros().state();
    Beside::zeros().state();
    Branches::zeros().state();
    Referred::zeros().state();
    Turns::zeros().state();
    Projected::zeros().state();
}
