//! Products of large matrices, by the kernels that networks run on.

use alloc::vec;

use nalgebra::DMatrix;

use crate::kernel::product::matrix::{Factor, multiply, multiply_scratch};
use crate::simd::{InstructionSet, Kernel, dispatch};

/// `left * right`.
pub(super) fn product(left: &DMatrix<f64>, right: &DMatrix<f64>) -> DMatrix<f64> {
    of(factor(left), factor(right), [left.nrows(), left.ncols(), right.ncols()])
}

/// `left^T * right`.
pub(super) fn transposed_product(left: &DMatrix<f64>, right: &DMatrix<f64>) -> DMatrix<f64> {
    of(factor(left).transposed(), factor(right), [left.ncols(), left.nrows(), right.ncols()])
}

/// `left * right^T`.
pub(super) fn product_transposed(left: &DMatrix<f64>, right: &DMatrix<f64>) -> DMatrix<f64> {
    of(factor(left), factor(right).transposed(), [left.nrows(), left.ncols(), right.nrows()])
}

fn factor(matrix: &DMatrix<f64>) -> Factor<'_, f64> {
    Factor::new(matrix.as_slice(), matrix.nrows())
}

fn of(
    left: Factor<'_, f64>,
    right: Factor<'_, f64>,
    [rows, depth, columns]: [usize; 3],
) -> DMatrix<f64> {
    let mut output = DMatrix::zeros(rows, columns);
    let mut pack = vec![0.0; multiply_scratch(rows, depth)];
    dispatch(Multiply { left, right, output: output.as_mut_slice(), pack: &mut pack });
    output
}

struct Multiply<'a> {
    left: Factor<'a, f64>,
    right: Factor<'a, f64>,
    output: &'a mut [f64],
    pack: &'a mut [f64],
}

impl Kernel for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        multiply(instructions, self.left, self.right, self.output, self.pack);
    }
}
