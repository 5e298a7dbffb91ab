//! The mean of squared differences.

use super::methods::methods;
use super::pointwise::{self, Place, Pointwise};
use super::{Loss, LossError, Targets};
use crate::scalar::Float;
use crate::simd::Vector;

/// `mean((output - target)^2)` over all values: `torch.nn.MSELoss`.
///
/// Output and targets are `N` values per sample.
///
/// ```
/// use static_net::prelude::*;
///
/// let output = SVector::<f32, 2>::new(1.0, 3.0);
/// let target = SVector::<f32, 2>::new(0.0, 5.0);
/// let (loss, d_output) = MeanSquaredError.loss(&output, &target);
/// assert_eq!(loss, 2.5);
/// assert_eq!(d_output, SVector::<f32, 2>::new(1.0, -2.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeanSquaredError;

methods!(MeanSquaredError, Targets<T, N>);

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for MeanSquaredError {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        pointwise::evaluate(self, values, targets)
    }
}

impl<T: Float> Pointwise<T> for MeanSquaredError {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [output]: [V; 1], target: V, _: Place) -> (V, [V; 1]) {
        let difference = output - target;
        (difference * difference, [difference + difference])
    }
}
