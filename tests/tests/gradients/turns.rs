//! Stages once for each size of a list, and values of what is inside of a stage.

use static_net::prelude::*;
use static_net_tests::gradient::check_training;

const WIDE: usize = 6;

network! {
    struct Widths< f64; 4 => repeat(W in [3, WIDE, { 2 * 2 }]; tanh W => gelu { W + 1 }) => 2 >;
    struct Alone< f64; 4 => blocks: repeat(W in [5]; tanh W) => relu repeat(W in [3, 2]; repeat(V in [W, 4]; tanh { V * W })) >;
    struct Dilated<
        f64; [2, 9] => x: tanh conv(1, 1)
        => low: repeat(D in [1, 2, 4]; residual(
            z: tanh sum(conv(1, 3, padding: causal, dilation: D) | &x => conv(1, 1, bias: false)) => conv(1, 1)
        ))
        => sum(&low[..].z) => conv(2, 1)
    >;
    struct OfLists< f64; 4 => low: repeat(W in [3, 2]; z: tanh W => gelu 4) => concat(&low[..].z | identity | &low[1].z | &low[..]) => 2 >;
    struct OfRepeats< f64; 4 => low: repeat(3; z: tanh 3 => gelu 4) => concat(&low[..].z | identity | &low[1].z) => 2 >;
    struct OfTurns< f64; 4 => low: repeat(3; tanh 3 => 4) => a: tanh sum(&low[..] | identity) => &low[1] => gelu 3 => concat(identity | &a) => 2 >;
    struct OfEqualLayers< f64; 4 => m: tanh 4 => low: repeat(3; tanh sum(4 | &m)) => gelu product(&low[..] | 4) => concat(&low[1] | identity) => 2 >;
    struct OfOneTurn< f64; 4 => low: repeat(1; tanh 4) => high: repeat(2; residual(gelu 4)) => concat(&low[..] | product(&high[..])) => 2 >;
    struct Levels<
        f64; 4 => outer: repeat(2;
            low: repeat(W in [3, 2]; residual(z: tanh W => 4)) => again: repeat(2; w: tanh 4) => sum(&low[..] | &again[1].w)
        )
        => concat(&outer[..].low[..].z | &outer[1].again[..].w | &outer[0].low[1].z) => 2
    >;
    struct Mixed<
        f64; 4 => mix: concat(up: tanh 3 | 2) => concat(identity | &mix.up) => concat(left: tanh 5 | right: residual(deep: gelu 6 => 8))
        => &left => concat(identity | &right.deep | &mix.up) => 2
    >;
    struct Last< f64; 4 => residual(gelu 3 => up: tanh 4; project: across: 4) => sum(&up | identity | &across) => 3 >;
    struct Deep<
        f64; 4 => low: repeat(W in [3, 2]; z: tanh W => 4)
        => residual(repeat(2; tanh concat(2 | &low[..].z) => 4)) => sum(identity | &low[0])
    >;
    struct OfAParameter< f64, const H: usize; 4 => low: repeat(W in [3, 2]; tanh H => z: tanh W => 4) => concat(&low[..].z | identity) => H >;
    struct OfANetwork< f64; 4 => low: repeat(2; OfLists => z: tanh 4) => concat(&low[..].z | OfLists) => 2 >;
    struct Dropped< f64; 5 => low: repeat(W in [3, 4]; dropout(0.2) => z: tanh W => batch_norm) => concat(&low[..].z | identity) => 2 >;
}

networks! {
    widths: Widths;
    alone: Alone;
    dilated: Dilated;
    of_lists: OfLists;
    of_repeats: OfRepeats;
    of_turns: OfTurns;
    of_equal_layers: OfEqualLayers;
    of_one_turn: OfOneTurn;
    levels: Levels;
    mixed: Mixed;
    last: Last;
    deep: Deep;
    of_a_parameter: OfAParameter<5>;
    of_a_network: OfANetwork;
}

#[test]
fn in_training() {
    for (index, batch) in [2, 5, 8].into_iter().enumerate() {
        check_training::<Dropped>(batch, index as u64);
    }
}

#[test]
fn one_layer_that_is_read_is_itself() {
    let net = OfOneTurn::zeros();
    assert_eq!(net.low[0].weight.shape(), (4, 4));
    let names: Vec<_> = OfOneTurn::tensors().into_iter().map(|tensor| tensor.name).collect();
    assert_eq!(names[0], "low.0.weight");
    assert_eq!(names[2], "high.0.weight");
}
