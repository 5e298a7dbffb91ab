//! Embeddings that are nearer to what is alike than to what is not.

use super::LossError;
use super::joint::JointLoss;
use super::scaled::scalable;
use crate::kernel::lanes::{only_first, read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

/// The mean over triplets of embeddings of `max(0, |a - p| - |a - n| + margin)`, of an anchor `a`, one that is like it, `p`, and one
/// that is not, `n`, with Euclidean distances: `torch.nn.TripletMarginLoss` (Schroff et al. 2015,
/// <https://arxiv.org/abs/1503.03832>).
///
/// A [`JointLoss`] of three outputs of `N` values, without targets. The margin is 1 unless [`margin`](TripletMargin::margin) sets
/// another; [`swap`](TripletMargin::swap) is that of PyTorch.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::TripletMargin;
///
/// let [anchor, alike, other] = [[0.0f64, 0.0], [3.0, 0.0], [0.0, 3.5]];
/// let (loss, [_, d_alike, d_other]) = TripletMargin::new().loss([&anchor, &alike, &other], &());
/// assert!((loss - 0.5).abs() < 1e-5);
/// assert!((d_alike[0] - 1.0).abs() < 1e-5 && (d_other[1] + 1.0).abs() < 1e-5);
/// ```
#[doc(alias = "TripletMarginLoss")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TripletMargin {
    margin: f64,
    swaps: bool,
}

/// Added to each difference, as PyTorch has it, so that a distance of 0 has a slope.
const EPSILON: f64 = 1e-6;

impl TripletMargin {
    /// The loss with a margin of 1.
    pub fn new() -> Self {
        TripletMargin { margin: 1.0, swaps: false }
    }

    /// By how much what is not alike has to be farther away.
    ///
    /// # Panics
    /// If the margin is not a number above 0.
    #[track_caller]
    pub fn margin(self, margin: f64) -> Self {
        let is_distance = margin > 0.0 && margin.is_finite();
        assert!(is_distance, "the margin of triplets is greater than 0, not {margin}");
        TripletMargin { margin, ..self }
    }

    /// Takes the smaller of `|a - n|` and `|p - n|` for the distance of what is not alike (Balntas et al. 2016).
    pub fn swap(self) -> Self {
        TripletMargin { swaps: true, ..self }
    }
}

impl Default for TripletMargin {
    fn default() -> Self {
        Self::new()
    }
}

scalable! {
    [] TripletMargin;
}

impl<T: Float, const N: usize> JointLoss<T, 3, N, ()> for TripletMargin {
    fn evaluate(&self, values: [&mut [[T; N]]; 3], (): &()) -> Result<T, LossError> {
        Ok(dispatch(Triplets { values, margin: T::from_f64(self.margin), swaps: self.swaps }))
    }
}

/// The loss; gradients take the place of the embeddings.
pub(super) struct Triplets<'a, T, const N: usize> {
    pub values: [&'a mut [[T; N]]; 3],
    pub margin: T,
    pub swaps: bool,
}

impl<T: Float, const N: usize> Kernel for Triplets<'_, T, N> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { values: [anchors, alikes, others], margin, swaps } = self;
        let share = T::ONE / T::from_usize(anchors.len().max(1));
        let mut loss = T::ZERO;
        for ((anchor, alike), other) in anchors.iter_mut().zip(alikes).zip(others) {
            let near = distance::<T, T::Vector<I>>(anchor, alike);
            let far = distance::<T, T::Vector<I>>(anchor, other);
            let swapped = distance::<T, T::Vector<I>>(alike, other);
            let is_swapped = swaps && swapped < far;
            let excess = near - if is_swapped { swapped } else { far } + margin;
            if excess <= T::ZERO {
                for values in [anchor, alike, other] {
                    values.fill(T::ZERO);
                }
                continue;
            }
            loss += excess;
            let [near, far] = [share / near, share / if is_swapped { swapped } else { far }]
                .map(T::Vector::<I>::splat);
            let epsilon = T::Vector::<I>::splat(T::from_f64(EPSILON));
            let lanes = T::Vector::<I>::LANES;
            for start in (0..N).step_by(lanes) {
                let count = lanes.min(N - start);
                let [a, p, n] = [&*anchor, &*alike, &*other]
                    .map(|values| read::<T, T::Vector<I>>(values, start, count));
                let towards = (a - p + epsilon) * near;
                let away = ((if is_swapped { p } else { a }) - n + epsilon) * far;
                let zero = T::Vector::<I>::zero();
                let [of_anchor, of_alike] = if is_swapped { [zero, away] } else { [away, zero] };
                write(towards - of_anchor, anchor, start, count);
                write(-towards - of_alike, alike, start, count);
                write(away, other, start, count);
            }
        }
        loss * share
    }
}

#[inline(always)]
fn distance<T: Float, V: Vector<T>>(left: &[T], right: &[T]) -> T {
    let epsilon = V::splat(T::from_f64(EPSILON));
    let mut sum = V::zero();
    for start in (0..left.len()).step_by(V::LANES) {
        let count = V::LANES.min(left.len() - start);
        let difference: V = read::<T, V>(left, start, count) - read(right, start, count) + epsilon;
        let difference = only_first(count, difference);
        sum = difference.mul_add(difference, sum);
    }
    Float::sqrt(sum.sum())
}
