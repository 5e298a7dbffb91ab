//! Why a stage does not stream, where `network!` knows it: bounds that nothing fulfils, which stand in the place of those that
//! are asked of the layers, so that rustc says this at the stage and nothing of the layer's type.

use core::convert::Infallible;
use core::marker::PhantomData;

use super::time::{TimeFirst, TimeLast};

/// That branches which are joined along an axis are so at each step: time does not run along it.
#[diagnostic::on_unimplemented(
    message = "values that are joined along time cannot be taken step by step",
    label = "a stage joins along time",
    note = "`concat` joins steps of [channels, length] along their first axis, with `TimeLast`, and \
            `concat(axis: 1; ..)` those of [length, features], with `TimeFirst`"
)]
pub trait JoinsEachStep {}

/// Branches that are joined along an axis, with time along `Time`.
pub struct Joined<Time, const AXIS: usize>(PhantomData<Time>);

#[diagnostic::do_not_recommend]
impl JoinsEachStep for Joined<TimeLast, 0> {}

#[diagnostic::do_not_recommend]
impl JoinsEachStep for Joined<TimeFirst, 1> {}

/// A stage that is to take a sequence with time along `Time`.
pub struct StreamedStage<Time>(PhantomData<Time>);

macro_rules! asked {
    ($($(#[$attribute:meta])* $name:ident;)*) => {$(
        $(#[$attribute])*
        pub trait $name {}

        // Where nothing at all had it, rustc would propose to implement it.
        #[diagnostic::do_not_recommend]
        impl $name for Infallible {}
    )*};
}

asked! {
    /// What a convolution, an attention or a recurrence that looks ahead is not.
    #[diagnostic::on_unimplemented(
        message = "a stage that looks ahead cannot take a sequence step by step",
        label = "a stage needs steps that come later",
        note = "`conv` and `depthwise` look back only with `padding: causal` or a kernel of 1, `attention` with \
                `causal: true`, `rnn`, `lstm` and `gru` without `bidirectional`"
    )]
    LooksBack;

    /// What makes a vector of a sequence does not.
    #[diagnostic::on_unimplemented(
        message = "a stage that makes one vector of a sequence cannot take it step by step",
        label = "a stage gives nothing for each step",
        note = "without that stage, or without its `last: true`, a stream gives for each step what is known so far"
    )]
    GivesEachStep;

    /// What makes a sequence longer or shorter does not.
    #[diagnostic::on_unimplemented(
        message = "a stage that makes a sequence longer or shorter cannot take it step by step",
        label = "a stage gives nothing for some steps, or more than one"
    )]
    KeepsLength;

    /// What attention and positions are not.
    #[diagnostic::on_unimplemented(
        message = "a stage that takes the steps of one sequence and no more cannot go on from a state",
        label = "a stage has taken all its steps behind one sequence",
        note = "`attention`, `position` and `sinusoidal` end with the sequence; a stream, which takes their steps one by one, \
                has a state too, from which it goes on"
    )]
    HasNoEnd;

    /// What reads other values besides what comes in does not.
    #[diagnostic::on_unimplemented(
        message = "a stage that reads other values cannot take a sequence step by step yet",
        label = "a stage reads another value, as a memory"
    )]
    TakesOneValue;

    /// What has a mask does not.
    #[diagnostic::on_unimplemented(
        message = "a stage that passes over steps cannot take a sequence step by step",
        label = "a stage has a mask, and a stream no padding",
        note = "a stream takes as many steps as there are: without the mask it gives what `forward` gives at those that a mask \
                has no zero for"
    )]
    TakesEachStep;

    /// What tokens with a vocabulary for each place have not.
    #[diagnostic::on_unimplemented(
        message = "tokens that have a vocabulary for each place cannot be taken step by step",
        label = "an input of such tokens"
    )]
    HasOneVocabulary;
}
