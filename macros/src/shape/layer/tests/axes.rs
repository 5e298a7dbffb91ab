//! Matrices that are taken for what they are not, and those of which nothing is known.

use super::read;
use super::refused::refused_once;

/// Input, stages, what is said, and the mended declaration.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    (
        "[40, 100]",
        "conv(64, 5) => lstm(64)",
        "`lstm` takes a sequence [length, features], but stage 1 gives a signal [channels, length]: [64, 96]",
        "< [40, 100] => conv(64, 5) => transpose => lstm(64) >",
    ),
    (
        "tokens(64, vocab: 65)",
        "embedding(64) => conv(8, 3, padding: causal)",
        "`conv` takes a signal [channels, length], but stage 1 gives a sequence [length, features]: [64, 64]",
        "< tokens(64, vocab: 65) => embedding(64) => transpose => conv(8, 3, padding: causal) >",
    ),
    (
        "[20, 50]",
        "lstm(8) => max_pool(2) => dropout => lstm(4)",
        "`max_pool` takes a signal [channels, length], but stage 1 gives a sequence [length, features]: [20, 8]",
        "< [20, 50] => lstm(8) => transpose => max_pool(2) => dropout => transpose => lstm(4) >",
    ),
    (
        "[20, 50]",
        "gru(8) => batch_norm => gru(4)",
        "`batch_norm` takes a signal [channels, length], but stage 1 gives a sequence [length, features]: [20, 8]",
        "< [20, 50] => gru(8) => transpose => batch_norm => transpose => gru(4) >",
    ),
    (
        "[40, 100]",
        "depthwise(3) => relu => dropout(0.1) => layer_norm => attention(2)",
        "`attention` takes a sequence [length, features], but stage 4 gives a signal [channels, length]: [40, 98]",
        "< [40, 100] => depthwise(3) => relu => dropout(0.1) => layer_norm => transpose => attention(2) >",
    ),
    (
        "[40, 100]",
        "conv(16, 4, stride: 4) => position",
        "`position` takes a sequence [length, features], but stage 1 gives a signal [channels, length]: [16, 25]",
        "< [40, 100] => conv(16, 4, stride: 4) => transpose => position >",
    ),
    (
        "[40, 100]",
        "avg_pool(2) => mean_over_time => 3",
        "`mean_over_time` takes a sequence [length, features], but stage 1 gives a signal [channels, length]: [40, 50]",
        "< [40, 100] => avg_pool(2) => transpose => mean_over_time => 3 >",
    ),
    (
        "[40, 100]",
        "features: conv(64, 5) => relu 10",
        "stage 2 is a dense layer, which takes a vector or [length, features], but stage 1 `features` gives a signal [channels, length]: [64, 96]",
        "< [40, 100] => features: conv(64, 5) => flatten => relu 10 >",
    ),
    (
        "[40, 100]",
        "residual(tanh conv(40, 3, padding: same)) => lstm(4)",
        "`lstm` takes a sequence [length, features], but stage 1 gives a signal [channels, length]: [40, 100]",
        "< [40, 100] => residual(tanh conv(40, 3, padding: same)) => transpose => lstm(4) >",
    ),
    (
        "[20, 50]",
        "lstm(8) => sum(take_last | global_avg_pool)",
        "`global_avg_pool` takes a signal [channels, length], but stage 1 gives a sequence [length, features]: [20, 8]",
        "< [20, 50] => lstm(8) => sum(take_last | mean_over_time) >",
    ),
    (
        "[20, 50]",
        "lstm(8) => transpose => lstm(8)",
        "`lstm` takes a sequence [length, features], but stage 2 gives a signal [channels, length]: [8, 20]",
        "< [20, 50] => lstm(8) => transpose => transpose => lstm(8) >",
    ),
    (
        "[20, 50]",
        "lstm(8) => global_avg_pool => 2",
        "`global_avg_pool` takes a signal [channels, length], but stage 1 gives a sequence [length, features]: [20, 8]",
        "< [20, 50] => lstm(8) => mean_over_time => 2 >",
    ),
    (
        "[20, 50]",
        "lstm(8) => GlobalAveragePooling1D() => 2",
        "unknown layer `GlobalAveragePooling1D`, did you mean `mean_over_time`?",
        "< [20, 50] => lstm(8) => mean_over_time => 2 >",
    ),
    (
        "[20, 50]",
        "lstm(8) => global_max_pool => 2",
        "`global_max_pool` takes a signal [channels, length], but stage 1 gives a sequence [length, features]: [20, 8]",
        "< [20, 50] => lstm(8) => max_over_time => 2 >",
    ),
    (
        "[20, 50]",
        "lstm(8) => GlobalMaxPooling1D() => 2",
        "unknown layer `GlobalMaxPooling1D`, did you mean `max_over_time`?",
        "< [20, 50] => lstm(8) => max_over_time => 2 >",
    ),
    (
        "[40, 100]",
        "conv(64, 5) => GlobalMaxPooling1D() => 2",
        "unknown layer `GlobalMaxPooling1D`, did you mean `max_over_time`?",
        "< [40, 100] => conv(64, 5) => global_max_pool => 2 >",
    ),
    (
        "[20, 50]",
        "slice(2, 20) => GlobalMaxPooling1D() => 2",
        "unknown layer `GlobalMaxPooling1D`, did you mean `max_over_time`?",
        "< [20, 50] => slice(2, 20) => max_over_time => 2 >",
    ),
    (
        "[20, 50]",
        "lstm(8) => slice(2, 20) => conv(4, 3) => 2",
        "`conv` takes a signal [channels, length], but stage 2 gives a sequence [length, features]: [18, 8]",
        "< [20, 50] => lstm(8) => slice(2, 20) => transpose => conv(4, 3) => flatten => 2 >",
    ),
    (
        "[20, 50]",
        "lstm(8) => mean_pool => 2",
        "unknown layer `mean_pool`, did you mean `mean_over_time`?",
        "< [20, 50] => lstm(8) => mean_over_time => 2 >",
    ),
    (
        "[C, 100]",
        "conv(64, 5) => lstm(64)",
        "`lstm` takes a sequence [length, features], but stage 1 gives a signal [channels, length]",
        "< [C, 100] => conv(64, 5) => transpose => lstm(64) >",
    ),
    (
        "tokens(L, vocab: 65)",
        "embedding(E) => conv(8, 3)",
        "`conv` takes a signal [channels, length], but stage 1 gives a sequence [length, features]: [L, E]",
        "< tokens(L, vocab: 65) => embedding(E) => transpose => conv(8, 3) >",
    ),
];

#[test]
fn what_axes_mean_is_kept() {
    refused_once(REFUSED);
}

#[test]
fn what_is_unknown_or_fits_is_taken() {
    for stages in [
        "[40, 100] => conv(64, 5) => transpose => lstm(64) => mean_over_time",
        "[40, 100] => conv(64, 5) => adaptive_max_pool(4) => transpose => lstm(64) => max_over_time",
        "[40, 100] => conv(64, 5) => [64, 96] => lstm(64)",
        "[40, 100] => conv(64, 5) => flatten => relu 10",
        "[40, 100] => conv(64, 5) => global_avg_pool => batch_norm => 10",
        "[40, 100] => dropout => lstm(64)",
        "[40, 100] => transpose => conv(8, 3) => relu => max_pool(2)",
        "[40, 100] => 12 => conv(8, 3)",
        "[40, 100] => lstm(12) => relu 12 => layer_norm => attention(4)",
        "[40, 100] => lstm(12) => [40, 12] => max_pool(2)",
        "[40, 100] => lstm(12) => reshape[12, 40] => max_pool(2)",
        "[40, 100] => lstm(12, last: true) => batch_norm => reshape[3, 4] => lstm(2)",
        "[3, 8, 8] => conv(4, 3) => max_pool(2) => reshape[4, 9] => lstm(2)",
        "[C, 8, 8] => conv(4, 3) => max_pool(2) => flatten => 2",
        "[40, 100] => sum(lstm(12) | transpose => conv(40, 1) => transpose => 12) => lstm(2)",
        "[40, 100] => sum(conv(40, 1) | lstm(100)) => lstm(2)",
    ] {
        let (_, faults, _) = read(&format!("< {stages} >"));
        let faults: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
        assert!(faults.is_empty(), "{stages}: {faults:?}");
    }
}
