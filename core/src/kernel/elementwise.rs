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

/// As [`add`], from outside of a kernel.
pub fn add_all<T: Float>(source: &[T], target: &mut [T]) {
    dispatch(Add { source, target });
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

/// The sum of the squares of all values, in `f64`. The order of the additions, and with it the last bits, is the same for
/// all instruction sets.
pub fn sum_of_squares<T: Float>(values: &[T]) -> f64 {
    struct SumOfSquares<'a, T>(&'a [T]);
    impl<T: Float> Kernel for SumOfSquares<'_, T> {
        type Output = f64;
        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) -> f64 {
            // As many as keep several vectors under way.
            let mut sums = [0.0; 32];
            let (chunks, rest) = self.0.as_chunks::<32>();
            for chunk in chunks {
                for (sum, value) in sums.iter_mut().zip(chunk) {
                    *sum += value.to_f64() * value.to_f64();
                }
            }
            for (sum, value) in sums.iter_mut().zip(rest) {
                *sum += value.to_f64() * value.to_f64();
            }
            sums.iter().sum()
        }
    }
    dispatch(SumOfSquares(values))
}

/// Moves each target the share `t` of the way to its source: `target + t (source - target)`, which is the source where
/// `t` is 1. For what is kept from step to step: it goes through [`Vector::flush_to_zero`].
///
/// # Panics
/// If the lengths differ.
pub fn lerp<T: Float>(t: f64, source: &[T], target: &mut [T]) {
    struct Towards<T>(T);
    impl<T: Float> Function<T, 1> for Towards<T> {
        #[inline(always)]
        fn apply<V: Vector<T>>(&self, target: V, [source]: [V; 1]) -> V {
            (source - target).mul_add(V::splat(self.0), target).flush_to_zero()
        }
    }
    struct Back<T>(T);
    impl<T: Float> Function<T, 1> for Back<T> {
        #[inline(always)]
        fn apply<V: Vector<T>>(&self, target: V, [source]: [V; 1]) -> V {
            (target - source).mul_add(V::splat(self.0), source).flush_to_zero()
        }
    }
    struct Lerp<'a, T>(f64, &'a [T], &'a mut [T]);
    impl<T: Float> Kernel for Lerp<'_, T> {
        type Output = ();
        #[inline(always)]
        fn run<I: InstructionSet>(self, instructions: I) {
            let Lerp(t, source, target) = self;
            // From the nearer end, so that both ends are exact.
            if t < 0.5 {
                update(instructions, &Towards(T::from_f64(t)), [source], target);
            } else {
                update(instructions, &Back(T::from_f64(1.0 - t)), [source], target);
            }
        }
    }
    dispatch(Lerp(t, source, target));
}
