//! Losses that are a mean over single values.

use core::ops::Range;

use super::LossError;
use super::targets::{Contiguous, Scattered, Source, Targets};
use crate::kernel::lanes::{only_first, read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

/// The loss of single values.
pub(super) trait Pointwise<T: Float> {
    /// The loss, and its derivative with respect to the output.
    ///
    /// Implementations mark it `#[inline(always)]`.
    fn apply<V: Vector<T>>(&self, output: V, target: V) -> (V, V);
}

/// The mean over all values; their gradients take the place of `values`.
pub(super) fn evaluate<T, F, Y, const N: usize>(
    function: &F,
    values: &mut [[T; N]],
    targets: &Y,
) -> Result<T, LossError>
where
    T: Float,
    F: Pointwise<T>,
    Y: Targets<T, N> + ?Sized,
{
    LossError::check_samples(values.len(), targets.sample_count())?;
    let weights = match targets.weights() {
        Some(weights) => {
            let per_weight = LossError::values_per_weight(values.len(), N, weights.len())?;
            Some(Weights { weights, per_weight })
        }
        None => None,
    };
    let values = values.as_flattened_mut();
    Ok(match targets.as_values() {
        Some(targets) => dispatch(Mean { function, values, targets: Contiguous(targets), weights }),
        None => dispatch(Mean { function, values, targets: Scattered::<_, N>(targets), weights }),
    })
}

/// How much runs of so many values count.
#[derive(Clone, Copy)]
pub(super) struct Weights<'a, T> {
    weights: &'a [T],
    per_weight: usize,
}

/// The mean of a function over all values, which it replaces by their gradients.
pub(super) struct Mean<'a, T, F, S> {
    pub function: &'a F,
    pub values: &'a mut [T],
    pub targets: S,
    pub weights: Option<Weights<'a, T>>,
}

impl<T: Float, F: Pointwise<T>, S: Source<T>> Kernel for Mean<'_, T, F, S> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { function, values, targets, weights } = self;
        let all = 0..values.len();
        let Some(Weights { weights, per_weight }) = weights else {
            if values.is_empty() {
                return T::ZERO;
            }
            let share = T::ONE / T::from_usize(values.len());
            return sum::<T, T::Vector<I>, _, _>(function, values, &targets, all, share) * share;
        };
        let total = weights.iter().copied().sum::<T>() * T::from_usize(per_weight);
        let mut loss = T::ZERO;
        for (&weight, start) in weights.iter().zip(all.step_by(per_weight)) {
            let run = start..start + per_weight;
            if weight == T::ZERO {
                values[run].fill(T::ZERO);
                continue;
            }
            let share = weight / total;
            loss += share * sum::<T, T::Vector<I>, _, _>(function, values, &targets, run, share);
        }
        loss
    }
}

/// The sum of a function over a run of values, which it replaces by so much of their slopes.
#[inline(always)]
fn sum<T: Float, V: Vector<T>, F: Pointwise<T>, S: Source<T>>(
    function: &F,
    values: &mut [T],
    targets: &S,
    run: Range<usize>,
    share: T,
) -> T {
    let mut sum = V::zero();
    for start in run.clone().step_by(V::LANES) {
        let count = V::LANES.min(run.end - start);
        let output: V = read(values, start, count);
        let (loss, slope) = function.apply(output, targets.read(start, count));
        // The loss of lanes without a value need not be zero.
        sum = sum + only_first(count, loss);
        write(slope * V::splat(share), values, start, count);
    }
    sum.sum()
}
