//! Networks whose values are read more than once, and those of several inputs and outputs, as PyTorch computes them.

use super::*;

network! {
    struct UNet<
        [1, 8, 8] => a: relu conv(4, 3, padding: same) => max_pool(2)
        => b: relu conv(6, 3, padding: same) => max_pool(2)
        => relu conv(8, 3, padding: same)
        => upsample(2) => concat(identity | &b) => relu conv(6, 3, padding: same)
        => upsample(2) => concat(identity | &a) => conv(1, 1)
    >;
    struct DenseBlock<
        [3, 6, 6] => a: conv(4, 3, padding: same)
        => b: relu conv(4, 3, padding: same)
        => concat(&a | identity) => c: relu conv(4, 3, padding: same)
        => concat(&a | &b | identity) => d: relu conv(4, 3, padding: same)
        => concat(&a | &b | &c | identity) => global_avg_pool => head: 2
    >;
    struct LatentCode<
        8 => h: relu 16 => mean: 4 => &h => log_variance: 4 => exp => sum(identity | &mean) => tanh 6
    >;
    struct WaveNet<
        [1, 12] => conv(4, 1, bias: false)
        => repeat(2; residual(
            tanh sum(conv(4, 3, padding: causal, dilation: 2) | &input => conv(4, 1, bias: false)) => conv(4, 1)
        ))
        => conv(2, 1)
    >;
    struct Dilated<
        [1, 20] => conv(4, 1, bias: false)
        => low: repeat(D in [1, 2, 4, 8]; residual(
            z: tanh sum(conv(4, 3, padding: causal, dilation: D) | &input => conv(4, 1, bias: false)) => conv(4, 1)
        ))
        => sum(&low[..].z | identity) => conv(2, 1)
    >;
    struct Pyramid< 5 => low: repeat(3; z: tanh 3 => relu 5) => concat(&low[..].z | &low[0] | identity) => 2 >;
    struct ActorCritic< 7 => tanh 8 => tanh 8 => (policy: 3 | tanh 5 => value: 1) >;
    struct Critic<
        (state: 5, action: 3) => &action => embedded: relu 5 => concat(&state | identity) => relu 8 => value: 1
    >;
    struct Towers<
        (query: 6, document: 9) => &query => relu 8 => q: 4 => &document => relu 8 => d: 4 => (&q | &d)
    >;
    struct Vae<
        8 => h: relu 16 => mean: 4 => &h => log_variance: 4 => gaussian(&mean, &log_variance) => relu 6
        => (pixels: 8 | &mean | &log_variance)
    >;
    struct Matched<
        (query: 6, document: 9) => &query => q: 4 => &document => d: relu 4 => (dot: dot(&q, &d) | cosine: cosine(&q, &d))
    >;
    struct Translator<
        (target: [4, 8], source: [5, 8], mask: [5])
        => &source => encoder: residual(norm: layer_norm => attend: attention(heads: 2, mask: &mask)) => memory: layer_norm
        => &target => decoder: residual(norm: layer_norm => attend: attention(heads: 2, causal: true))
        => cross: residual(norm: layer_norm => attend: attention(heads: 2, memory: &memory, mask: &mask)) => 5
    >;
    struct Sentence<
        (words: [5, 4], mask: [5])
        => &words => concat(mean_over_time(mask: &mask) | max_over_time(mask: &mask)) => 3
    >;
    struct Packed<
        (words: [5, 3], mask: [5]) => &words => steps: lstm(4, bidirectional: true, mask: &mask)
        => (both: gru(3, bidirectional: true, last: true, mask: &mask)
            | rnn(9, mask: &mask) => last: take_last(mask: &mask) | end: lstm(2, last: true, mask: &mask) | &steps)
    >;
    struct SqueezeAndExcite<
        [3, 5, 6] => relu conv(8, 3, padding: same)
        => product(identity | global_avg_pool => relu 2 => sigmoid 8)
        => conv(2, 1)
    >;
    struct GatedWaveNet<
        [1, 12] => x: conv(4, 1)
        => z: product(
            tanh conv(4, 3, padding: causal, dilation: 2) | sigmoid conv(4, 3, padding: causal, dilation: 2)
        )
        => skip: conv(6, 1)
        => sum(&x | &z => conv(4, 1))
        => relu sum(conv(6, 1) | &skip)
        => conv(2, 1)
    >;
    struct Film<
        (image: [2, 5, 5], condition: 3) => &condition => gamma: 4 => &condition => beta: 4
        => &image => conv(4, 3, padding: same) => relu sum(product(identity | &gamma) | &beta)
        => global_avg_pool => 2
    >;
    struct GatedSteps<
        [6, 3] => product(tanh 4 | sigmoid 1) => concat(axis: 1; identity | exp 1) => mean_over_time => 2
    >;
}

cases! {
    "references.json";
    unet: "unet" UNet;
    dense_block: "dense_block" DenseBlock;
    latent: "latent" LatentCode;
    wavenet: "wavenet" WaveNet;
    skips_of_a_list: "dilated" Dilated;
    values_of_a_repeat: "pyramid" Pyramid;
    several_outputs: "actor_critic" ActorCritic;
    several_inputs: "critic" Critic;
    several_inputs_and_outputs: "towers" Towers;
    vae: "vae" Vae;
    matched: "matched" Matched;
    translator: "translator" Translator;
    sentence: "sentence" Sentence;
    packed: "packed" Packed;
    squeeze_and_excite: "squeeze_and_excite" SqueezeAndExcite;
    gated_wavenet: "gated_wavenet" GatedWaveNet;
    film: "film" Film;
    gated_steps: "gated_steps" GatedSteps;
}
