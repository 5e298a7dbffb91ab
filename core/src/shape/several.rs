//! Several sequences, one behind the other.

use core::marker::PhantomData;

use super::{Shape, sealed};
use crate::scalar::Float;

/// Several sequences of equal length, one behind the other: what a network with several inputs takes as a layer, and one with
/// several outputs gives. They are `WHOLE` values. With time along the first axis of each, a step of all has `ROW` values, and is
/// an `R` for users; with time along the last axis it has `COLUMN`, and is a `C`.
pub struct Several<R, C, const WHOLE: usize, const ROW: usize, const COLUMN: usize>(
    PhantomData<fn() -> (R, C)>,
);

/// A step of [`Several`] sequences: `N` values, for users a `V`.
pub struct StepOfSeveral<V, const N: usize>(PhantomData<fn() -> V>);

impl<R, C, const WHOLE: usize, const ROW: usize, const COLUMN: usize> Clone
    for Several<R, C, WHOLE, ROW, COLUMN>
{
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, C, const WHOLE: usize, const ROW: usize, const COLUMN: usize> Copy
    for Several<R, C, WHOLE, ROW, COLUMN>
{
}

impl<R, C, const WHOLE: usize, const ROW: usize, const COLUMN: usize> sealed::Sealed
    for Several<R, C, WHOLE, ROW, COLUMN>
{
}

// SAFETY: an array of WHOLE values.
unsafe impl<R: 'static, C: 'static, const WHOLE: usize, const ROW: usize, const COLUMN: usize> Shape
    for Several<R, C, WHOLE, ROW, COLUMN>
{
    const DIMS: &'static [usize] = &[WHOLE];
    const LEN: usize = WHOLE;
    const STEPS: [usize; 2] = [ROW, COLUMN];
    type Element<T: Float> = T;
    type Sample<T: Float> = [T; WHOLE];
}

impl<V, const N: usize> Clone for StepOfSeveral<V, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V, const N: usize> Copy for StepOfSeveral<V, N> {}

impl<V, const N: usize> sealed::Sealed for StepOfSeveral<V, N> {}

// SAFETY: an array of N values.
unsafe impl<V: 'static, const N: usize> Shape for StepOfSeveral<V, N> {
    const DIMS: &'static [usize] = &[N];
    const LEN: usize = N;
    type Element<T: Float> = T;
    type Sample<T: Float> = [T; N];
}

/// Several sequences of equal length, one behind the other: `WHOLE` values, among which one of shape `O` is.
pub struct Around<O, const WHOLE: usize>(PhantomData<fn() -> O>);

impl<O, const WHOLE: usize> Clone for Around<O, WHOLE> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, const WHOLE: usize> Copy for Around<O, WHOLE> {}

impl<O, const WHOLE: usize> sealed::Sealed for Around<O, WHOLE> {}

// SAFETY: an array of WHOLE values.
unsafe impl<O: Shape, const WHOLE: usize> Shape for Around<O, WHOLE> {
    const DIMS: &'static [usize] = &[WHOLE];
    const LEN: usize = WHOLE;
    const STEPS: [usize; 2] = {
        let [row, column] = O::STEPS;
        [WHOLE / length(O::LEN, row), WHOLE / length(O::LEN, column)]
    };
    type Element<T: Float> = T;
    type Sample<T: Float> = [T; WHOLE];
}

/// How many steps there are of so many values.
pub(crate) const fn length(values: usize, step: usize) -> usize {
    match values.checked_div(step) {
        Some(0) | None => 1,
        Some(length) => length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::{TimeFirst, TimeLast, step_len};
    use crate::shape::Rank2;

    #[test]
    fn a_step_has_a_part_of_each() {
        type Both = Several<(), (), 40, 5, 8>;
        assert_eq!([step_len::<Both, TimeFirst>(), step_len::<Both, TimeLast>()], [5, 8]);
        type One = Around<Rank2<8, 3>, 40>;
        assert_eq!([step_len::<One, TimeFirst>(), One::LEN], [5, 40]);
    }
}
