//! Shapes stated of tokens, and arguments, branches and labels that are not written as they should be.

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
    (
        "10",
        "h: concat(a: relu 3)",
        "`concat` joins two branches or more, with `|` between them: `concat(relu 16 | tanh 16)`",
        "< 10 => a: relu 3 >",
    ),
    (
        "10",
        "h: concat(relu 3 => 4)",
        "`concat` joins two branches or more, with `|` between them: `concat(relu 16 | tanh 16)`",
        "< 10 => relu 3 => h: 4 >",
    ),
    (
        "10",
        "h: tanh concat(relu 3 => 4)",
        "`concat` joins two branches or more, with `|` between them: `concat(relu 16 | tanh 16)`",
        "< 10 => relu 3 => 4 => h: tanh >",
    ),
    (
        "10",
        "sum(relu 3 | | tanh 3)",
        "a branch of `sum` holds no stage",
        "< 10 => sum(relu 3 | tanh 3) >",
    ),
    (
        "10",
        "relu 0 => tanh => [8]",
        "a size is 0, but must be at least 1",
        "< 10 => relu 8 => tanh => [8] >",
    ),
    ("10", "1: 32", "a label is a name, not `1`", "< 10 => layer1: 32 >"),
    (
        "16",
        "dropout(-0.1)",
        "`p` is at least 0 and less than 1, not -0.1",
        "< 16 => dropout(0.1) >",
    ),
];

#[test]
fn each_is_told_once_and_helped() {
    refused_once(REFUSED);
}
