//! The shape of a sample, as a type.
//!
//! A layer states the shape it takes and the shape it gives, so `[4, 4, 1]` and `[1, 4, 4]` are
//! different although both hold 16 numbers. One sample of shape [`Rank1<N>`] is a `[T; N]`; of shape
//! [`Rank3<C, H, W>`] a `[[[T; W]; H]; C]`; a batch is a slice of such samples.

pub(crate) mod computed;
mod several;
mod tokens;

pub(crate) use several::length;
pub use several::{Around, Several, StepOfSeveral};
pub(crate) use tokens::to_numbers;
pub use tokens::{TokenOutOfRange, Tokens, Vocabularies, Vocabulary};

use crate::element::Element;
use crate::scalar::Float;

mod sealed {
    pub trait Sealed {}
}

/// The shape of one sample.
///
/// # Safety
/// `Sample<T>` is an array (of arrays) of exactly [`LEN`](Shape::LEN) values of type `Element<T>` and
/// nothing else. The trait is sealed; [`Rank1`], [`Rank2`], [`Rank3`], [`Tokens`] and the
/// shapes of [`Several`] sequences implement it.
pub unsafe trait Shape: sealed::Sealed + Copy + Send + Sync + 'static {
    /// The size along each axis, outermost first.
    const DIMS: &'static [usize];
    /// How many values a sample holds: the product of [`DIMS`](Shape::DIMS).
    const LEN: usize;
    /// How many ids of tokens there are for each place of a sample, or for all places alike; nothing where
    /// samples are numbers.
    const VOCABULARIES: &'static [usize] = &[];
    /// How many values a step of a sequence of this shape has: a row, where time runs along the first axis, and a column, where it
    /// runs along the last.
    #[doc(hidden)]
    const STEPS: [usize; 2] = steps(Self::DIMS, Self::LEN);
    /// What a sample is made of in a network that computes in `T`: `T` itself, or ids of tokens.
    type Element<T: Float>: Element;
    /// One sample in memory.
    type Sample<T: Float>: Copy + Send + Sync + 'static;

    /// Looks for tokens that are none of the vocabulary.
    ///
    /// # Errors
    /// If there is one.
    #[inline(always)]
    fn check<T: Float>(elements: &[Self::Element<T>]) -> Result<(), TokenOutOfRange> {
        let _ = elements;
        Ok(())
    }
}

/// A sample of these sizes, without its first axis or without its last.
const fn steps(dims: &[usize], len: usize) -> [usize; 2] {
    let mut steps = [0; 2];
    if let Some(step) = len.checked_div(dims[0]) {
        steps[0] = step;
    }
    if let Some(step) = len.checked_div(dims[dims.len() - 1]) {
        steps[1] = step;
    }
    steps
}

/// One sample of shape `S` in a network that computes in `T`.
pub type Sample<S, T> = <S as Shape>::Sample<T>;

/// A shape whose samples are numbers that networks compute with: every one but [`Tokens`].
#[diagnostic::on_unimplemented(
    message = "samples of shape `{Self}` are not made of `{T}`",
    label = "not a shape of `{T}`",
    note = "tokens become numbers in an `embedding`"
)]
pub trait Numbers<T: Float>: Shape<Element<T> = T> {}

#[diagnostic::do_not_recommend]
impl<T: Float, S: Shape<Element<T> = T>> Numbers<T> for S {}

/// A vector of `N` features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank1<const N: usize>;

/// A matrix of `A` rows of `B`, as in `[length, features]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank2<const A: usize, const B: usize>;

/// A volume, as in `[channels, height, width]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank3<const A: usize, const B: usize, const C: usize>;

impl<const N: usize> sealed::Sealed for Rank1<N> {}
impl<const A: usize, const B: usize> sealed::Sealed for Rank2<A, B> {}
impl<const A: usize, const B: usize, const C: usize> sealed::Sealed for Rank3<A, B, C> {}

// SAFETY: an array of N values.
unsafe impl<const N: usize> Shape for Rank1<N> {
    const DIMS: &'static [usize] = &[N];
    const LEN: usize = N;
    type Element<T: Float> = T;
    type Sample<T: Float> = [T; N];
}

// SAFETY: A arrays of B values.
unsafe impl<const A: usize, const B: usize> Shape for Rank2<A, B> {
    const DIMS: &'static [usize] = &[A, B];
    const LEN: usize = A * B;
    type Element<T: Float> = T;
    type Sample<T: Float> = [[T; B]; A];
}

// SAFETY: A arrays of B arrays of C values.
unsafe impl<const A: usize, const B: usize, const C: usize> Shape for Rank3<A, B, C> {
    const DIMS: &'static [usize] = &[A, B, C];
    const LEN: usize = A * B * C;
    type Element<T: Float> = T;
    type Sample<T: Float> = [[[T; C]; B]; A];
}

/// All values of a run of samples, in memory order.
#[inline(always)]
pub fn values<S: Shape, T: Float>(samples: &[Sample<S, T>]) -> &[S::Element<T>] {
    // SAFETY: `Shape` promises that each sample is `LEN` elements without padding.
    unsafe { core::slice::from_raw_parts(samples.as_ptr().cast(), samples.len() * S::LEN) }
}

/// All values of a run of samples, in memory order, to be changed.
#[inline(always)]
pub fn values_mut<S: Shape, T: Float>(samples: &mut [Sample<S, T>]) -> &mut [S::Element<T>] {
    // SAFETY: as in `values`; the exclusive borrow is handed on.
    unsafe { core::slice::from_raw_parts_mut(samples.as_mut_ptr().cast(), samples.len() * S::LEN) }
}

/// A run of values as samples of shape `S`.
///
/// # Panics
/// If the number of values is no multiple of `S::LEN`.
#[inline(always)]
pub fn samples<S: Shape, T: Float>(values: &[S::Element<T>]) -> &[Sample<S, T>] {
    let count = sample_count::<S>(values.len());
    // SAFETY: `count * LEN` values lie behind the pointer, and a sample is `LEN` elements,
    // aligned as one is.
    unsafe { core::slice::from_raw_parts(values.as_ptr().cast(), count) }
}

/// A run of values as samples of shape `S`, to be changed.
///
/// # Panics
/// If the number of values is no multiple of `S::LEN`.
#[inline(always)]
pub fn samples_mut<S: Shape, T: Float>(values: &mut [S::Element<T>]) -> &mut [Sample<S, T>] {
    let count = sample_count::<S>(values.len());
    // SAFETY: as in `samples`; the exclusive borrow is handed on.
    unsafe { core::slice::from_raw_parts_mut(values.as_mut_ptr().cast(), count) }
}

#[inline(always)]
fn sample_count<S: Shape>(values: usize) -> usize {
    let count = values.checked_div(S::LEN).unwrap_or(0);
    assert!(
        count * S::LEN == values,
        "{values} values are no whole number of samples of {} values",
        S::LEN
    );
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_and_values_are_the_same_memory() {
        let flat = [1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0];
        let images = samples::<Rank3<1, 2, 3>, f32>(&flat);
        assert_eq!(images.len(), 2);
        assert_eq!(images[1][0][1], [10.0, 11.0, 12.0]);
        assert_eq!(values::<Rank3<1, 2, 3>, f32>(images), flat);
        assert_eq!(samples::<Rank2<2, 2>, f32>(&flat)[2], [[9.0, 10.0], [11.0, 12.0]]);
    }

    #[test]
    fn samples_mut_writes_through() {
        let mut flat = [0.0f64; 6];
        samples_mut::<Rank1<3>, f64>(&mut flat)[1] = [1.0, 2.0, 3.0];
        values_mut::<Rank1<3>, f64>(samples_mut::<Rank1<3>, f64>(&mut flat))[0] = 9.0;
        assert_eq!(flat, [9.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
    }

    #[test]
    #[should_panic(expected = "7 values are no whole number of samples of 3 values")]
    fn a_torn_sample_is_refused() {
        samples::<Rank1<3>, f32>(&[0.0; 7]);
    }
}
