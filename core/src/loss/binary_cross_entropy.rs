//! Yes-or-no questions, one for each output.

use super::methods::methods;
use super::pointwise::{self, Pointwise};
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
/// ```
/// use static_net::prelude::*;
///
/// let output = SVector::<f32, 2>::new(0.0, 100.0);
/// let target = SVector::<f32, 2>::new(1.0, 1.0);
/// let (loss, d_output) = BinaryCrossEntropy.loss(&output, &target);
/// assert!((loss - 0.5 * std::f32::consts::LN_2).abs() < 1e-6);
/// assert_eq!(d_output, SVector::<f32, 2>::new(-0.25, 0.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BinaryCrossEntropy;

methods!(BinaryCrossEntropy, Targets);

impl<T: Float, const N: usize, Y: Targets<T, N> + ?Sized> Loss<T, N, Y> for BinaryCrossEntropy {
    fn evaluate(&self, values: &mut [[T; N]], targets: &Y) -> Result<T, LossError> {
        pointwise::evaluate(self, values, targets)
    }
}

impl<T: Float> Pointwise<T> for BinaryCrossEntropy {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, output: V, target: V) -> (V, V) {
        // As PyTorch has it, at infinite logits too.
        let loss = (V::splat(T::ONE) - target) * output + (-output).softplus();
        (loss, output.sigmoid() - target)
    }
}
