//! Targets of which some count more than others, or not at all.

use super::terms::Terms;
use super::{ClassTargets, LossError, StepTargets, Targets};
use crate::scalar::Float;

/// Targets with a weight for each sample, or for each step or value of a sample: the loss is the weighted mean, the sum of
/// weighted losses divided by the sum of the weights.
///
/// There are as many weights as samples, or a whole number of times as many, which then lie sample after sample: each is
/// that of an equal run of values, such as a step of a sequence. With weights of 0 and 1 they are a mask: what has weight 0 does
/// not count. Where all weights are 0, so are the loss and its gradient. Of weighted targets that are weighted once more the
/// outer weights count.
///
/// `reduction="none"` in PyTorch, times the weights, summed and divided by their sum. (`weight` of its `BCEWithLogitsLoss`
/// divides by the number of values instead: that is this loss times the mean weight.)
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::Weighted;
///
/// let output = [[0.0], [1.0], [3.0]];
/// let targets = Weighted { targets: &[[1.0]; 3], weights: &[0.5, 7.0, 0.25] };
/// let (loss, d_output) = MeanSquaredError.loss(&output, &targets);
/// assert_eq!(loss, (0.5 * 1.0 + 0.25 * 4.0) / 7.75);
/// assert_eq!(d_output[0], -2.0 * 0.5 / 7.75);
///
/// // Of two sequences the second ends early: three values of each, in steps of one.
/// let mask = Weighted { targets: &[[1.0; 3]; 2], weights: &[1.0, 1.0, 1.0, 1.0, 0.0, 0.0] };
/// assert_eq!(MeanSquaredError.loss(&[[1.0, 1.0, 1.0], [3.0, 9.0, 9.0]], &mask).0, 1.0);
/// ```
#[derive(Debug)]
pub struct Weighted<'a, Y: ?Sized, T> {
    /// What the output is compared with.
    pub targets: &'a Y,
    /// How much each counts, at least 0.
    pub weights: &'a [T],
}

impl<Y: ?Sized, T> Clone for Weighted<'_, Y, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y: ?Sized, T> Copy for Weighted<'_, Y, T> {}

impl<T, Y, const N: usize> ClassTargets<T, N> for Weighted<'_, Y, T>
where
    T: Float,
    Y: ClassTargets<T, N> + ?Sized,
{
    fn cross_entropy(&self, values: &mut [[T; N]], terms: Terms<'_, T, N>) -> Result<T, LossError> {
        self.targets.cross_entropy(values, terms.weighted(self.weights))
    }
}

impl<T, Y, const N: usize> StepTargets<T, N> for Weighted<'_, Y, T>
where
    T: Float,
    Y: StepTargets<T, N> + ?Sized,
{
    fn cross_entropy<const CLASSES: usize>(
        &self,
        steps: &mut [[T; CLASSES]],
        terms: Terms<'_, T, CLASSES>,
    ) -> Result<T, LossError> {
        self.targets.cross_entropy(steps, terms.weighted(self.weights))
    }
}

impl<T: Float, Y: Targets<T, N> + ?Sized, const N: usize> Targets<T, N> for Weighted<'_, Y, T> {
    #[inline]
    fn sample_count(&self) -> usize {
        self.targets.sample_count()
    }

    #[inline]
    fn as_values(&self) -> Option<&[T]> {
        self.targets.as_values()
    }

    #[inline]
    fn value(&self, sample: usize, output: usize) -> T {
        self.targets.value(sample, output)
    }

    #[inline]
    fn weights(&self) -> Option<&[T]> {
        Some(self.weights)
    }
}

/// Targets at each step of sequences that end early: what stands behind the end of a sequence does not count.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::Padded;
///
/// let output = SMatrix::<f32, 6, 2>::from_fn(|row, column| (row * (column + 1)) as f32);
/// let loss = CrossEntropy.each_step::<2>();
/// let (padded, d_output) = loss.loss(&output, &Padded { targets: &[[0, 1, 1], [1, 0, 0]], lengths: &[3, 1] });
/// assert_eq!(padded, loss.loss(&output, &[Some(0), Some(1), Some(1), Some(1), None, None]).0);
/// assert_eq!(d_output.column(1).rows(2, 4).amax(), 0.0);
/// ```
#[derive(Debug)]
pub struct Padded<'a, Y: ?Sized> {
    /// A target at each step, behind the end of a sequence too, where it may be anything.
    pub targets: &'a Y,
    /// How many steps of each sequence count.
    pub lengths: &'a [usize],
}

impl<Y: ?Sized> Clone for Padded<'_, Y> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y: ?Sized> Copy for Padded<'_, Y> {}

impl<T, Y, const N: usize> StepTargets<T, N> for Padded<'_, Y>
where
    T: Float,
    Y: StepTargets<T, N> + ?Sized,
{
    fn cross_entropy<const CLASSES: usize>(
        &self,
        steps: &mut [[T; CLASSES]],
        terms: Terms<'_, T, CLASSES>,
    ) -> Result<T, LossError> {
        self.targets.cross_entropy(steps, Terms { lengths: Some(self.lengths), ..terms })
    }
}
