//! Counts of events.

use super::methods::methods;
use super::pointwise::{self, Place, Pointwise};
use super::{Loss, LossError, Targets};
use crate::scalar::Float;
use crate::simd::Vector;

/// The negative log-likelihood of counts `t` that have a Poisson distribution, `mean(exp(x) - t * x)` over all values, where the
/// output `x` is the logarithm of the rate: `torch.nn.PoissonNLLLoss`.
///
/// Output and targets are `N` values per sample. [`of_rates`](PoissonNll::of_rates) takes the rate itself,
/// [`full`](PoissonNll::full) adds what does not depend on the output.
///
/// ```
/// use static_net::prelude::*;
/// use static_net::loss::PoissonNll;
///
/// // A rate of 3 and a count of 3.
/// let (loss, d_output) = PoissonNll::new().loss(&[3f64.ln()], &[3.0]);
/// assert!((loss - (3.0 - 3.0 * 3f64.ln())).abs() < 1e-12);
/// assert!(d_output[0].abs() < 1e-12);
///
/// let (same, _) = PoissonNll::new().of_rates().loss(&[3.0f64], &[3.0]);
/// assert!((loss - same).abs() < 1e-7);
/// ```
#[doc(alias = "PoissonNLLLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoissonNll {
    of_rates: bool,
    is_full: bool,
}

/// Added to a rate under a logarithm, as PyTorch's default `eps`.
const EPSILON: f64 = 1e-8;

impl PoissonNll {
    /// Of outputs that are the logarithms of rates.
    pub fn new() -> Self {
        Self::default()
    }

    /// Of outputs that are rates, above 0, such as those of `softplus`: `mean(x - t * ln(x + 1e-8))`, `log_input=False` in PyTorch.
    pub fn of_rates(self) -> Self {
        PoissonNll { of_rates: true, ..self }
    }

    /// Adds `t * ln(t) - t + ln(2 * pi * t) / 2` for each count `t` above 1, Stirling's approximation of `ln(t!)`: `full=True` in
    /// PyTorch. The gradient is the same.
    pub fn full(self) -> Self {
        PoissonNll { is_full: true, ..self }
    }
}

methods!(PoissonNll, Targets<T, N>);

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for PoissonNll {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        pointwise::evaluate(self, values, targets)
    }
}

impl<T: Float> Pointwise<T> for PoissonNll {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [output]: [V; 1], target: V, _: Place) -> (V, [V; 1]) {
        let one = V::splat(T::ONE);
        let (loss, slope) = if self.of_rates {
            let rate = output + V::splat(T::from_f64(EPSILON));
            (output - target * rate.ln(), one - target / rate)
        } else {
            let rate = output.exp();
            (rate - target * output, rate - target)
        };
        if !self.is_full {
            return (loss, [slope]);
        }
        let [half, circle] = [0.5, core::f64::consts::TAU].map(|n| V::splat(T::from_f64(n)));
        let stirling = target * target.ln() - target + half * (circle * target).ln();
        (loss + V::select(target.greater(one), stirling, V::zero()), [slope])
    }
}
