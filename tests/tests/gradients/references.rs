//! Values that more than the next stage reads.

#![deny(unused_variables, reason = "what the macro writes is no user's fault")]

use static_net::prelude::*;
use static_net_tests::gradient::check_training;

use super::Cubic;

const CHANNELS: usize = 3;
const HIDDEN: usize = 5;

network! {
    struct OfConsts< f64; HIDDEN => a: tanh { HIDDEN + 1 } => gelu HIDDEN => concat(identity | &a => sigmoid 2 | &input) => 2 >;
    struct OfImages<
        f64; [CHANNELS, 4, 4] => a: tanh conv({ 2 * CHANNELS }, 3, padding: same) => conv(2, 1)
        => concat(&a => conv(CHANNELS, 1) | identity) => sum(identity | &a => conv({ CHANNELS + 2 }, 1))
    >;
    struct OfAParameter< f64, const H: usize; 4 => a: tanh H => b: 3 => &a => gelu H => 3 => sum(identity | &b | &a => 3) >;
    struct OfANetwork< f64; 5 => a: Skipped => 3 => concat(&a => 1 | identity) => 2 >;
    struct Skipped< f64; 5 => a: tanh 4 => gelu 3 => concat(identity | &a) => 2 >;
    struct OfTheInput< f64; 5 => tanh 4 => 3 => concat(&input | identity) => 2 >;
    struct Heads< f64; 6 => h: tanh 5 => mean: 3 => &h => scale: gelu 3 => sum(&mean | identity) => 2 >;
    struct Aside< f64; 4 => a: 9 => b: tanh 2 => &a => c: silu 5 => &input => tanh 3 => concat(&b | identity | &c) >;
    struct Often< f64; 4 => x: tanh 3 => y: 3 => sum(&x | &x => 3 | identity => tanh 3 | &y) => concat(&x | identity | &x) >;
    struct FromInside< f64; 4 => m: tanh 3 => residual(gelu 5 => concat(tanh 2 | &m) => 3) => repeat(2; sum(tanh 3 | &m => 3)) >;
    struct Levels<
        f64; 4 => m: tanh 3
        => residual(n: gelu 3 => concat(identity | &m | &n => tanh 2 | residual(3 => concat(identity | &n | &m) => 3)) => 3)
        => sum(identity | &m)
    >;
    struct Repeated< f64; 3 => m: tanh 4 => 3 => repeat(3; n: tanh 4 => sum(&n => tanh 4 | &m) => 3) => concat(&m | identity) >;
    struct Kept< f64; 6 => a: Cubic<6> => b: gelu 6 => &a => residual(Cubic<6>) => tanh sum(identity | &a | &b) >;
    struct Unet<
        f64; [1, 4, 4] => a: tanh conv(2, 3, padding: same) => max_pool(2) => gelu conv(3, 3, padding: same)
        => upsample(2) => concat(identity | &a) => conv(1, 1)
    >;
    struct Gates<
        f64; [4, 3] => g: sigmoid 1 => &input => v: tanh 2 => product(identity | &g | &v)
        => low: repeat(2; z: gelu 2 => sum(identity | &g)) => product(&low[..].z | mean_over_time => 2 => reshape[1, 2] | &g)
    >;
    struct Nested< f64; 5 => before: tanh 5 => Skipped => concat(identity | &before) => 2 >;
    struct Block< f64; (x: HIDDEN, condition: 3) => concat(&x | &condition) => h: tanh 6 => (main: HIDDEN | &h => skip: gelu 2) >;
    struct Named<
        f64; 3 => h: tanh HIDDEN => block: Block(x: &h, condition: &input) => &block.main
        => residual(inner: Block(condition: &input, x: &h) => &inner.main => tanh sum(identity | &h))
        => turns: repeat(2; b: Block(x: &h, condition: &input) => &b.main)
        => all: Block(x: &block.main, condition: &input) => gelu 4 => concat(&turns[..].b.skip | identity | &block.skip | &inner.skip)
        => (mean: 2 | tanh Block(x: &all.main, condition: &input) => 3 => sum(identity | &input) => rest: 2)
    >;
    struct Around< f64; 5 => m: tanh 3 => residual(relu concat(2 | &m) => Skipped => 3) => concat(&m | identity) >;
    struct InTurn<
        f64; 4 => a: tanh 6 => 6 => sum(identity | &a) => b: gelu 5 => 5 => r: residual(tanh sum(5 | &b)) => &b
        => c: tanh 7 => &b => d: 3 => concat(&c | &d | &r | &input) => e: tanh 4 => 4 => product(identity | &e) => f: 6 => gelu 6
        => sum(identity | &f) => (x: 2 | tanh 3 => y: 3 | &f)
    >;
    struct OfConstsAndNumbers< f64; HIDDEN => a: tanh 5 => concat(dot(&a, &input) | cosine(&input, &a) | &a) => 2 >;
    struct Stated< f64; 4 => a: tanh 3 => 5 => b: Skipped => &a => [3] => gelu 5 => (c: Skipped | [5] => d: 3 | &b) >;
    struct OutputsOfConsts< f64; [4, 2] => (a: lstm(HIDDEN, last: true) | b: take_last) >;
    struct ReadInside< f64; 4 => a: residual(b: tanh 4) => &a.b => c: repeat(2; tanh 4) => &c[0] => 2 >;
    struct Dropped< f64; 5 => a: tanh 6 => dropout(0.4) => b: batch_norm => 4 => concat(dropout(0.2) | &b | &a) => 2 >;
}

networks! {
    of_consts: OfConsts;
    of_images: OfImages;
    of_a_parameter: OfAParameter<6>;
    of_a_network: OfANetwork;
    skipped: Skipped;
    of_the_input: OfTheInput;
    heads: Heads;
    aside: Aside;
    often: Often;
    from_inside: FromInside;
    levels: Levels;
    repeated: Repeated;
    kept: Kept;
    unet: Unet;
    gates: Gates;
    nested: Nested;
    named: Named;
    around: Around;
    in_turn: InTurn;
    of_consts_and_numbers: OfConstsAndNumbers;
    stated: Stated;
    outputs_of_consts: OutputsOfConsts;
    read_inside: ReadInside;
}

#[test]
fn in_training() {
    for (index, batch) in [2, 5, 8, 25].into_iter().enumerate() {
        check_training::<Dropped>(batch, index as u64);
    }
}
