//! The mean of absolute differences.

use super::methods::methods;
use super::pointwise::{self, Place, Pointwise};
use super::{Loss, LossError, Targets};
use crate::scalar::Float;
use crate::simd::Vector;

/// `mean(|output - target|)` over all values: `torch.nn.L1Loss`.
///
/// Output and targets are `N` values per sample. Where both are equal the gradient is zero.
///
/// ```
/// use static_net::prelude::*;
///
/// let output = SVector::<f32, 2>::new(1.0, 3.0);
/// let target = SVector::<f32, 2>::new(0.0, 5.0);
/// let (loss, d_output) = MeanAbsoluteError.loss(&output, &target);
/// assert_eq!(loss, 1.5);
/// assert_eq!(d_output, SVector::<f32, 2>::new(0.5, -0.5));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeanAbsoluteError;

methods!(MeanAbsoluteError, Targets<T, N>);

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for MeanAbsoluteError {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        pointwise::evaluate(self, values, targets)
    }
}

impl<T: Float> Pointwise<T> for MeanAbsoluteError {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [output]: [V; 1], target: V, _: Place) -> (V, [V; 1]) {
        let (zero, one) = (V::zero(), V::splat(T::ONE));
        // Zero where both are equal, be they infinite; a NaN is neither greater nor smaller, and stays.
        let rest = zero.min((output + target).abs());
        let rest = V::select(target.greater(output), -one, rest);
        ((output - target).abs(), [V::select(output.greater(target), one, rest)])
    }
}
