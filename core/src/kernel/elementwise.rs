//! Functions of slices, for losses, optimizers and layers without weights.
//!
//! A plain loop over slices inside a [`Kernel`] is vectorised for the kernel's
//! instruction set too; these are the ones that are needed in several places, or that reduce.

use super::Epilogue;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

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
    for source in sources {
        assert_eq!(source.len(), target.len());
    }
    let lanes = <T::Vector<I> as Vector<T>>::LANES;
    let len = target.len();
    let mut i = 0;
    while i < len {
        let count = lanes.min(len - i);
        let mut values = [T::Vector::<I>::zero(); N];
        // SAFETY: `count` values from `i` on exist in all slices.
        unsafe {
            let target = target.as_mut_ptr().add(i);
            if count == lanes {
                for (value, source) in values.iter_mut().zip(&sources) {
                    *value = T::Vector::<I>::load_pointer(source.as_ptr().add(i));
                }
                function.apply(T::Vector::<I>::load_pointer(target), values).store_pointer(target);
            } else {
                for (value, source) in values.iter_mut().zip(&sources) {
                    *value = T::Vector::<I>::load_partial_pointer(source.as_ptr().add(i), count);
                }
                let old = T::Vector::<I>::load_partial_pointer(target, count);
                function.apply(old, values).store_partial_pointer(target, count);
            }
        }
        i += lanes;
    }
}

/// `target = epilogue(source)` for each value.
///
/// # Panics
/// If the lengths differ.
#[inline(always)]
pub fn map<T: Float, I: InstructionSet, E: Epilogue<T>>(
    instructions: I,
    source: &[T],
    target: &mut [T],
) {
    struct Map<E>(core::marker::PhantomData<E>);
    impl<T: Float, E: Epilogue<T>> Function<T, 1> for Map<E> {
        #[inline(always)]
        fn apply<V: Vector<T>>(&self, _: V, [source]: [V; 1]) -> V {
            E::apply(source)
        }
    }
    update(instructions, &Map::<E>(core::marker::PhantomData), [source], target);
}

/// `values = epilogue(values)` for each value.
#[inline(always)]
pub fn map_in_place<T: Float, I: InstructionSet, E: Epilogue<T>>(
    instructions: I,
    values: &mut [T],
) {
    struct Map<E>(core::marker::PhantomData<E>);
    impl<T: Float, E: Epilogue<T>> Function<T, 0> for Map<E> {
        #[inline(always)]
        fn apply<V: Vector<T>>(&self, target: V, []: [V; 0]) -> V {
            E::apply(target)
        }
    }
    update(instructions, &Map::<E>(core::marker::PhantomData), [], values);
}

/// `target += source` for each value.
///
/// # Panics
/// If the lengths differ.
#[inline(always)]
pub fn add<T: Float, I: InstructionSet>(instructions: I, source: &[T], target: &mut [T]) {
    struct Add;
    impl<T: Float> Function<T, 1> for Add {
        #[inline(always)]
        fn apply<V: Vector<T>>(&self, target: V, [source]: [V; 1]) -> V {
            target + source
        }
    }
    update(instructions, &Add, [source], target);
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
