//! Quadratic for small differences, linear for large ones.

use super::methods::methods;
use super::pointwise::{self, Place, Pointwise};
use super::{Loss, LossError, Targets};
use crate::scalar::Float;
use crate::simd::Vector;

/// The mean over all values of `d^2 / 2` where `|d| <= 1`, else `|d| - 1/2`, with `d = output - target`:
/// `torch.nn.HuberLoss` (Huber 1964, <https://doi.org/10.1214/aoms/1177703732>).
///
/// Output and targets are `N` values per sample. [`delta`](Huber::delta) sets another bound than 1.
///
/// ```
/// use static_net::prelude::*;
///
/// let output = SVector::<f32, 2>::new(0.5, 3.0);
/// let target = SVector::<f32, 2>::new(0.0, 5.0);
/// let (loss, d_output) = Huber.loss(&output, &target);
/// assert_eq!(loss, 0.5 * (0.125 + 1.5));
/// assert_eq!(d_output, SVector::<f32, 2>::new(0.25, -0.5));
///
/// let (loss, _) = Huber.delta(4.0).loss(&output, &target);
/// assert_eq!(loss, 0.5 * (0.125 + 2.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Huber;

/// [`Huber`] with a bound of one's own: the mean of `d^2 / 2` where `|d| <= delta`, else
/// `delta * (|d| - delta / 2)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HuberDelta {
    delta: f64,
}

impl Huber {
    /// The difference up to which the loss is quadratic.
    ///
    /// # Panics
    /// If `delta` is not greater than zero.
    #[track_caller]
    pub fn delta(self, delta: f64) -> HuberDelta {
        assert!(delta > 0.0, "the delta of the Huber loss is greater than 0, not {delta}");
        HuberDelta { delta }
    }
}

methods!(Huber, Targets<T, N>);
methods!(HuberDelta, Targets<T, N>);

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for Huber {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        HuberDelta { delta: 1.0 }.evaluate(values, targets)
    }
}

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for HuberDelta {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        pointwise::evaluate(self, values, targets)
    }
}

impl<T: Float> Pointwise<T> for HuberDelta {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [output]: [V; 1], target: V, _: Place) -> (V, [V; 1]) {
        let delta = V::splat(T::from_f64(self.delta));
        let difference = output - target;
        let magnitude = difference.abs();
        // min and max give their second operand for a NaN.
        let bounded = delta.min(magnitude);
        let loss = bounded * (magnitude - V::splat(T::from_f64(0.5)) * bounded);
        (loss, [(-delta).max(delta.min(difference))])
    }
}
