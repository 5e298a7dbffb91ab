//! What cross entropy takes for the probabilities of a row of logits.

use super::ClassIndex;
use super::targets::Source;
use super::terms::{Classes, Rows};
use crate::kernel::lanes::{MOST_LANES, only_first, read};
use crate::scalar::Float;
use crate::simd::Vector;

/// Probabilities that are smooth, and weighted by class, of rows that may count differently.
pub(super) struct Mixed<'a, T, S, const N: usize> {
    pub targets: S,
    pub smoothing: T,
    pub class_weights: Option<&'a [T; N]>,
    pub rows: Rows<'a, T>,
}

impl<T: Float, S: Source<T>, const N: usize> Mixed<'_, T, S, N> {
    /// How much a row counts.
    #[inline(always)]
    pub fn weight(&self, row: usize) -> T {
        if self.targets.counts(row * N) { self.rows.weight(row) } else { T::ZERO }
    }

    /// What is taken of the `count` classes from `start` on; the other lanes are zero.
    #[inline(always)]
    pub fn read<V: Vector<T>>(&self, row: usize, start: usize, count: usize) -> V {
        let right = V::splat(T::ONE - self.smoothing);
        let each = V::splat(self.smoothing / T::from_usize(N));
        let target: V = self.targets.read(row * N + start, count);
        let target = only_first(count, target.mul_add(right, each));
        match self.class_weights {
            Some(weights) => target * read(weights, start, count),
            None => target,
        }
    }
}

/// Classes as probabilities: 1 of the right one, 0 of all others. The rows that are read have one.
pub(super) struct OneHot<'a, T, C, const N: usize>(pub Classes<'a, T, C>);

impl<T: Float, C: ClassIndex, const N: usize> Source<T> for OneHot<'_, T, C, N> {
    #[inline(always)]
    fn read<V: Vector<T>>(&self, start: usize, count: usize) -> V {
        let mut lanes = [T::ZERO; MOST_LANES];
        let right = self.0.class(start / N).and_then(|class| class.checked_sub(start % N));
        if let Some(right) = right.filter(|&right| right < count) {
            lanes[right] = T::ONE;
        }
        V::load(&lanes)
    }

    #[inline(always)]
    fn counts(&self, start: usize) -> bool {
        self.0.class(start / N).is_some()
    }

    /// A class that is not right may have a logit of minus infinity.
    #[inline(always)]
    fn times<V: Vector<T>>(target: V, score: V) -> V {
        V::select(target.greater(V::zero()), target * score, V::zero())
    }
}
