//! Gaussians: how unlikely targets are, and how far two of them are apart.

use super::joint::JointLoss;
use super::pointwise::{Place, Pointwise, evaluate_together};
use super::scaled::scalable;
use super::targets::OfNone;
use super::{LossError, Targets};
use crate::scalar::Float;
use crate::simd::Vector;

/// The negative log-likelihood of targets `t` that are normally distributed, the mean over all values of
/// `(ln(v) + (t - m)^2 / v) / 2`, of two outputs, the mean `m` and the variance `v`: `torch.nn.GaussianNLLLoss`.
///
/// Outputs and targets are `N` values per sample; the variance is above 0, such as what `softplus` gives. As in PyTorch, one below
/// 1e-6 counts as 1e-6, and the gradient goes past that. With [`of_log_variance`](GaussianNll::of_log_variance) the second
/// output is `ln(v)`, which may be any number: the plain output of a layer. A [`JointLoss`] of both.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::GaussianNll;
///
/// let (mean, variance) = ([1.0f64], [4.0]);
/// let (loss, [d_mean, d_variance]) = GaussianNll::new().loss([&mean, &variance], &[3.0]);
/// assert!((loss - 0.5 * (4f64.ln() + 1.0)).abs() < 1e-12);
/// assert_eq!((d_mean[0], d_variance[0]), (-0.5, 0.0));
/// ```
#[doc(alias = "GaussianNLLLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GaussianNll {
    of_log_variance: bool,
    is_full: bool,
}

/// What a variance is at the least, as PyTorch's default `eps`.
const SMALLEST_VARIANCE: f64 = 1e-6;

impl GaussianNll {
    /// Of a mean and a variance.
    pub fn new() -> Self {
        Self::default()
    }

    /// Of a mean and the logarithm of a variance: `(x + (t - m)^2 * exp(-x)) / 2` of each value.
    pub fn of_log_variance(self) -> Self {
        GaussianNll { of_log_variance: true, ..self }
    }

    /// Adds `ln(2 * pi) / 2`, which makes it the likelihood itself: `full=True` in PyTorch. The gradient is the same.
    pub fn full(self) -> Self {
        GaussianNll { is_full: true, ..self }
    }
}

scalable! {
    [] GaussianNll;
    [] KlToStandardNormal;
    [] KlOfNormals;
}

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> JointLoss<T, 2, N, Y> for GaussianNll {
    fn evaluate(&self, values: [&mut [[T; N]]; 2], targets: &Y) -> Result<T, LossError> {
        evaluate_together(self, values, targets)
    }
}

impl<T: Float> Pointwise<T, 2> for GaussianNll {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [mean, spread]: [V; 2], target: V, _: Place) -> (V, [V; 2]) {
        let [half, constant] =
            [0.5, if self.is_full { 0.5 * core::f64::consts::TAU.ln() } else { 0.0 }]
                .map(|number| V::splat(T::from_f64(number)));
        let difference = mean - target;
        let (logarithm, precision) = if self.of_log_variance {
            (spread, (-spread).exp())
        } else {
            let variance = spread.max(V::splat(T::from_f64(SMALLEST_VARIANCE)));
            (variance.ln(), V::splat(T::ONE) / variance)
        };
        let square = difference * difference * precision;
        let loss = half * (logarithm + square) + constant;
        let d_logarithm = half * (V::splat(T::ONE) - square);
        let d_spread = if self.of_log_variance { d_logarithm } else { d_logarithm * precision };
        (loss, [difference * precision, d_spread])
    }
}

/// The Kullback-Leibler divergence of normal distributions from the standard one, of two outputs, the mean `m` and the logarithm
/// of the variance `x`: the sum over the values of `(m^2 + exp(x) - x - 1) / 2`, and the mean of that over the samples.
///
/// What draws the code of a variational autoencoder to a standard normal distribution (Kingma and Welling 2014,
/// <https://arxiv.org/abs/1312.6114>): `torch.distributions.kl_divergence(Normal(m, (x / 2).exp()), Normal(0, 1)).sum(1).mean()`.
/// A [`JointLoss`] of both, without targets.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::KlToStandardNormal;
///
/// let (mean, log_variance) = ([1.0f64, 0.0], [0.0, 0.0]);
/// let (divergence, [d_mean, _]) = KlToStandardNormal.loss([&mean, &log_variance], &());
/// assert_eq!((divergence, d_mean[0]), (0.5, 1.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KlToStandardNormal;

impl<T: Float, const N: usize> JointLoss<T, 2, N, ()> for KlToStandardNormal {
    fn evaluate(&self, values: [&mut [[T; N]]; 2], (): &()) -> Result<T, LossError> {
        let none = OfNone(values[0].len());
        evaluate_together(&SumOf(*self, T::from_usize(N)), values, &none)
    }
}

/// The Kullback-Leibler divergence of normal distributions from others, of four outputs, a mean `m` and a logarithm of the variance
/// `x`, then those of the other, `n` and `y`: the sum over the values of `(y - x + (exp(x) + (m - n)^2) / exp(y) - 1) / 2`, and the
/// mean of that over the samples.
///
/// `torch.distributions.kl_divergence(Normal(m, (x / 2).exp()), Normal(n, (y / 2).exp())).sum(1).mean()`. A [`JointLoss`] of all,
/// without targets.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::{JointLoss, KlOfNormals};
///
/// let ([mean, other], log_variance) = ([[3.0f64], [1.0]], [2f64.ln()]);
/// let (divergence, [d_mean, _, d_other, _]) =
///     KlOfNormals.loss([&mean, &log_variance, &other, &log_variance], &());
/// assert!((divergence - 1.0).abs() < 1e-12);
/// assert!((d_mean[0] - 1.0).abs() < 1e-12 && (d_other[0] + 1.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KlOfNormals;

impl<T: Float, const N: usize> JointLoss<T, 4, N, ()> for KlOfNormals {
    fn evaluate(&self, values: [&mut [[T; N]]; 4], (): &()) -> Result<T, LossError> {
        let none = OfNone(values[0].len());
        evaluate_together(&SumOf(*self, T::from_usize(N)), values, &none)
    }
}

/// A function times the number of values of a sample, whose mean is then the sum over these.
struct SumOf<F, T>(F, T);

impl<T: Float> Pointwise<T, 2> for SumOf<KlToStandardNormal, T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [mean, logarithm]: [V; 2], _: V, _: Place) -> (V, [V; 2]) {
        let (half, scale) = (V::splat(T::from_f64(0.5)), V::splat(self.1));
        let growth = logarithm.exp_m1();
        let loss = half * (mean * mean + (growth - logarithm));
        (scale * loss, [scale * mean, scale * half * growth])
    }
}

impl<T: Float> Pointwise<T, 4> for SumOf<KlOfNormals, T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, outputs: [V; 4], _: V, _: Place) -> (V, [V; 4]) {
        let [mean, logarithm, other_mean, other_logarithm] = outputs;
        let (half, scale) = (V::splat(T::from_f64(0.5)), V::splat(self.1));
        let (difference, precision) = (mean - other_mean, (-other_logarithm).exp());
        let change = logarithm - other_logarithm;
        let (growth, square) = (change.exp_m1(), difference * difference * precision);
        let d_mean = scale * difference * precision;
        let loss = half * (growth - change + square);
        let d_other_logarithm = -scale * half * (growth + square);
        (scale * loss, [d_mean, scale * half * growth, -d_mean, d_other_logarithm])
    }
}
