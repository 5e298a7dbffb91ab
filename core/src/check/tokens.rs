//! Tokens and numbers are not taken for each other.

use static_net_rules::{Text, size};

use super::Context;
use crate::layer::same;

/// The network or layer `name` takes numbers, or tokens of the vocabularies, that `from` gives. The value is only
/// there to be named: what names it counts as reported already where this is not so.
#[track_caller]
pub const fn kind(takes: &[usize], gives: &[usize], name: &str, context: &Context<'_>) -> usize {
    if !same(takes, gives) {
        let text = Text::new().text(name).text(" takes ");
        let text = sort(text, takes).text(", but ").text(context.from).text(" gives ");
        let text = sort(text, gives).route(context.route);
        let text = if takes.is_empty() && !gives.is_empty() {
            text.text("\nhelp: tokens become numbers in an `embedding`")
        } else if gives.is_empty() {
            text.text("\nhelp: a network of tokens stands first: < tokens(")
                .text("64, vocab: ")
                .number(takes[0] as u128)
                .text(") => .. >")
        } else {
            text.text("\nhelp: the same vocabulary for both")
        };
        panic!("{}", text.as_str());
    }
    0
}

/// An output of so many values is a whole number of steps of `classes` values.
#[track_caller]
pub const fn steps(values: usize, classes: usize) {
    if classes == 0 || !values.is_multiple_of(classes) {
        let text = Text::new()
            .text("an output of ")
            .number(values as u128)
            .text(" values is no whole number of steps of ")
            .number(classes as u128)
            .text(" classes: `each_step` is told the last size of the output's shape");
        panic!("{}", text.as_str());
    }
}

/// A vocabulary that is a const, whose tokens are numbered by `u32`.
#[track_caller]
pub const fn vocabulary(tokens: usize, name: &str) {
    if let Some(text) = size::vocabulary(tokens, name) {
        let text = text.text("\nhelp: give `").text(name).text("` a value of at most ");
        panic!("{}", text.number(size::MOST_TOKENS as u128).as_str());
    }
}

const fn sort(text: Text, vocabularies: &[usize]) -> Text {
    match vocabularies {
        [] => text.text("numbers"),
        [one] => text.text("tokens of a vocabulary of ").number(*one as u128),
        several => text.text("tokens of the vocabularies ").shape(several),
    }
}
