//! Yes-or-no questions, one for each output.

use super::class_weights::{ClassWeights, Unweighted};
use super::focal::check_gamma;
use super::methods::methods;
use super::pointwise::{self, Place, Pointwise};
use super::targets::{Repeated, Source};
use super::{Loss, LossError, Targets};
use crate::scalar::Float;
use crate::simd::Vector;

/// `mean(-t * ln(sigmoid(x)) - (1 - t) * ln(1 - sigmoid(x)))` over all values, of logits `x` and
/// probabilities `t`: `torch.nn.BCEWithLogitsLoss`.
///
/// Output and targets are `N` values per sample; targets are in [0, 1]. The output is the layer's plain one,
/// with no sigmoid behind it: both together are computed without overflow. The gradient of an infinite logit is that of
/// a very large one; its loss is infinite or NaN, as PyTorch's is.
///
/// Where yes is rare, [`pos_weight`](BinaryCrossEntropy::pos_weight) or [`focal`](BinaryCrossEntropy::focal) make it count;
/// where some samples, or some questions of a sample, count more than others or not at all, the targets are
/// [`Weighted`](super::Weighted).
///
/// ```
/// use static_net::prelude::*;
///
/// let output = SVector::<f32, 2>::new(0.0, 100.0);
/// let target = SVector::<f32, 2>::new(1.0, 1.0);
/// let (loss, d_output) = BinaryCrossEntropy.loss(&output, &target);
/// assert!((loss - 0.5 * std::f32::consts::LN_2).abs() < 1e-6);
/// assert_eq!(d_output, SVector::<f32, 2>::new(-0.25, 0.0));
/// ```
#[doc(alias = "BCEWithLogitsLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BinaryCrossEntropy;

/// [`BinaryCrossEntropy`] with settings, which it is made with: `BinaryCrossEntropy.focal(2.0).alpha(0.25)`.
///
/// `W` is the weights of the positive targets of each output, `[T; N]`, or [`Unweighted`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinaryCrossEntropyWith<W = Unweighted> {
    pos_weight: f64,
    pos_weights: W,
    gamma: f64,
    alpha: Option<f64>,
}

impl BinaryCrossEntropy {
    const DEFAULT: BinaryCrossEntropyWith = BinaryCrossEntropyWith {
        pos_weight: 1.0,
        pos_weights: Unweighted,
        gamma: 0.0,
        alpha: None,
    };

    /// Multiplies `-t * ln(sigmoid(x))` by the weight, of all outputs: above 1 for answers that are rarely yes.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// let loss = BinaryCrossEntropy.pos_weight(9.0);
    /// assert!((loss.loss(&[0.0], &[1.0]).0 - 9.0 * 2f64.ln()).abs() < 1e-12);
    /// assert!((loss.loss(&[0.0], &[0.0]).0 - 2f64.ln()).abs() < 1e-12);
    /// ```
    ///
    /// # Panics
    /// If the weight is not a number of at least 0.
    #[track_caller]
    pub fn pos_weight(self, weight: f64) -> BinaryCrossEntropyWith {
        Self::DEFAULT.pos_weight(weight)
    }

    /// As [`pos_weight`](BinaryCrossEntropy::pos_weight), of each output its own: `pos_weight` in PyTorch, which has a tensor there.
    pub fn pos_weights<T: Float, const N: usize>(
        self,
        weights: [T; N],
    ) -> BinaryCrossEntropyWith<[T; N]> {
        Self::DEFAULT.pos_weights(weights)
    }

    /// Multiplies the loss of each value by `(1 - p)^gamma`, where `p` is the probability of what is right: what is told well
    /// counts for little, so that a few hard answers are not lost among many easy ones (focal loss, Lin et al. 2017,
    /// <https://arxiv.org/abs/1708.02002>): `torchvision.ops.sigmoid_focal_loss`, whose defaults are
    /// `BinaryCrossEntropy.focal(2.0).alpha(0.25)` (and a sum or no reduction, where this is a mean).
    ///
    /// For targets `t` between 0 and 1, `p` is `t * sigmoid(x) + (1 - t) * (1 - sigmoid(x))`, as there.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// let (loss, _) = BinaryCrossEntropy.focal(2.0).alpha(0.25).loss(&[0.0], &[1.0]);
    /// assert!((loss - 0.25 * 0.5 * 0.5 * 2f64.ln()).abs() < 1e-12);
    /// ```
    ///
    /// # Panics
    /// If `gamma` is not a number of at least 0.
    #[track_caller]
    pub fn focal(self, gamma: f64) -> BinaryCrossEntropyWith {
        Self::DEFAULT.focal(gamma)
    }
}

impl<W> BinaryCrossEntropyWith<W> {
    /// As [`BinaryCrossEntropy::pos_weight`].
    ///
    /// # Panics
    /// If the weight is not a number of at least 0.
    #[track_caller]
    pub fn pos_weight(self, pos_weight: f64) -> Self {
        let is_weight = pos_weight >= 0.0 && pos_weight.is_finite();
        assert!(is_weight, "a weight is at least 0, not {pos_weight}");
        BinaryCrossEntropyWith { pos_weight, ..self }
    }

    /// As [`BinaryCrossEntropy::pos_weights`].
    pub fn pos_weights<T: Float, const N: usize>(
        self,
        pos_weights: [T; N],
    ) -> BinaryCrossEntropyWith<[T; N]> {
        let BinaryCrossEntropyWith { pos_weight, gamma, alpha, .. } = self;
        BinaryCrossEntropyWith { pos_weight, pos_weights, gamma, alpha }
    }

    /// As [`BinaryCrossEntropy::focal`].
    ///
    /// # Panics
    /// If `gamma` is not a number of at least 0.
    #[track_caller]
    pub fn focal(self, gamma: f64) -> Self {
        check_gamma(gamma);
        BinaryCrossEntropyWith { gamma, ..self }
    }

    /// Multiplies the loss of each value by `t * alpha + (1 - t) * (1 - alpha)`.
    ///
    /// # Panics
    /// If `alpha` is not in [0, 1].
    #[track_caller]
    pub fn alpha(self, alpha: f64) -> Self {
        assert!((0.0..=1.0).contains(&alpha), "alpha is in [0, 1], not {alpha}");
        BinaryCrossEntropyWith { alpha: Some(alpha), ..self }
    }
}

methods!(BinaryCrossEntropy, Targets<T, N>);
methods!([W] BinaryCrossEntropyWith<W>, Targets<T, N>, where [W: ClassWeights<T, N>]);

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for BinaryCrossEntropy {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        pointwise::evaluate(self, values, targets)
    }
}

impl<T: Float> Pointwise<T> for BinaryCrossEntropy {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [output]: [V; 1], target: V, _: Place) -> (V, [V; 1]) {
        // As PyTorch has it, at infinite logits too.
        let loss = (V::splat(T::ONE) - target) * output + (-output).softplus();
        (loss, [output.sigmoid() - target])
    }
}

impl<T, const N: usize, W, Y> Loss<T, N, Y> for BinaryCrossEntropyWith<W>
where
    T: Float,
    W: ClassWeights<T, N>,
    Y: Targets<T, N> + ?Sized,
{
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        let settings = Settings {
            pos_weight: T::from_f64(self.pos_weight),
            pos_weights: self.pos_weights.class_weights().map(Repeated),
            gamma: T::from_f64(self.gamma),
            alpha: self.alpha.map(T::from_f64),
        };
        pointwise::evaluate(&settings, values, targets)
    }
}

/// The settings in the number type of the output.
struct Settings<'a, T, const N: usize> {
    pos_weight: T,
    pos_weights: Option<Repeated<'a, T, N>>,
    gamma: T,
    alpha: Option<T>,
}

impl<T: Float, const N: usize> Pointwise<T> for Settings<'_, T, N> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [output]: [V; 1], target: V, place: Place) -> (V, [V; 1]) {
        let one = V::splat(T::ONE);
        let mut pos_weight = V::splat(self.pos_weight);
        if let Some(weights) = &self.pos_weights {
            pos_weight = pos_weight * weights.read::<V>(place.start, place.count);
        }
        let [yes, no] = [output.sigmoid(), (-output).sigmoid()];
        let positive = one + (pos_weight - one) * target;
        let loss = (one - target) * output + positive * (-output).softplus();
        let slope = (one - target) - positive * no;
        let weight = self.alpha.map_or(one, |alpha| {
            target * V::splat(alpha) + (one - target) * V::splat(T::ONE - alpha)
        });
        if self.gamma == T::ZERO {
            return (weight * loss, [weight * slope]);
        }
        let gamma = V::splat(self.gamma);
        let wrong = (target * no + (one - target) * yes).max(V::splat(T::SMALLEST_KEPT));
        let strength = weight * (gamma * wrong.ln()).exp();
        let d_wrong = (one - target - target) * yes * no;
        (strength * loss, [strength * (slope + gamma * d_wrong / wrong * loss)])
    }
}
