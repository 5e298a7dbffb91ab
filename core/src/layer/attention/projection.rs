//! The linear map behind the heads of an attention.

use nalgebra::{SMatrix, SVector};

use crate::parameters::{Kind, Parameters, Tensors};
use crate::scalar::Float;

/// The parameters of a linear map from `IN` to `OUT` features: those of `torch.nn.Linear`.
///
/// `BIAS` is `OUT`, or 0 for no bias.
#[derive(Clone, Debug, PartialEq)]
#[repr(C)]
pub struct Projection<T, const IN: usize, const OUT: usize, const BIAS: usize> {
    /// One row for each output, one column for each input.
    pub weight: SMatrix<T, OUT, IN>,
    /// One value for each output, or none.
    pub bias: SVector<T, BIAS>,
}

// SAFETY: two matrices of `T` in `repr(C)` order without padding.
unsafe impl<T: Float, const IN: usize, const OUT: usize, const BIAS: usize> Parameters<T>
    for Projection<T, IN, OUT, BIAS>
{
    const PARAMETERS: usize = IN * OUT + BIAS;

    fn describe(tensors: &mut Tensors) {
        tensors.matrix("weight", OUT, IN, Kind::Trained);
        if BIAS > 0 {
            tensors.vector("bias", BIAS, Kind::TrainedWithoutDecay);
        }
    }
}
