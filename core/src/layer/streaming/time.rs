//! Along which axis of a sequence time runs.

use crate::shape::{Rank1, Rank2, Several, Shape, StepOfSeveral, Tokens, Vocabulary};

mod sealed {
    pub trait Sealed {}
}

/// The axis along which time runs: [`TimeFirst`] or [`TimeLast`].
pub trait TimeAxis: sealed::Sealed + Copy + Send + Sync + 'static {
    /// Whether it is the first axis.
    const IS_FIRST: bool;
    /// The other axis, where time runs behind `transpose`.
    type Transposed: TimeAxis<Transposed = Self>;
}

/// Time along the first axis: `[length, features]`, a step is a row. Recurrent layers and attention have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeFirst {}

/// Time along the last axis: `[channels, length]`, a step is a column. Convolutions have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLast {}

impl sealed::Sealed for TimeFirst {}
impl sealed::Sealed for TimeLast {}

impl TimeAxis for TimeFirst {
    const IS_FIRST: bool = true;
    type Transposed = TimeLast;
}

impl TimeAxis for TimeLast {
    const IS_FIRST: bool = false;
    type Transposed = TimeFirst;
}

/// That time runs along the same axis where a value is read as where it was computed.
#[diagnostic::on_unimplemented(
    message = "a value with time along `{Time}` is read where time runs along `{Self}`",
    note = "a step of the one is no step of the other: refer to the value where it has the same axes"
)]
pub trait SameTime<Time> {}

#[diagnostic::do_not_recommend]
impl<Time: TimeAxis> SameTime<Time> for Time {}

/// That time runs along the same axis in each of several outputs.
#[diagnostic::on_unimplemented(
    message = "an output has time along `{Time}`, and the last one along `{Self}`",
    label = "the outputs have no step of all",
    note = "a step has a part of each output: `transpose` an output, so that all have the same axes"
)]
pub trait OutputsAlong<Time> {}

#[diagnostic::do_not_recommend]
impl<Time: TimeAxis> OutputsAlong<Time> for Time {}

/// That a sequence has as many steps as one of shape `First`, with time along `Time`.
#[diagnostic::on_unimplemented(
    message = "with `{Time}` there is no step of inputs of shapes `{First}` and `{Self}`",
    label = "not as many steps as the first input has",
    note = "a stream takes a step of each input: [length, features] or [length] with `TimeFirst`, [channels, length] with \
            `TimeLast`, of one length"
)]
pub trait LastsAs<First, Time> {}

macro_rules! last_as_long {
    ($($time:ident: [$($size:ident)*] $first:ty, $other:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$(const $size: usize),*> LastsAs<$first, $time> for $other {}
    )*};
}

last_as_long! {
    TimeFirst: [LENGTH] Rank1<LENGTH>, Rank1<LENGTH>;
    TimeFirst: [LENGTH A] Rank2<LENGTH, A>, Rank1<LENGTH>;
    TimeFirst: [LENGTH A] Rank1<LENGTH>, Rank2<LENGTH, A>;
    TimeFirst: [LENGTH A B] Rank2<LENGTH, A>, Rank2<LENGTH, B>;
    TimeLast: [LENGTH A B] Rank2<A, LENGTH>, Rank2<B, LENGTH>;
}

/// A shape that is a sequence of steps along an axis.
#[diagnostic::on_unimplemented(
    message = "samples of shape `{Self}` are no sequence along `{Time}`",
    note = "a sequence is [length, features], with `TimeFirst`, or [channels, length], with `TimeLast`"
)]
pub trait Sequence<Time: TimeAxis>: Shape {
    /// The shape of a step, with the number of its values or tokens.
    type Step: Shape;
}

/// One number after the other.
// Else rustc would list what the note says.
#[diagnostic::do_not_recommend]
impl<const LENGTH: usize> Sequence<TimeFirst> for Rank1<LENGTH> {
    type Step = Rank1<1>;
}

/// One token after the other.
#[diagnostic::do_not_recommend]
impl<const LENGTH: usize, const N: usize> Sequence<TimeFirst> for Tokens<LENGTH, Vocabulary<N>> {
    type Step = Rank1<1>;
}

#[diagnostic::do_not_recommend]
impl<const LENGTH: usize, const FEATURES: usize> Sequence<TimeFirst> for Rank2<LENGTH, FEATURES> {
    type Step = Rank1<FEATURES>;
}

#[diagnostic::do_not_recommend]
impl<const CHANNELS: usize, const LENGTH: usize> Sequence<TimeLast> for Rank2<CHANNELS, LENGTH> {
    type Step = Rank1<CHANNELS>;
}

#[diagnostic::do_not_recommend]
impl<R: 'static, C: 'static, const WHOLE: usize, const ROW: usize, const COLUMN: usize>
    Sequence<TimeFirst> for Several<R, C, WHOLE, ROW, COLUMN>
{
    type Step = StepOfSeveral<R, ROW>;
}

#[diagnostic::do_not_recommend]
impl<R: 'static, C: 'static, const WHOLE: usize, const ROW: usize, const COLUMN: usize>
    Sequence<TimeLast> for Several<R, C, WHOLE, ROW, COLUMN>
{
    type Step = StepOfSeveral<C, COLUMN>;
}

/// How many values a step of a sequence of shape `S` has.
pub const fn step_len<S: Shape, Time: TimeAxis>() -> usize {
    let [row, column] = S::STEPS;
    if Time::IS_FIRST { row } else { column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_rows_or_columns() {
        assert_eq!(step_len::<Rank2<7, 3>, TimeFirst>(), 3);
        assert_eq!(step_len::<Rank2<7, 3>, TimeLast>(), 7);
        assert_eq!(step_len::<Tokens<7, Vocabulary<9>>, TimeFirst>(), 1);
        assert_eq!(<<Rank2<7, 3> as Sequence<TimeLast>>::Step as Shape>::DIMS, [7]);
    }
}
