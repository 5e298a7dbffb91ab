//! The nearest correct neighbour of the compile-fail case of this name.
use static_net::prelude::*;

network! {
    struct Joined< 8 => h: relu 8 => dead: relu 8 => concat(&h | &input | identity) => 2 >;
    struct Around< 8 => relu 8 => sum(&input | tanh 8) => 2 >;
    struct Within< 8 => repeat(2; a: relu 8 => dead: tanh 8 => product(&a | sigmoid 8)) => 2 >;
    struct Projected< 8 => h: relu 8 => dead: tanh 4 => residual(3; project: &h => 3) => 2 >;
    struct Turns< 4 => h: tanh 8 => dead: 5 => repeat(W in [6, 7]; relu W => z: 8) => sum(identity | &h => 8) => 2 >;
    struct Outputs< 8 => h: relu 8 => dead: 4 => (y: 2 | &h => v: 3) >;
}

fn main() {
    Joined::zeros().state();
    Around::zeros().state();
    Within::zeros().state();
    Projected::zeros().state();
    Turns::zeros().state();
    Outputs::zeros().state();
}
