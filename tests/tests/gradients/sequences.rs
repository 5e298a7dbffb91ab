//! Whole networks for sequences, of numbers and of tokens.

use static_net::prelude::*;
use static_net_tests::{gradient, tokens};

network! {
    struct Gpt<
        f64;
        tokens(8, vocab: 11) => embedding(8) => position
        => repeat(2;
            residual(norm: layer_norm => attn: attention(heads: 2, causal: true))
            => feed_forward: residual(norm: layer_norm => up: gelu 16 => down: 8))
        => layer_norm => 11
    >;
    /// As Llama has it, with the table at both ends.
    struct Llama<
        f64;
        tokens(6, vocab: 9) => table: embedding(8, std: 0.5)
        => repeat(2;
            residual(rms_norm => attention(heads: 4, kv_heads: 2, causal: true, rotary: true, bias: false))
            => residual(rms_norm => silu 12 => 8))
        => rms_norm => tied(table)
    >;
    struct Classifier< f64; [10, 5] => layer_norm => hidden: lstm(7, last: true) => dropout(0.2) => log_softmax 4 >;
    struct Tagger<
        f64;
        tokens(7, vocab: 12) => embedding(6) => gru(5, bidirectional: true) => tanh 8 => softmax 4
    >;
    struct Columns<
        f64;
        tokens(3, vocab: [4, 6, 2]) => embedding(3) => flatten => silu 8 => 1
    >;
    struct Reader< f64; tokens(7, vocab: 12) => tagger: Tagger => [7, 4] => tanh 5 => mean_over_time => 3 >;
}

#[test]
fn language_models() {
    for (seed, batch) in [1, 2, 5].into_iter().enumerate() {
        tokens::check::<Gpt>(batch, seed as u64);
        tokens::check::<Llama>(batch, seed as u64);
    }
}

#[test]
fn a_classifier_of_sequences() {
    for (seed, batch) in [0, 1, 2, 9].into_iter().enumerate() {
        gradient::check::<Classifier>(batch, seed as u64);
        gradient::check_training::<Classifier>(batch, seed as u64);
    }
}

#[test]
fn taggers_and_tables() {
    for (seed, batch) in [0, 1, 2, 9].into_iter().enumerate() {
        tokens::check::<Tagger>(batch, seed as u64);
        tokens::check::<Columns>(batch, seed as u64);
        tokens::check::<Reader>(batch, seed as u64);
    }
}
