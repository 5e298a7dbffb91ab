//! Residuals, repetitions and branches.

use static_net::prelude::*;

use super::Cubic;

const CHANNELS: usize = 3;
const LAST: usize = 2;

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
    struct Nine< f64; 2 => relu sum(1 | 1 | 1 | tanh 1 | 1 | gelu 1 | 1 | a: 1 | sigmoid 2 => 1) => product(1 | 1 | 1 | tanh 1 | 1 | 1 | 1 | 1 | silu 1) >;
    struct Gated< f64; 5 => product(tanh 3 | sigmoid 4 => 3 | identity => 3) => tanh product(identity | Cubic<3> | identity) >;
    struct PerChannel<
        f64; [CHANNELS, 4, 3] => product(identity | global_avg_pool => tanh 2 => sigmoid CHANNELS)
        => sum(tanh conv({ CHANNELS + 1 }, 1) | flatten => gelu { CHANNELS + 1 } => reshape[{ CHANNELS + 1 }, 1, 1])
        => product(conv(2, 3, padding: same) | tanh conv(1, 1) | sigmoid conv(1, [4, 1]))
    >;
    struct PerStep<
        f64; [6, 4] => sum(product(tanh 4 | sigmoid 1) | flatten => 4 => reshape[1, 4] | silu 1)
        => transpose => product(conv(3, 1) | transpose => tanh 1 => transpose | gelu conv(3, 6))
    >;
    struct Along<
        f64; [2, 3, 4] => concat(axis: 1; tanh conv(2, 1) | conv(2, [2, 3], padding: [0, 1]) | identity)
        => concat(axis: LAST; identity | conv(2, [1, 2])) => concat(axis: 0; conv(1, 1) | identity)
        => flatten => [168] => 2
    >;
    struct OfParameters< f64, const H: usize; 5 => product(tanh H | sigmoid H | 3 => H) => sum(gelu H | H) => 2 >;
    struct OfSignal< f64; [CHANNELS, 5] => product(identity | flatten => tanh 3) => sum(conv(2, 1) | global_avg_pool => 2) >;
    struct OfSteps< f64; [CHANNELS, 4] => concat(axis: 1; tanh 2 | identity | gelu { CHANNELS - 1 }) => flatten => 2 >;
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
    nine_branches: Nine;
    product: Gated;
    product_of_parameters: OfParameters<4>;
    product_of_a_signal: OfSignal;
    per_channel: PerChannel;
    per_step: PerStep;
    concat_along_an_axis: Along;
    concat_of_steps: OfSteps;
    deep: Deep;
    nested_networks: Nested;
}
