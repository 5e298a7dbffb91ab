//! Functions of slices, for losses, optimizers and layers without weights.
//!
//! A plain loop over slices inside a [`Kernel`](crate::simd::Kernel) is vectorised for the kernel's
//! instruction set too; these are the ones that are needed in several places, or that reduce.

use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

/// `target = function(source)` for each value.
///
/// # Panics
/// If the lengths differ.
#[inline(always)]
pub fn map<T: Float, I: InstructionSet>(
    source: &[T],
    target: &mut [T],
    function: impl Fn(T::Vector<I>) -> T::Vector<I>,
) {
    assert_eq!(source.len(), target.len());
    let lanes = <T::Vector<I> as Vector<T>>::LANES;
    let (whole, rest) = source.split_at(source.len() / lanes * lanes);
    let (target, target_rest) = target.split_at_mut(whole.len());
    for (source, target) in whole.chunks_exact(lanes).zip(target.chunks_exact_mut(lanes)) {
        function(T::Vector::<I>::load(source)).store(target);
    }
    if !rest.is_empty() {
        function(T::Vector::<I>::load_partial(rest, rest.len())).store_partial(target_rest, rest.len());
    }
}

/// `values = function(values)` for each value.
#[inline(always)]
pub fn map_in_place<T: Float, I: InstructionSet>(
    values: &mut [T],
    function: impl Fn(T::Vector<I>) -> T::Vector<I>,
) {
    let lanes = <T::Vector<I> as Vector<T>>::LANES;
    let mut chunks = values.chunks_exact_mut(lanes);
    for chunk in &mut chunks {
        function(T::Vector::<I>::load(chunk)).store(chunk);
    }
    let rest = chunks.into_remainder();
    if !rest.is_empty() {
        let count = rest.len();
        function(T::Vector::<I>::load_partial(rest, count)).store_partial(rest, count);
    }
}

/// `target += factor * source` for each value.
///
/// # Panics
/// If the lengths differ.
pub fn axpy<T: Float>(factor: T, source: &[T], target: &mut [T]) {
    struct Axpy<'a, T>(T, &'a [T], &'a mut [T]);
    impl<T: Float> Kernel for Axpy<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) {
            for (target, &source) in self.2.iter_mut().zip(self.1) {
                *target = source.mul_add(self.0, *target);
            }
        }
    }
    assert_eq!(source.len(), target.len());
    dispatch(Axpy(factor, source, target));
}

/// Multiplies each value with a factor.
pub fn scale<T: Float>(factor: T, values: &mut [T]) {
    struct Scale<'a, T>(T, &'a mut [T]);
    impl<T: Float> Kernel for Scale<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) {
            for value in self.1 {
                *value *= self.0;
            }
        }
    }
    dispatch(Scale(factor, values));
}

/// Moves each value into `[low, high]`; a NaN stays.
pub fn clamp<T: Float>(low: T, high: T, values: &mut [T]) {
    struct Clamp<'a, T>(T, T, &'a mut [T]);
    impl<T: Float> Kernel for Clamp<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) {
            let (low, high) = (T::Vector::<I>::splat(self.0), T::Vector::<I>::splat(self.1));
            map_in_place::<T, I>(self.2, |value| low.max(high.min(value)));
        }
    }
    dispatch(Clamp(low, high, values));
}

/// The sum of the squares of all values.
///
/// Partial sums are kept for 16 or more vectors at once and values of `f32` are summed as such, so the error
/// grows far more slowly than with one running sum. The order of the additions depends on the instruction set.
pub fn sum_of_squares<T: Float>(values: &[T]) -> T {
    struct SumOfSquares<'a, T>(&'a [T]);
    impl<T: Float> Kernel for SumOfSquares<'_, T> {
        type Output = T;
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) -> T {
            let lanes = <T::Vector<I> as Vector<T>>::LANES;
            let mut sums = [T::Vector::<I>::zero(); 4];
            let mut chunks = self.0.chunks_exact(4 * lanes);
            for chunk in &mut chunks {
                for (i, sum) in sums.iter_mut().enumerate() {
                    let value = T::Vector::<I>::load(&chunk[i * lanes..]);
                    *sum = value.mul_add(value, *sum);
                }
            }
            for chunk in chunks.remainder().chunks(lanes) {
                let value = T::Vector::<I>::load_partial(chunk, chunk.len());
                sums[0] = value.mul_add(value, sums[0]);
            }
            ((sums[0] + sums[1]) + (sums[2] + sums[3])).sum()
        }
    }
    dispatch(SumOfSquares(values))
}
