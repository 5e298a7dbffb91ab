//! The linear map behind the heads of an attention.

use nalgebra::{SMatrix, SVector};

use crate::parameters::Parameters;
use crate::scalar::Float;

/// The parameters of a linear map from `IN` to `OUT` features: those of `torch.nn.Linear`.
///
/// `BIAS` is `OUT`, or 0 for no bias.
#[derive(Clone, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Projection<T: Float, const IN: usize, const OUT: usize, const BIAS: usize> {
    /// One row for each output, one column for each input.
    #[tensor(matrix)]
    pub weight: SMatrix<T, OUT, IN>,
    /// One value for each output, or none.
    pub bias: SVector<T, BIAS>,
}
