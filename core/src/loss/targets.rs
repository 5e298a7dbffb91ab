//! Targets of one number for each output.

use alloc::boxed::Box;
use alloc::vec::Vec;

use nalgebra::{Const, Matrix, RawStorage};

use crate::batch::Batch;
use crate::kernel::lanes::{MOST_LANES, read};
use crate::samples::Samples;
use crate::scalar::Float;
use crate::simd::Vector;

/// Targets of `N` values of type `T` for each sample: a vector, a matrix with one sample per column, a view
/// of either, an array or a slice of arrays.
#[diagnostic::on_unimplemented(
    message = "an output of {N} `{T}` per sample cannot be compared with targets `{Self}`",
    label = "not targets of {N} `{T}` per sample",
    note = "give one target per output value, in the output's type: `SVector<{T}, {N}>` for one sample, \
            `SMatrix<{T}, {N}, BATCH>` or `OMatrix<{T}, Const<{N}>, Dyn>` for a batch with one sample \
            per column"
)]
pub trait Targets<T: Float, const N: usize> {
    /// For how many samples they are.
    fn sample_count(&self) -> usize;

    /// All values, sample after sample, where they lie in memory that way.
    fn as_values(&self) -> Option<&[T]>;

    /// The value of a sample for an output.
    ///
    /// # Panics
    /// If there is none.
    fn value(&self, sample: usize, output: usize) -> T;

    /// How much samples, or equal parts of them, count, where that differs: as [`Weighted`](super::Weighted) has it.
    #[inline]
    fn weights(&self) -> Option<&[T]> {
        None
    }
}

impl<T, const N: usize, B, S> Targets<T, N> for Matrix<T, Const<N>, B, S>
where
    T: Float,
    B: Batch,
    S: RawStorage<T, Const<N>, B>,
{
    #[inline]
    fn sample_count(&self) -> usize {
        self.ncols()
    }

    #[inline]
    fn as_values(&self) -> Option<&[T]> {
        self.as_samples().map(<[_]>::as_flattened)
    }

    #[inline]
    fn value(&self, sample: usize, output: usize) -> T {
        self[(output, sample)]
    }
}

impl<T: Float, const N: usize> Targets<T, N> for [[T; N]] {
    #[inline]
    fn sample_count(&self) -> usize {
        self.len()
    }

    #[inline]
    fn as_values(&self) -> Option<&[T]> {
        Some(self.as_flattened())
    }

    #[inline]
    fn value(&self, sample: usize, output: usize) -> T {
        self[sample][output]
    }
}

/// Types that stand for a slice of samples or for other targets.
macro_rules! forward_targets {
    ($([$($generics:tt)*] $type:ty, $self:ident => $inner:expr;)*) => {$(
        impl<T: Float, $($generics)* const N: usize> Targets<T, N> for $type {
            #[inline]
            fn sample_count(&$self) -> usize {
                Targets::<T, N>::sample_count($inner)
            }

            #[inline]
            fn as_values(&$self) -> Option<&[T]> {
                Targets::<T, N>::as_values($inner)
            }

            #[inline]
            fn value(&$self, sample: usize, output: usize) -> T {
                Targets::<T, N>::value($inner, sample, output)
            }

            #[inline]
            fn weights(&$self) -> Option<&[T]> {
                Targets::<T, N>::weights($inner)
            }
        }
    )*};
}
forward_targets! {
    [] [T; N], self => core::slice::from_ref(self);
    [] Vec<[T; N]>, self => self.as_slice();
    [const COUNT: usize,] [[T; N]; COUNT], self => self.as_slice();
    [Y: Targets<T, N> + ?Sized,] Box<Y>, self => &**self;
    [Y: Targets<T, N> + ?Sized,] &Y, self => &**self;
}

/// Where a kernel reads targets from.
pub(super) trait Source<T: Float> {
    /// The `count` values from `start` on, counted sample after sample; the other lanes are zero.
    fn read<V: Vector<T>>(&self, start: usize, count: usize) -> V;

    /// Whether there is anything from `start` on that counts.
    #[inline(always)]
    fn counts(&self, _start: usize) -> bool {
        true
    }

    /// Targets times what is given for each of them.
    #[inline(always)]
    fn times<V: Vector<T>>(target: V, score: V) -> V {
        target * score
    }
}

/// One target of each sample, for all of its outputs.
pub(super) struct OfSample<'a, Y: ?Sized>(pub &'a Y);

impl<T: Float, Y: Targets<T, 1> + ?Sized, const N: usize> Targets<T, N> for OfSample<'_, Y> {
    fn sample_count(&self) -> usize {
        self.0.sample_count()
    }

    fn as_values(&self) -> Option<&[T]> {
        None
    }

    #[inline]
    fn value(&self, sample: usize, _output: usize) -> T {
        self.0.value(sample, 0)
    }

    fn weights(&self) -> Option<&[T]> {
        self.0.weights()
    }
}

/// The targets of losses that have none, of so many samples: zeros.
pub(super) struct OfNone(pub usize);

impl<T: Float, const N: usize> Targets<T, N> for OfNone {
    fn sample_count(&self) -> usize {
        self.0
    }

    fn as_values(&self) -> Option<&[T]> {
        None
    }

    #[inline]
    fn value(&self, _sample: usize, _output: usize) -> T {
        T::ZERO
    }
}

/// A value for each output, the same of all samples.
pub(super) struct Repeated<'a, T, const N: usize>(pub &'a [T; N]);

impl<T: Float, const N: usize> Source<T> for Repeated<'_, T, N> {
    #[inline(always)]
    fn read<V: Vector<T>>(&self, start: usize, count: usize) -> V {
        let mut lanes = [T::ZERO; MOST_LANES];
        for (lane, index) in lanes.iter_mut().zip(start..start + count) {
            *lane = self.0[index % N];
        }
        V::load(&lanes)
    }
}

/// Targets that lie in memory one after the other.
pub(super) struct Contiguous<'a, T>(pub &'a [T]);

impl<T: Float> Source<T> for Contiguous<'_, T> {
    #[inline(always)]
    fn read<V: Vector<T>>(&self, start: usize, count: usize) -> V {
        read(self.0, start, count)
    }
}

/// Targets that are gathered value by value.
pub(super) struct Scattered<'a, Y: ?Sized, const N: usize>(pub &'a Y);

impl<T: Float, Y: Targets<T, N> + ?Sized, const N: usize> Source<T> for Scattered<'_, Y, N> {
    #[inline(always)]
    fn read<V: Vector<T>>(&self, start: usize, count: usize) -> V {
        let mut lanes = [T::ZERO; MOST_LANES];
        for (lane, index) in lanes.iter_mut().zip(start..start + count) {
            *lane = self.0.value(index / N, index % N);
        }
        V::load(&lanes)
    }
}
