//! Losses that are a mean over single values.

use core::ops::Range;

use super::LossError;
use super::targets::{Contiguous, Scattered, Source, Targets};
use crate::kernel::lanes::{only_first, read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

/// The loss of single values of one output, or of the values in one place of several.
pub(super) trait Pointwise<T: Float, const OUTPUTS: usize = 1> {
    /// The loss, and its derivative with respect to each output.
    ///
    /// Implementations mark it `#[inline(always)]`.
    fn apply<V: Vector<T>>(
        &self,
        outputs: [V; OUTPUTS],
        target: V,
        place: Place,
    ) -> (V, [V; OUTPUTS]);
}

/// Where values stand among those of all samples.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub start: usize,
    pub count: usize,
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
    evaluate_together(function, [values], targets)
}

/// The same of several outputs.
pub(super) fn evaluate_together<T, F, Y, const OUTPUTS: usize, const N: usize>(
    function: &F,
    values: [&mut [[T; N]]; OUTPUTS],
    targets: &Y,
) -> Result<T, LossError>
where
    T: Float,
    F: Pointwise<T, OUTPUTS>,
    Y: Targets<T, N> + ?Sized,
{
    let samples = values[0].len();
    LossError::check_samples(samples, targets.sample_count())?;
    let weights = match targets.weights() {
        Some(weights) => {
            let per_weight = LossError::values_per_weight(samples, N, weights.len())?;
            Some(Weights { weights, per_weight })
        }
        None => None,
    };
    let values = values.map(|values| values.as_flattened_mut());
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
pub(super) struct Mean<'a, T, F, S, const OUTPUTS: usize> {
    pub function: &'a F,
    /// Of each output, as many of one as of the other.
    pub values: [&'a mut [T]; OUTPUTS],
    pub targets: S,
    pub weights: Option<Weights<'a, T>>,
}

impl<T, F, S, const OUTPUTS: usize> Kernel for Mean<'_, T, F, S, OUTPUTS>
where
    T: Float,
    F: Pointwise<T, OUTPUTS>,
    S: Source<T>,
{
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { function, mut values, targets, weights } = self;
        let all = 0..values[0].len();
        let Some(Weights { weights, per_weight }) = weights else {
            if all.is_empty() {
                return T::ZERO;
            }
            let share = T::ONE / T::from_usize(all.len());
            let sum = sum::<T, T::Vector<I>, _, _, OUTPUTS>;
            return sum(function, &mut values, &targets, all, share) * share;
        };
        let total = weights.iter().copied().sum::<T>() * T::from_usize(per_weight);
        let mut loss = T::ZERO;
        for (&weight, start) in weights.iter().zip(all.step_by(per_weight)) {
            let run = start..start + per_weight;
            if weight == T::ZERO {
                for values in &mut values {
                    values[run.clone()].fill(T::ZERO);
                }
                continue;
            }
            let share = weight / total;
            let sum = sum::<T, T::Vector<I>, _, _, OUTPUTS>;
            loss += share * sum(function, &mut values, &targets, run, share);
        }
        loss
    }
}

/// The sum of a function over a run of values, which it replaces by so much of their slopes.
#[inline(always)]
fn sum<T, V, F, S, const OUTPUTS: usize>(
    function: &F,
    values: &mut [&mut [T]; OUTPUTS],
    targets: &S,
    run: Range<usize>,
    share: T,
) -> T
where
    T: Float,
    V: Vector<T>,
    F: Pointwise<T, OUTPUTS>,
    S: Source<T>,
{
    let mut sum = V::zero();
    for start in run.clone().step_by(V::LANES) {
        let count = V::LANES.min(run.end - start);
        let mut outputs = [V::zero(); OUTPUTS];
        for (output, values) in outputs.iter_mut().zip(&*values) {
            *output = read(values, start, count);
        }
        let target = targets.read(start, count);
        let (loss, slopes) = function.apply(outputs, target, Place { start, count });
        // The loss of lanes without a value need not be zero.
        sum = sum + only_first(count, loss);
        for (slope, values) in slopes.into_iter().zip(&mut *values) {
            write(slope * V::splat(share), values, start, count);
        }
    }
    sum.sum()
}
