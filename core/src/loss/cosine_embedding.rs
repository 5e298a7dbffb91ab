//! Embeddings that point the same way, or do not.

use super::LossError;
use super::joint::JointLoss;
use super::scaled::scalable;
use crate::kernel::lanes::{dot, read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, dispatch};

/// The mean over pairs of embeddings of `1 - cos`, where a pair is alike, else of `max(0, cos - margin)`, with the cosine of the angle
/// between both: `torch.nn.CosineEmbeddingLoss`.
///
/// A [`JointLoss`] of two outputs of `N` values; the targets say of each sample whether its pair is alike (`[bool]`,
/// `[bool; BATCH]`, `Vec<bool>`), where PyTorch has 1 and -1.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::CosineEmbedding;
///
/// let (first, second) = ([[1.0f64, 0.0], [1.0, 0.0]], [[0.0, 2.0], [3.0, 0.0]]);
/// let (loss, _) = CosineEmbedding::new().loss([&first, &second], &[true, false]);
/// assert!((loss - 1.0).abs() < 1e-9);
/// let (loss, _) = CosineEmbedding::new().margin(0.5).loss([&first, &second], &[false, false]);
/// assert!((loss - 0.25).abs() < 1e-9);
/// ```
#[doc(alias = "CosineEmbeddingLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CosineEmbedding {
    margin: f64,
}

/// Added to squared lengths, as PyTorch has it: an embedding of zeros has no direction.
const EPSILON: f64 = 1e-12;

impl CosineEmbedding {
    /// The loss with a margin of 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// How large a cosine may be of what is not alike.
    ///
    /// # Panics
    /// If the margin is not in [-1, 1].
    #[track_caller]
    pub fn margin(self, margin: f64) -> Self {
        assert!((-1.0..=1.0).contains(&margin), "a margin of cosines is in [-1, 1], not {margin}");
        CosineEmbedding { margin }
    }
}

scalable! {
    [] CosineEmbedding;
}

impl<T, const N: usize, Y> JointLoss<T, 2, N, Y> for CosineEmbedding
where
    T: Float,
    Y: AsRef<[bool]> + ?Sized,
{
    fn evaluate(&self, values: [&mut [[T; N]]; 2], targets: &Y) -> Result<T, LossError> {
        let ([first, second], are_alike) = (values, targets.as_ref());
        LossError::check_samples(first.len(), are_alike.len())?;
        let margin = T::from_f64(self.margin);
        Ok(dispatch(Cosines { first, second, are_alike, margin }))
    }
}

/// The loss; gradients take the place of the embeddings.
pub(super) struct Cosines<'a, T, const N: usize> {
    pub first: &'a mut [[T; N]],
    pub second: &'a mut [[T; N]],
    pub are_alike: &'a [bool],
    pub margin: T,
}

impl<T: Float, const N: usize> Kernel for Cosines<'_, T, N> {
    type Output = T;

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) -> T {
        let Self { first, second, are_alike, margin } = self;
        let epsilon = T::from_f64(EPSILON);
        let share = T::ONE / T::from_usize(first.len().max(1));
        let mut loss = T::ZERO;
        for ((first, second), &is_alike) in first.iter_mut().zip(second).zip(are_alike) {
            let squares =
                [&*first, &*second].map(|values| dot::<T, T::Vector<I>>(values, values) + epsilon);
            let length = Float::sqrt(squares[0]) * Float::sqrt(squares[1]);
            let cosine = dot::<T, T::Vector<I>>(first, second) / length;
            let excess = cosine - margin;
            let (of_pair, slope) = if is_alike {
                (T::ONE - cosine, -share)
            } else if excess <= T::ZERO {
                (T::ZERO, T::ZERO)
            } else {
                (excess, share)
            };
            loss += of_pair;
            let lanes = T::Vector::<I>::LANES;
            let across = T::Vector::<I>::splat(slope / length);
            let along = squares.map(|square| T::Vector::<I>::splat(slope * cosine / square));
            for start in (0..N).step_by(lanes) {
                let count = lanes.min(N - start);
                let [x, y] =
                    [&*first, &*second].map(|values| read::<T, T::Vector<I>>(values, start, count));
                write(across * y - along[0] * x, first, start, count);
                write(across * x - along[1] * y, second, start, count);
            }
        }
        loss * share
    }
}
