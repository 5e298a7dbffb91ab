//! Tokens and numbers are not taken for each other.

use static_net_rules::{Text, size};

use super::Context;
use crate::layer::{Layer, same};
use crate::scalar::Float;
use crate::shape::Shape;

/// What a network or layer takes: the sizes of vocabularies, none where it takes numbers, and the shape.
pub const fn input<T: Float, L: Layer<T>>() -> (&'static [usize], &'static [usize]) {
    (<L::Input as Shape>::VOCABULARIES, <L::Input as Shape>::DIMS)
}

/// Whether a network or layer takes numbers or tokens as they come, as [`Checked`](crate::stage::Checked) has it.
pub const fn kind((takes, _): (&[usize], &[usize]), gives: &[usize]) -> usize {
    match (takes, gives) {
        ([], [_, ..]) => 2,
        ([_, ..], []) => 1,
        ([], []) | ([_, ..], [_, ..]) => 0,
    }
}

/// The network or layer `name` takes numbers, or so many tokens of the vocabularies, that `from` gives. Where it is the
/// first stage, the context is around the input.
#[track_caller]
pub const fn fits_kind(
    (takes, length): (&[usize], &[usize]),
    gives: &[usize],
    name: &str,
    is_first: bool,
    context: &Context<'_>,
) {
    if !same(takes, gives) {
        let text = Text::new().text(name).text(" takes ");
        let text = sort(text, takes).text(", but ").text(context.from).text(" gives ");
        let text = sort(text, gives).route(context.route);
        let text = if takes.is_empty() && !gives.is_empty() {
            text.text("\nhelp: tokens become numbers in an `embedding`")
        } else if is_first {
            let (front, behind) = context.around;
            let text = text.text("\nhelp: ").text(front).text("tokens(").number(length[0] as u128);
            let text = text.text(", vocab: ");
            let text = match takes {
                [one] => text.number(*one as u128),
                several => text.shape(several),
            };
            text.text(")").text(behind)
        } else {
            text.text("\nhelp: a network of tokens is the first stage, right behind the input")
        };
        panic!("{}", text.as_str());
    }
}

/// A loss at each step, of so many classes, is of an output that is a whole number of steps.
#[track_caller]
pub const fn steps(values: usize, classes: usize) {
    if classes == 0 || !values.is_multiple_of(classes) {
        let text = Text::new()
            .text("an output of ")
            .number(values as u128)
            .text(" values does not divide into steps of ")
            .number(classes as u128)
            .text(
                " classes\nhelp: the number of `each_step` is the last size of the output's shape",
            );
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

/// A token for padding that only rustc knows, or one of a vocabulary that only it knows.
#[track_caller]
pub const fn padding(token: usize, vocabularies: &[usize]) {
    if let Some(text) = size::padding(token, vocabularies) {
        let text = text.text("\nhelp: ").text(size::PADDING_OF_THE_VOCABULARY);
        panic!("{}", text.as_str());
    }
}

const fn sort(text: Text, vocabularies: &[usize]) -> Text {
    match vocabularies {
        [] => text.text("numbers"),
        [one] => text.text("tokens of a vocabulary of ").number(*one as u128),
        several => text.text("tokens of the vocabularies ").shape(several),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_steps_pass() {
        steps(30, 1);
        steps(30, 6);
        steps(30, 30);
    }

    #[test]
    #[should_panic(expected = "an output of 30 values does not divide into steps of 7 classes\n\
        help: the number of `each_step` is the last size of the output's shape")]
    fn a_part_of_a_step_is_told() {
        steps(30, 7);
    }

    #[test]
    #[should_panic(expected = "an output of 30 values does not divide into steps of 0 classes")]
    fn steps_of_nothing_are_told() {
        steps(30, 0);
    }
}
