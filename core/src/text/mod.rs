//! Text as numbers: the tokens that sequence networks are made for.
//!
//! [`Characters`] takes each character as a token. Other tokenizers go as well: all that a network sees is one
//! number per token, less than the size of the vocabulary.

mod characters;

pub use characters::{Characters, UnknownCharacter, UnknownToken};
