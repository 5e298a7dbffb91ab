//! The inner loop of the product: a tile of the output, summed in registers.

use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};

/// What the sums begin with.
#[derive(Clone, Copy)]
pub(crate) enum Start<T> {
    /// Nothing: the product overwrites the output.
    Zero,
    /// One value for each feature that comes out: a row of a batch's product, a column of a convolution's.
    Bias(*const T),
    /// The values that are in the output.
    Output,
}

/// Some rows of a product, and all of its columns; `left` is read as it lies.
#[derive(Clone, Copy)]
pub(crate) struct Block<T> {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) depth: usize,
    pub(crate) left: *const T,
    pub(crate) left_stride: usize,
    /// From one panel of two vectors of rows to the next.
    pub(crate) panel_step: usize,
    pub(crate) right: *const T,
    pub(crate) right_row: usize,
    pub(crate) right_column: usize,
    pub(crate) output: *mut T,
    pub(crate) output_stride: usize,
    pub(crate) start: Start<T>,
}

/// Where a tile of a block begins, and how many rows its last vector has.
#[derive(Clone, Copy)]
pub(crate) struct Tile<'a, T> {
    pub(crate) block: &'a Block<T>,
    pub(crate) left: *const T,
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) last: usize,
}

/// A tile of two whole vectors of rows. Only the product makes it, for rows and columns of a block that its caller has
/// promised.
pub(crate) struct Whole<'a, T, const COLUMNS: usize>(pub(super) Tile<'a, T>);

impl<T: Float, const COLUMNS: usize> Kernel for Whole<'_, T, COLUMNS> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: the product made it where two vectors of rows are left, and `COLUMNS` columns.
        unsafe { tile::<T, T::Vector<I>, COLUMNS, 2, false>(self.0) }
    }
}

/// A tile whose last vector has `last` rows. Only the product makes it, for rows and columns of a block that its caller
/// has promised.
pub(crate) struct Partial<'a, T, const COLUMNS: usize, const VECTORS: usize>(
    pub(crate) Tile<'a, T>,
);

impl<T: Float, const COLUMNS: usize, const VECTORS: usize> Kernel
    for Partial<'_, T, COLUMNS, VECTORS>
{
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: the product made it where `VECTORS` vectors of rows are left, the last of `last` rows, and `COLUMNS`
        // columns.
        unsafe { tile::<T, T::Vector<I>, COLUMNS, VECTORS, true>(self.0) }
    }
}

/// Reads one of several vectors of rows, or the last, of which there may be only some rows.
///
/// # Safety
/// Behind `vector` vectors there are `LANES` values that can be read; if `is_partial`, `last` values, which are `LANES`
/// at most.
#[inline(always)]
pub(crate) unsafe fn load_rows<T: Float, V: Vector<T>>(
    source: *const T,
    vector: usize,
    is_partial: bool,
    last: usize,
) -> V {
    // SAFETY: the caller promises as many values as each of both reads.
    unsafe {
        let source = source.add(vector * V::LANES);
        if is_partial { V::load_partial_pointer(source, last) } else { V::load_pointer(source) }
    }
}

/// `VECTORS` vectors of rows of `COLUMNS` columns, summed in registers; the last vector has `last` rows.
///
/// # Safety
/// As for [`multiply_block`](super::multiply_block); the block has these rows from `row` on, of which `left` is the
/// first, and `COLUMNS` columns from `column` on.
#[inline(always)]
unsafe fn tile<
    T: Float,
    V: Vector<T>,
    const COLUMNS: usize,
    const VECTORS: usize,
    const PARTIAL: bool,
>(
    Tile { block, mut left, row, column, last }: Tile<'_, T>,
) {
    // SAFETY: the block has this row and column, so the output has the place.
    let output = unsafe { block.output.add(column * block.output_stride + row) };
    let mut sums = [[V::zero(); VECTORS]; COLUMNS];
    match block.start {
        Start::Zero => {}
        Start::Bias(bias) => {
            for vector in 0..VECTORS {
                // SAFETY: the block has the rows of the vector, of the last one `last`, and a bias for each.
                let bias = unsafe {
                    load_rows::<T, V>(bias.add(row), vector, PARTIAL && vector + 1 == VECTORS, last)
                };
                for sum in &mut sums {
                    sum[vector] = bias;
                }
            }
        }
        Start::Output => {
            for (c, sum) in sums.iter_mut().enumerate() {
                for (vector, sum) in sum.iter_mut().enumerate() {
                    // SAFETY: the block has the column and the rows of the vector, of the last one `last`, and the
                    // output a place for each.
                    *sum = unsafe {
                        load_rows(
                            output.add(c * block.output_stride),
                            vector,
                            PARTIAL && vector + 1 == VECTORS,
                            last,
                        )
                    };
                }
            }
        }
    }

    let stride = block.right_column;
    // SAFETY: the block has the column; if it has no depth, nothing is read here.
    let mut right = unsafe { block.right.add(column * stride) };
    for _ in 0..block.depth {
        let mut rows = [V::zero(); VECTORS];
        for (vector, rows) in rows.iter_mut().enumerate() {
            // SAFETY: this is done `depth` times, for each of which `left` has the rows of the vector, of the last one
            // `last`.
            *rows = unsafe { load_rows(left, vector, PARTIAL && vector + 1 == VECTORS, last) };
        }
        for (c, sums) in sums.iter_mut().enumerate() {
            // SAFETY: so has `right` the columns of the tile, `stride` apart.
            let value = V::splat(unsafe { *right.add(c * stride) });
            for (&rows, sum) in rows.iter().zip(sums) {
                *sum = rows.mul_add(value, *sum);
            }
        }
        left = left.wrapping_add(block.left_stride);
        right = right.wrapping_add(block.right_row);
    }

    for (c, sum) in sums.iter().enumerate() {
        for (vector, &sum) in sum.iter().enumerate() {
            // SAFETY: the block has the column and the rows of the vector, of the last one `last`, and the output a
            // place for each.
            unsafe {
                let target = output.add(c * block.output_stride + vector * V::LANES);
                if PARTIAL && vector + 1 == VECTORS {
                    sum.store_partial_pointer(target, last);
                } else {
                    sum.store_pointer(target);
                }
            }
        }
    }
}
