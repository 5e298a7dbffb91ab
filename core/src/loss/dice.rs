//! How much two masks overlap.

use super::methods::methods;
use super::targets::{Contiguous, Scattered, Source};
use super::{Loss, LossError, Targets};
use crate::kernel::lanes::{only_first, read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

/// The mean over the samples of `1 - (2 * sum(p * t) + 1) / (sum(p) + sum(t) + 1)`, with `p = sigmoid(x)` of logits `x`: how far
/// the parts of a picture that are found, and those that are there, are from overlapping (Milletari et al. 2016,
/// <https://arxiv.org/abs/1606.04797>). It does not matter how much of the picture is neither.
///
/// Output and targets are `N` values per sample; targets are in [0, 1]. Sums are over all values of a sample. As
/// `monai.losses.DiceLoss(sigmoid=True, smooth_nr=1, smooth_dr=1)` of one channel; PyTorch has none.
/// [`smooth`](Dice::smooth) sets another number than 1. Targets may be [`Weighted`](super::Weighted) by sample.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::Dice;
///
/// let found = [[9.0, 9.0, -9.0, -9.0]];
/// assert!(Dice::new().loss(&found, &[[1.0, 1.0, 0.0, 0.0]]).0 < 1e-3);
/// // Two of each, of which one is both.
/// let (loss, _) = Dice::new().smooth(0.0).loss(&found, &[[0.0, 1.0, 1.0, 0.0]]);
/// assert!((loss - 0.5f64).abs() < 1e-3);
/// ```
#[doc(alias = "DiceLoss")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dice {
    smooth: f64,
}

impl Dice {
    /// The loss with a smoothing of 1.
    pub fn new() -> Self {
        Dice { smooth: 1.0 }
    }

    /// What is added to both sides of the fraction, which is then a number where both masks are empty.
    ///
    /// # Panics
    /// If it is not a number of at least 0.
    #[track_caller]
    pub fn smooth(self, smooth: f64) -> Self {
        let is_number = smooth >= 0.0 && smooth.is_finite();
        assert!(is_number, "the smoothing of the Dice loss is at least 0, not {smooth}");
        Dice { smooth }
    }
}

impl Default for Dice {
    fn default() -> Self {
        Self::new()
    }
}

methods!(Dice, Targets<T, N>);

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for Dice {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        let samples = values.len();
        LossError::check_samples(samples, targets.sample_count())?;
        let weights = targets.weights();
        if let Some(weights) = weights.filter(|weights| weights.len() != samples) {
            return Err(LossError::SampleWeightCount { samples, weights: weights.len() });
        }
        let smooth = T::from_f64(self.smooth);
        Ok(match targets.as_values() {
            Some(targets) => {
                dispatch(Overlap { values, targets: Contiguous(targets), weights, smooth })
            }
            None => {
                dispatch(Overlap { values, targets: Scattered::<_, N>(targets), weights, smooth })
            }
        })
    }
}

/// The loss of all samples; gradients take the place of `values`.
pub(super) struct Overlap<'a, T, S, const N: usize> {
    pub values: &'a mut [[T; N]],
    pub targets: S,
    pub weights: Option<&'a [T]>,
    pub smooth: T,
}

impl<T: Float, S: Source<T>, const N: usize> Kernel for Overlap<'_, T, S, N> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { values, targets, weights, smooth } = self;
        let lanes = T::Vector::<I>::LANES;
        let two = T::ONE + T::ONE;
        let total: T = match weights {
            Some(weights) => weights.iter().copied().sum(),
            None => T::from_usize(values.len()),
        };
        let mut loss = T::ZERO;
        for (index, sample) in values.iter_mut().enumerate() {
            let weight = weights.map_or(T::ONE, |weights| weights[index]);
            if weight == T::ZERO {
                sample.fill(T::ZERO);
                continue;
            }
            let (mut both, mut sum) = (T::Vector::<I>::zero(), T::Vector::<I>::zero());
            for start in (0..N).step_by(lanes) {
                let count = lanes.min(N - start);
                let chance = read::<T, T::Vector<I>>(sample, start, count).sigmoid();
                let target: T::Vector<I> = targets.read(index * N + start, count);
                both = chance.mul_add(target, both);
                sum = sum + only_first(count, chance) + target;
            }
            let (both, sum) = (two * both.sum() + smooth, sum.sum() + smooth);
            let share = weight / total;
            loss += share * (T::ONE - both / sum);
            // The slope by a probability is `(both - 2 * t * sum) / sum^2`.
            let [constant, factor] =
                [share * both / sum / sum, -two * share / sum].map(T::Vector::<I>::splat);
            for start in (0..N).step_by(lanes) {
                let count = lanes.min(N - start);
                let output: T::Vector<I> = read(sample, start, count);
                let target: T::Vector<I> = targets.read(index * N + start, count);
                let slope = output.sigmoid() * (-output).sigmoid();
                write(slope * target.mul_add(factor, constant), sample, start, count);
            }
        }
        loss
    }
}
