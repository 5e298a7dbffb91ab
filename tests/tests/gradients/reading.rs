//! Layers that read other values besides what comes in.

use static_net::prelude::*;
use static_net_tests::gradient::check_training;

const FEATURES: usize = 4;
const LENGTH: usize = 5;

network! {
    struct Latent<
        f64; 6 => h: tanh 5 => mean: 3 => &h => log_variance: 3 => gaussian(&mean, &log_variance) => gelu 4
        => (values: 6 | &mean | &log_variance)
    >;
    struct OfAParameter< f64, const H: usize; 4 => mean: H => tanh => scale: H => gaussian(&mean, &scale) => 2 >;
    struct DotOfTwo< f64; (a: 5, b: 3) => &a => x: tanh 4 => &b => y: 4 => tanh dot(&x, &y) => 2 >;
    struct CosineOfTwo< f64; (a: 5, b: 3) => &a => x: tanh 4 => &b => y: 4 => cosine(&x, &y) >;
    struct OfSteps< f64; [3, FEATURES] => x: tanh 4 => y: { FEATURES } => sum(dot(&x, &y) | cosine(&y, &input)) >;
    struct Masked<
        f64; (x: [5, 4], raw: 5) => &raw => mask: relu
        => &x => residual(layer_norm => attention(heads: 2, mask: &mask)) => mean_over_time(mask: &mask)
    >;
    struct MaskedCausal<
        f64; (x: [5, 4], raw: 5) => &raw => mask: relu
        => &x => attention(heads: 2, causal: true, rotary: true, mask: &mask, bias: false) => max_over_time(mask: &mask)
    >;
    struct Across<
        f64; (target: [3, 4], source: [5, FEATURES], raw: 5) => &raw => mask: relu
        => &source => memory: gelu { FEATURES }
        => &target => residual(attention(heads: 2, memory: &memory, mask: &mask, kv_heads: 1))
        => tanh attention(heads: 4, memory: &memory) => 2
    >;
    struct Packed<
        f64; (x: [LENGTH, 3], raw: 5) => &raw => mask: relu
        => &x => steps: tanh lstm(3, bidirectional: true, mask: &mask) => gru(FEATURES, mask: &mask)
        => last: take_last(mask: &mask) => &steps => gru(2, last: true, bidirectional: true, mask: &mask, bias: false)
        => concat(identity | &last)
    >;
    struct PackedTurns<
        f64; (x: [5, 3], raw: 5) => &raw => mask: relu => &x => repeat(2; residual(lstm(3, mask: &mask)))
        => concat(rnn(2, last: true, mask: &mask) | lstm(9, last: true, mask: &mask))
    >;
    struct Dropped<
        f64; (target: [3, 4], source: [4, 4]) => &target => attention(heads: 1, memory: &source, dropout: 0.3) => 2
    >;
    struct ReadInTheMiddle< f64; 4 => a: tanh 3 => gelu 3 => residual(k: gelu 3 => &a => 3 => sum(identity | &k)) => 2 >;
}

networks! {
    latent: Latent;
    of_a_parameter: OfAParameter<3>;
    dot_of_two: DotOfTwo;
    cosine_of_two: CosineOfTwo;
    of_steps: OfSteps;
    masked: Masked;
    masked_causal: MaskedCausal;
    across: Across;
    packed: Packed;
    packed_turns: PackedTurns;
    read_in_the_middle: ReadInTheMiddle;
}

#[test]
fn in_training() {
    for (index, batch) in [2, 5, 8].into_iter().enumerate() {
        check_training::<Latent>(batch, index as u64);
        check_training::<Dropped>(batch, index as u64);
    }
}
