//! The choice of one class among several.

use super::class_weights::{ClassWeights, Unweighted};
use super::focal::check_gamma;
use super::methods::methods;
use super::terms::Terms;
use super::{ClassIndex, ClassTargets, Loss, LossError};
use crate::scalar::Float;

/// The mean over the samples of `-sum_i t_i * ln(softmax(x)_i)`, of logits `x`: `torch.nn.CrossEntropyLoss`.
///
/// The output is `N` logits per sample, one for each class, with no softmax behind it: both together are
/// computed without overflow. The targets are one class index per sample (integers of any kind in a slice, an array or a
/// `Vec`, or a single one for one sample), counted from 0, or the probabilities `t`, `N` per sample as the output has them.
///
/// What has no class does not count: an `Option` of a class index is `None` there, or all such samples have a class index that
/// [`ignoring`](CrossEntropy::ignoring) names, as `ignore_index` in PyTorch. (If none counts, loss and gradient are 0, where
/// PyTorch gives NaN.) Where some samples count more than others, the targets are [`Weighted`](super::Weighted).
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
/// let (of_second, _) = CrossEntropy.loss(&output, &[None, Some(2)]);
/// assert_eq!(of_second, CrossEntropy.loss(&output.column(1), &2).0);
///
/// let error = CrossEntropy.try_loss(&output, &[0, 3]).unwrap_err();
/// assert_eq!(error.to_string(), "sample 1 has class 3, but the output has 3 classes, counted from 0");
/// ```
#[doc(alias = "CrossEntropyLoss")]
#[doc(alias = "NLLLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CrossEntropy;

/// [`CrossEntropy`] with settings, which it is made with: `CrossEntropy.ignoring(0).label_smoothing(0.1)`.
///
/// `W` is the weights of classes, `[T; CLASSES]`, or [`Unweighted`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrossEntropyWith<W = Unweighted> {
    smoothing: f64,
    ignored: Option<i64>,
    class_weights: W,
    gamma: f64,
}

impl CrossEntropy {
    pub(super) const DEFAULT: CrossEntropyWith =
        CrossEntropyWith { smoothing: 0.0, ignored: None, class_weights: Unweighted, gamma: 0.0 };

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
    pub fn label_smoothing(self, smoothing: f64) -> CrossEntropyWith {
        Self::DEFAULT.label_smoothing(smoothing)
    }

    /// Leaves out samples, or steps, whose class index is this one, which need not be one of the output's classes: `ignore_index`
    /// in PyTorch, where it is -100 if nothing else is said. Here it is said. Probabilities have no class index: all count.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// let output = [[3.0, 0.0], [0.5, 0.5]];
    /// let (loss, d_output) = CrossEntropy.ignoring(-100).loss(&output, &[1, -100]);
    /// assert_eq!(loss, CrossEntropy.loss(&output[0], &1).0);
    /// assert_eq!(d_output.column(1).as_slice(), [0.0, 0.0]);
    /// ```
    pub fn ignoring<C: ClassIndex>(self, class: C) -> CrossEntropyWith {
        Self::DEFAULT.ignoring(class)
    }

    /// Multiplies `t_i` by the weight of class `i`, so that rare classes count more: `weight` in PyTorch.
    ///
    /// Of class indices the mean is then the weighted one, divided by the sum of the weights of the samples' classes. Of
    /// probabilities it is divided by the number of samples, as PyTorch's is.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// let output = [[2.0f32, 0.0], [2.0, 0.0], [1.0, 0.0]];
    /// let loss = CrossEntropy.class_weights([1.0, 10.0]).loss(&output, &[0, 0, 1]).0;
    /// let [often, rare] = [0, 2].map(|sample| CrossEntropy.loss(&output[sample], &(sample / 2)).0);
    /// assert!((loss - (often + often + 10.0 * rare) / 12.0).abs() < 1e-6);
    /// ```
    pub fn class_weights<T: Float, const CLASSES: usize>(
        self,
        weights: [T; CLASSES],
    ) -> CrossEntropyWith<[T; CLASSES]> {
        Self::DEFAULT.class_weights(weights)
    }

    /// Takes `-sum_i t_i * (1 - p_i)^gamma * ln(p_i)` with `p = softmax(x)`: what is told well counts for little, so that a few hard
    /// samples are not lost among many easy ones (focal loss, Lin et al. 2017, <https://arxiv.org/abs/1708.02002>; they take 2).
    /// Their `alpha` is [`class_weights`](CrossEntropy::class_weights). [`BinaryCrossEntropy`](super::BinaryCrossEntropy) has
    /// theirs with a sigmoid.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// let (loss, _) = CrossEntropy.focal(2.0).loss(&[0f64; 4], &1);
    /// assert!((loss - 0.75f64.powi(2) * 4f64.ln()).abs() < 1e-12);
    /// ```
    ///
    /// # Panics
    /// If `gamma` is not a number of at least 0.
    #[track_caller]
    pub fn focal(self, gamma: f64) -> CrossEntropyWith {
        Self::DEFAULT.focal(gamma)
    }
}

impl<W> CrossEntropyWith<W> {
    /// As [`CrossEntropy::label_smoothing`].
    ///
    /// # Panics
    /// If `smoothing` is not in [0, 1].
    #[track_caller]
    pub fn label_smoothing(self, smoothing: f64) -> Self {
        assert!((0.0..=1.0).contains(&smoothing), "label smoothing is in [0, 1], not {smoothing}");
        CrossEntropyWith { smoothing, ..self }
    }

    /// As [`CrossEntropy::ignoring`].
    pub fn ignoring<C: ClassIndex>(self, class: C) -> Self {
        CrossEntropyWith { ignored: class.class(), ..self }
    }

    /// As [`CrossEntropy::class_weights`].
    pub fn class_weights<T: Float, const CLASSES: usize>(
        self,
        class_weights: [T; CLASSES],
    ) -> CrossEntropyWith<[T; CLASSES]> {
        let CrossEntropyWith { smoothing, ignored, gamma, .. } = self;
        CrossEntropyWith { smoothing, ignored, class_weights, gamma }
    }

    /// As [`CrossEntropy::focal`].
    ///
    /// # Panics
    /// If `gamma` is not a number of at least 0.
    #[track_caller]
    pub fn focal(self, gamma: f64) -> Self {
        check_gamma(gamma);
        CrossEntropyWith { gamma, ..self }
    }

    /// What targets are given to compute with.
    pub(super) fn terms<T: Float, const N: usize>(&self) -> Terms<'_, T, N>
    where
        W: ClassWeights<T, N>,
    {
        Terms {
            smoothing: T::from_f64(self.smoothing),
            ignored: self.ignored,
            class_weights: self.class_weights.class_weights(),
            gamma: T::from_f64(self.gamma),
            weights: None,
            lengths: None,
        }
    }
}

methods!(CrossEntropy, ClassTargets<T, N>);
methods!([W] CrossEntropyWith<W>, ClassTargets<T, N>, where [W: ClassWeights<T, N>]);

impl<T: Float, const N: usize, Y: ClassTargets<T, N> + ?Sized> Loss<T, N, Y> for CrossEntropy {
    #[inline]
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        targets.cross_entropy(values, Self::DEFAULT.terms())
    }
}

impl<T, const N: usize, W, Y> Loss<T, N, Y> for CrossEntropyWith<W>
where
    T: Float,
    W: ClassWeights<T, N>,
    Y: ClassTargets<T, N> + ?Sized,
{
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        targets.cross_entropy(values, self.terms())
    }
}
