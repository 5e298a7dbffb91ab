//! Functions of slices, for losses, optimizers and layers without weights.
//!
//! A plain loop over slices inside a [`Kernel`] is vectorised for the kernel's
//! instruction set too; these are the ones that are needed in several places, or that reduce.

use super::sweep::{Sweep, nothing, sweep};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here, dispatch};

/// A function of `N` vectors that is applied to whole slices by [`update`].
///
/// This is a trait since a closure would not do: only functions marked `#[inline(always)]` are sure to be
/// compiled for the kernel's instruction set.
pub trait Function<T: Float, const N: usize> {
    /// The new value of a target, from its old one and those of the sources.
    ///
    /// Implementations mark it `#[inline(always)]`.
    fn apply<V: Vector<T>>(&self, target: V, sources: [V; N]) -> V;
}

/// `target = function(target, sources)` for each value.
///
/// # Panics
/// If the lengths differ.
#[inline(always)]
pub fn update<T: Float, I: InstructionSet, F: Function<T, N>, const N: usize>(
    _: I,
    function: &F,
    sources: [&[T]; N],
    target: &mut [T],
) {
    let len = target.len();
    sweep::<T, T::Vector<I>, _, N, 1, 0>(
        &OneTarget(function),
        len,
        sources,
        [target],
        &mut nothing(),
    );
}

struct OneTarget<'a, F>(&'a F);

impl<T: Float, F: Function<T, N>, const N: usize> Sweep<T, N, 1, 0> for OneTarget<'_, F> {
    const IS_CHAINED: bool = false;

    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        sources: [V; N],
        [target]: [V; 1],
        []: [V; 0],
    ) -> ([V; 1], [V; 0]) {
        ([self.0.apply(target, sources)], [])
    }
}

/// `target += source` for each value.
///
/// # Panics
/// If the lengths differ.
#[inline(always)]
pub fn add<T: Float, I: InstructionSet>(instructions: I, source: &[T], target: &mut [T]) {
    Add { source, target }.call(instructions);
}

struct Add<'a, T> {
    source: &'a [T],
    target: &'a mut [T],
}

compiled_here!(Add<'a, T>);

impl<T: Float> Kernel for Add<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        struct Sum;
        impl<T: Float> Function<T, 1> for Sum {
            #[inline(always)]
            fn apply<V: Vector<T>>(&self, target: V, [source]: [V; 1]) -> V {
                target + source
            }
        }
        update(instructions, &Sum, [self.source], self.target);
    }
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
    struct Clamp<'a, T>(Bounds<T>, &'a mut [T]);
    struct Bounds<T>(T, T);
    impl<T: Float> Function<T, 0> for Bounds<T> {
        #[inline(always)]
        fn apply<V: Vector<T>>(&self, target: V, []: [V; 0]) -> V {
            V::splat(self.0).max(V::splat(self.1).min(target))
        }
    }
    impl<T: Float> Kernel for Clamp<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, instructions: I) {
            update(instructions, &self.0, [], self.1);
        }
    }
    dispatch(Clamp(Bounds(low, high), values));
}

/// The sum of the squares of all values.
///
/// Every lane of four vectors has a partial sum, so the error grows more slowly than with one running sum. The
/// order of the additions, and with it the last bits, depends on the instruction set.
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
