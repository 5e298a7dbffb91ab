//! The texts that random declarations are made of.

/// What may stand as a size; the first seven may be right.
pub(super) const SIZES: &[&str] = &[
    "8",
    "1",
    "2",
    "3",
    "4",
    "10",
    "32",
    "N",
    "M",
    "SIZE",
    "sizes::WIDTH",
    "{ 2 * SIZE }",
    "{ N }",
    "{ N + 1 }",
    "{ }",
    "{ { 3 } }",
    "0",
    "-3",
    "+4",
    "2.5",
    "1e3",
    "3_u32",
    "0x1f",
    "1_000",
    "4294967296",
    "9223372036854775808",
    "18446744073709551615",
    "340282366920938463463374607431768211456",
    "1e308",
    "1e999",
    "\"3\"",
    "\"\"",
    "'c'",
    "b\"x\"",
    "c\"x\"",
    "true",
    "(3)",
    "(N, M)",
    "[2]",
    "N * 2",
    "größe",
    "Größe",
    "尺寸",
    "r#type",
    "r#N",
    "_",
    "'a",
    "",
];

/// Names of labels, networks, layers, arguments and consts, of which the first four may be right as each.
pub(super) const NAMES: &[&str] = &[
    "Net", "Encoder", "latent", "a", "stage1", "input", "output", "type", "r#type", "r#match",
    "größe", "Größe", "尺寸", "_", "__", "N", "self", "Self", "crate", "forward", "project",
    "ReLU", "rellu", "LSTM", "Conv2d", "dense", "Linear", "eps", "f32", "pub", "struct", "const",
    "usize", "vocab", "tokens",
];

/// Words that are values of arguments.
pub(super) const WORDS: &[&str] =
    &["same", "causal", "valid", "true", "false", "linear", "bilinear", "nearest", "tanh"];

/// What may stand in the place of an arrow.
pub(super) const PUNCTUATION: &[&str] = &[
    "=>", "->", "=", ">", "<", ">>", "<=", ">=", "==>", "|>", "|", "||", ";", ",", ":", "::", ".",
    "..", "-", "+", "*", "/", "&", "#", "!", "?", "$", "@", "%", "^", "~", "'",
];
