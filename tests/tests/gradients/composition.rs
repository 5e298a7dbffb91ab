//! Residuals, repetitions and branches.

use static_net::prelude::*;

use super::Cubic;

network! {
    struct Short< f64; 6 => residual(gelu 9 => tanh 6) >;
    struct OfOne< f64; 6 => residual(tanh 6) >;
    struct WithTape< f64; 6 => residual(Cubic<6>) => relu residual(6) >;
    struct Projected< f64; 6 => residual(silu 9 => 4; project: 4) => gelu residual(sigmoid 5; project: tanh 7 => 5) >;
    struct Once< f64; 5 => repeat(1; tanh 7 => 5) >;
    struct Twice< f64; 5 => repeat(2; tanh 5) >;
    struct Often< f64; 5 => repeat(5; residual(up: gelu 7 => down: 5)) => softplus repeat(3; 5) >;
    struct Joined< f64; 5 => concat(tanh 3 | 4 | identity) => concat(gelu 2 => 5 | silu concat(sigmoid 1 | 2)) >;
    struct Added< f64; 5 => sum(tanh 3 | 7 => sigmoid 3 | softmax 3) => sum(identity | Cubic<3>) >;
    struct Eight< f64; 3 => concat(1 | tanh 2 | 3 | 1 | gelu 1 | 2 | 1 | 1) => 2 >;
    struct Deep< f64; 4 => residual(repeat(2; residual(concat(tanh 2 | relu 3) => sum(4 | gelu 4)))) => 3 >;
    struct Nested< f64; 6 => encoder: WithTape => residual(Short => Short) => 2 >;
}

networks! {
    residual: Short;
    residual_of_one_stage: OfOne;
    residual_with_a_tape: WithTape;
    residual_with_a_projection: Projected;
    repeat_once: Once;
    repeat_twice: Twice;
    repeat_often: Often;
    concat: Joined;
    sum: Added;
    eight_branches: Eight;
    deep: Deep;
    nested_networks: Nested;
}
