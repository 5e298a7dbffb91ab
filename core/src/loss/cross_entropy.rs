//! The choice of one class among several.

use alloc::boxed::Box;
use alloc::vec::Vec;

use nalgebra::{Const, Matrix, RawStorage};

use super::methods::methods;
use super::softmax::{Classes, Probabilities};
use super::targets::{Contiguous, Scattered};
use super::{Loss, LossError, Targets};
use crate::batch::Batch;
use crate::scalar::Float;
use crate::simd::dispatch;

/// The mean over the samples of `-sum_i t_i * ln(softmax(x)_i)`, of logits `x`: `torch.nn.CrossEntropyLoss`.
///
/// The output is `N` logits per sample, one for each class, with no softmax behind it: both together are
/// computed without overflow. The targets are one class index per sample (`[usize]`, `Vec<usize>`,
/// `[usize; BATCH]`, `usize` for one sample), counted from 0, or the probabilities `t`, `N` per sample as the
/// output has them.
///
/// ```
/// use static_net::prelude::*;
///
/// let output = SMatrix::<f32, 3, 2>::new(2.0, 0.0, 0.0, 0.0, 0.0, 9.0);
/// let (loss, d_output) = CrossEntropy.loss(&output, &[0, 2]);
/// assert!((loss - 0.119_9).abs() < 1e-4);
/// // softmax - target, divided by the number of samples
/// assert!((d_output[(0, 0)] - 0.5 * (0.786_99 - 1.0)).abs() < 1e-5);
///
/// let probabilities = SMatrix::<f32, 3, 2>::new(1.0, 0.0, 0.0, 0.0, 0.0, 1.0);
/// assert!((CrossEntropy.loss(&output, &probabilities).0 - loss).abs() < 1e-6);
///
/// let error = CrossEntropy.try_loss(&output, &[0, 3]).unwrap_err();
/// assert_eq!(error.to_string(), "sample 1 has class 3, but the output has 3 classes, counted from 0");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CrossEntropy;

/// [`CrossEntropy`] against targets that are mixed with the uniform distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmoothedCrossEntropy {
    pub(super) smoothing: f64,
}

impl CrossEntropy {
    /// Takes `(1 - smoothing) * t_i + smoothing / N` for each target probability `t_i`, so that the network
    /// does not become too sure of itself (Szegedy et al. 2016, <https://arxiv.org/abs/1512.00567>).
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// let output = SVector::<f32, 2>::new(3.0, 0.0);
    /// let (loss, _) = CrossEntropy.label_smoothing(0.1).loss(&output, &0);
    /// assert!((loss - (0.048_59 + 0.05 * 3.0)).abs() < 1e-5);
    /// ```
    ///
    /// # Panics
    /// If `smoothing` is not in [0, 1].
    #[track_caller]
    pub fn label_smoothing(self, smoothing: f64) -> SmoothedCrossEntropy {
        assert!((0.0..=1.0).contains(&smoothing), "label smoothing is in [0, 1], not {smoothing}");
        SmoothedCrossEntropy { smoothing }
    }
}

methods!(CrossEntropy, ClassTargets);
methods!(SmoothedCrossEntropy, ClassTargets);

impl<T: Float, const N: usize, Y: ClassTargets<T, N> + ?Sized> Loss<T, N, Y> for CrossEntropy {
    #[inline]
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        targets.cross_entropy(values, T::ZERO)
    }
}

impl<T, const N: usize, Y> Loss<T, N, Y> for SmoothedCrossEntropy
where
    T: Float,
    Y: ClassTargets<T, N> + ?Sized,
{
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        targets.cross_entropy(values, T::from_f64(self.smoothing))
    }
}

/// Targets of [`CrossEntropy`]: class indices, or probabilities of type `T` of `N` classes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which of {N} classes is right",
    label = "neither class indices nor probabilities of {N} classes",
    note = "give one class index per sample as `[usize]`, `Vec<usize>` or `[usize; BATCH]`",
    note = "or {N} probabilities per sample, in the output's type: `SMatrix<{T}, {N}, BATCH>`, \
            `OMatrix<{T}, Const<{N}>, Dyn>`"
)]
pub trait ClassTargets<T: Float, const N: usize> {
    /// The mean cross entropy of logits; their gradient takes their place.
    ///
    /// # Errors
    /// If the targets are for another number of samples, or name a class that does not exist.
    fn cross_entropy(&self, values: &mut [[T; N]], smoothing: T) -> Result<T, LossError>;
}

impl<T: Float, const N: usize> ClassTargets<T, N> for [usize] {
    fn cross_entropy(&self, values: &mut [[T; N]], smoothing: T) -> Result<T, LossError> {
        LossError::check_samples(values.len(), self.len())?;
        if let Some(sample) = self.iter().position(|&class| class >= N) {
            let class = self[sample];
            return Err(LossError::ClassOutOfRange { sample, class, classes: N });
        }
        Ok(dispatch(Classes { values, classes: self, smoothing }))
    }
}

impl<T, const N: usize, B, S> ClassTargets<T, N> for Matrix<T, Const<N>, B, S>
where
    T: Float,
    B: Batch,
    S: RawStorage<T, Const<N>, B>,
{
    fn cross_entropy(&self, values: &mut [[T; N]], smoothing: T) -> Result<T, LossError> {
        of_probabilities(self, values, smoothing)
    }
}

impl<T: Float, const N: usize> ClassTargets<T, N> for [[T; N]] {
    fn cross_entropy(&self, values: &mut [[T; N]], smoothing: T) -> Result<T, LossError> {
        of_probabilities(self, values, smoothing)
    }
}

fn of_probabilities<T: Float, Y: Targets<T, N> + ?Sized, const N: usize>(
    targets: &Y,
    values: &mut [[T; N]],
    smoothing: T,
) -> Result<T, LossError> {
    LossError::check_samples(values.len(), targets.sample_count())?;
    Ok(match targets.as_values() {
        Some(targets) => {
            dispatch(Probabilities { values, targets: Contiguous(targets), smoothing })
        }
        None => dispatch(Probabilities { values, targets: Scattered::<_, N>(targets), smoothing }),
    })
}

/// Types that stand for a slice of class indices or of samples, or for other targets.
macro_rules! forward_class_targets {
    ($([$($generics:tt)*] $type:ty, $self:ident => $inner:expr;)*) => {$(
        impl<T: Float, $($generics)* const N: usize> ClassTargets<T, N> for $type {
            #[inline]
            fn cross_entropy(&$self, values: &mut [[T; N]], smoothing: T) -> Result<T, LossError> {
                $inner.cross_entropy(values, smoothing)
            }
        }
    )*};
}
forward_class_targets! {
    [] usize, self => core::slice::from_ref(self);
    [const SAMPLES: usize,] [usize; SAMPLES], self => self.as_slice();
    [] Vec<usize>, self => self.as_slice();
    [] [T; N], self => core::slice::from_ref(self);
    [] Vec<[T; N]>, self => self.as_slice();
    [Y: ClassTargets<T, N>,] Box<Y>, self => (**self);
    [Y: ClassTargets<T, N> + ?Sized,] &Y, self => (**self);
}
