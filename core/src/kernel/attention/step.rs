//! Attention of one new position to those before it, whose keys and values are kept.

use super::super::lanes::{dot, read, write};
use super::super::softmax::{exponentials, largest, scale};
use super::AttentionSizes;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// What the heads give for one position, which sees itself and all before it.
///
/// `queries` are those of all heads, `cache` holds the keys of all key-value heads and then their values for
/// each position seen, `scores` has room for one score for each of them.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
pub(crate) fn attend_step<T: Float, I: InstructionSet>(
    instructions: I,
    sizes: &AttentionSizes,
    queries: &[T],
    cache: &[T],
    output: &mut [T],
    scores: &mut [T],
) {
    Step { sizes, queries, cache, output, scores }.call(instructions);
}

/// [`attend_step`].
struct Step<'a, T> {
    sizes: &'a AttentionSizes,
    queries: &'a [T],
    cache: &'a [T],
    output: &'a mut [T],
    scores: &'a mut [T],
}

compiled_here!(Step<'a, T>);

impl<T: Float> Kernel for Step<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        // Heads as wide as a vector are common; with that known, their loops over lanes are gone.
        if self.sizes.width == lanes {
            self.heads::<I>(lanes);
        } else {
            let width = self.sizes.width;
            self.heads::<I>(width);
        }
    }
}

impl<T: Float> Step<'_, T> {
    /// One head after the other; `width` is that of a head.
    #[inline(always)]
    fn heads<I: InstructionSet>(self, width: usize) {
        let Self { sizes, queries, cache, output, scores } = self;
        let stride = 2 * sizes.kv_features();
        assert!(queries.len() == sizes.features() && output.len() == queries.len());
        let seen = cache.len() / stride;
        let scores = &mut scores[..seen];
        let heads = queries.chunks_exact(width).zip(output.chunks_exact_mut(width));
        for (head, (query, output)) in heads.enumerate() {
            let keys = sizes.keys_of(head);
            let values = sizes.values_of(head);
            for (score, cached) in scores.iter_mut().zip(cache.chunks_exact(stride)) {
                *score = dot::<T, T::Vector<I>>(query, &cached[keys..][..width]);
            }
            scale::<T, T::Vector<I>>(scores, sizes.scale(), T::ZERO);
            let most = largest::<T, T::Vector<I>>(scores);
            let sum = exponentials::<T, T::Vector<I>>(scores, most);
            let lanes = <T::Vector<I> as Vector<T>>::LANES;
            for at in (0..width).step_by(lanes) {
                let count = lanes.min(width - at);
                // Two sums, so that one need not wait for the other.
                let mut sums = [T::Vector::<I>::zero(); 2];
                for (j, (&score, cached)) in
                    scores.iter().zip(cache.chunks_exact(stride)).enumerate()
                {
                    let value: T::Vector<I> = read(&cached[values..][..width], at, count);
                    sums[j % 2] = value.mul_add(T::Vector::<I>::splat(score), sums[j % 2]);
                }
                let sum = (sums[0] + sums[1]) * T::Vector::<I>::splat(T::ONE / sum);
                write(sum, output, at, count);
            }
        }
    }
}
