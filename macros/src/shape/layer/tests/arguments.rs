//! Shapes stated of tokens, and arguments that are not written as they should be.

use super::refused::refused_once;

/// Input, stages, what is said, and the mended declaration.
const REFUSED: &[(&str, &str, &str, &str)] = &[
    (
        "tokens(8, vocab: 65)",
        "[9] => embedding(4) => 4",
        "the stated shape [9] does not hold: the input gives [8]",
        "< tokens(8, vocab: 65) => [8] => embedding(4) => 4 >",
    ),
    (
        "tokens(8, vocab: 65)",
        "[8, 65] => embedding(4) => lstm(4)",
        "the stated shape [8, 65] does not hold: the input gives [8]",
        "< tokens(8, vocab: 65) => [8] => embedding(4) => lstm(4) >",
    ),
    (
        "[16, 8]",
        "attention(heads: 2, causal)",
        "`causal` of `attention` has no value: `causal: true`",
        "< [16, 8] => attention(heads: 2, causal: true) >",
    ),
    (
        "[16, 8]",
        "lstm(64, last)",
        "`last` of `lstm` has no value: `last: true`",
        "< [16, 8] => lstm(64, last: true) >",
    ),
    (
        "[16, 8]",
        "attention(heads = 4)",
        "a name stands in front of `:`, not `=`: `heads: 4`",
        "< [16, 8] => attention(heads: 4) >",
    ),
    (
        "tokens(4, vocab = 65)",
        "embedding(8)",
        "a name stands in front of `:`, not `=`: `vocab: 65`",
        "< tokens(4, vocab: 65) => embedding(8) >",
    ),
];

#[test]
fn each_is_told_once_and_helped() {
    refused_once(REFUSED);
}
