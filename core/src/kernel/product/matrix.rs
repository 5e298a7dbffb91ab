//! The product of two matrices whose sizes are known when the program runs, each as it lies or transposed.

use super::{Left, Product, Start, pack_len};
use crate::scalar::Float;
use crate::simd::InstructionSet;

/// One of the two matrices of a product: column-major, without gaps.
#[derive(Clone, Copy)]
pub(crate) struct Factor<'a, T> {
    values: &'a [T],
    /// The length of a column in memory.
    height: usize,
    is_transposed: bool,
}

impl<'a, T> Factor<'a, T> {
    /// The matrix whose columns have this many values.
    pub(crate) fn new(values: &'a [T], height: usize) -> Self {
        Factor { values, height, is_transposed: false }
    }

    /// The transpose of this matrix.
    pub(crate) fn transposed(self) -> Self {
        Factor { is_transposed: !self.is_transposed, ..self }
    }

    fn shape(&self) -> (usize, usize) {
        let width = self.values.len().checked_div(self.height).unwrap_or(0);
        assert!(self.height * width == self.values.len(), "a column is cut off");
        if self.is_transposed { (width, self.height) } else { (self.height, width) }
    }
}

/// Scratch values that [`multiply`] needs for a left factor of this size, on any machine.
pub(crate) const fn multiply_scratch(rows: usize, depth: usize) -> usize {
    pack_len(rows, depth)
}

/// `output = left * right`, column-major. `pack` holds at least [`multiply_scratch`] values.
///
/// # Panics
/// If the sizes do not fit.
pub(crate) fn multiply<T: Float, I: InstructionSet>(
    instructions: I,
    left: Factor<'_, T>,
    right: Factor<'_, T>,
    output: &mut [T],
    pack: &mut [T],
) {
    let ((rows, depth), (right_rows, columns)) = (left.shape(), right.shape());
    assert!(
        depth == right_rows && Some(output.len()) == rows.checked_mul(columns),
        "factors that do not fit"
    );
    if output.is_empty() || depth == 0 {
        return output.fill(T::ZERO);
    }
    assert!(pack.len() >= multiply_scratch(rows, depth), "scratch memory is too small");
    let (right_row, right_column) =
        if right.is_transposed { (right.height, 1) } else { (1, right.height) };
    let product = Product {
        rows,
        columns,
        depth,
        order: if left.is_transposed { Left::Transposed } else { Left::Packed },
        left: left.values.as_ptr(),
        left_stride: left.height,
        right: right.values.as_ptr(),
        right_row,
        right_column,
        output: output.as_mut_ptr(),
        start: Start::Zero,
        pack: pack.as_mut_ptr(),
    };
    // SAFETY: `Factor::shape` has checked that the factors have `rows` times `depth` and `depth` times `columns`
    // values; that the output has `rows` times `columns`, and the scratch memory enough, was asserted. Both are
    // borrowed to be changed.
    unsafe { product.run(instructions) };
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::simd::{Kernel, dispatch_each};

    #[derive(Clone)]
    struct Case {
        left: Vec<f64>,
        right: Vec<f64>,
        /// Heights in memory, and whether each is transposed.
        factors: [(usize, bool); 2],
        output: usize,
        scratch: usize,
    }

    impl Kernel for Case {
        type Output = Vec<f64>;
        #[inline(always)]
        fn run<I: InstructionSet>(self, instructions: I) -> Vec<f64> {
            let mut output = vec![f64::NAN; self.output];
            let factor = |values, (height, is_transposed)| Factor { values, height, is_transposed };
            multiply(
                instructions,
                factor(&self.left[..], self.factors[0]),
                factor(&self.right[..], self.factors[1]),
                &mut output,
                &mut vec![f64::NAN; self.scratch],
            );
            output
        }
    }

    #[test]
    fn products_are_sums_of_products() {
        for (rows, depth, columns) in [(1, 1, 1), (3, 5, 2), (17, 300, 9), (270, 33, 14), (2, 0, 3)]
        {
            let left = |row, column| ((row * 31 + column * 17) % 23) as f64 - 11.0;
            let right = |row, column| ((row * 13 + column * 29) % 19) as f64 - 9.0;
            let mut expected = vec![0.0; rows * columns];
            for (index, sum) in expected.iter_mut().enumerate() {
                let (row, column) = (index % rows, index / rows);
                *sum = (0..depth).map(|middle| left(row, middle) * right(middle, column)).sum();
            }
            let stored =
                |values: &dyn Fn(usize, usize) -> f64, height, width, is_transposed| -> Vec<f64> {
                    let (height, width) =
                        if is_transposed { (width, height) } else { (height, width) };
                    let at = |index: usize| {
                        let (row, column) = (index % height, index / height);
                        if is_transposed { values(column, row) } else { values(row, column) }
                    };
                    (0..height * width).map(at).collect()
                };
            for (left_transposed, right_transposed) in
                [(false, false), (true, false), (false, true), (true, true)]
            {
                if depth == 0 && (left_transposed || !right_transposed) {
                    // A matrix of columns without a value has no width in memory.
                    continue;
                }
                let case = Case {
                    left: stored(&left, rows, depth, left_transposed),
                    right: stored(&right, depth, columns, right_transposed),
                    factors: [
                        (if left_transposed { depth } else { rows }, left_transposed),
                        (if right_transposed { columns } else { depth }, right_transposed),
                    ],
                    output: rows * columns,
                    scratch: multiply_scratch(rows, depth),
                };
                dispatch_each(case, |name, output| {
                    assert_eq!(output, expected, "{name}: {rows} x {depth} x {columns}");
                });
            }
        }
    }
}
