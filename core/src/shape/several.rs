//! Several sequences, one behind the other.

use core::marker::PhantomData;

use super::{Shape, sealed};
use crate::scalar::Float;

/// Several sequences of equal length, one behind the other: what a network with several outputs gives as a layer. They are
/// `WHOLE` values. With time along the first axis of each, a step of all has `ROW` values, and is given to users as an `R`;
/// with time along the last axis it has `COLUMN`, and is a `C`.
pub struct Several<R, C, const WHOLE: usize, const ROW: usize, const COLUMN: usize>(
    PhantomData<fn() -> (R, C)>,
);

/// A step of [`Several`] sequences: `N` values, given to users as a `V`.
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
