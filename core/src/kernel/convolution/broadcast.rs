//! The inner loop of convolutions with many channels: vectors of channels times single values.

use super::geometry::smaller;
use super::tile::Start;
use crate::scalar::Float;
use crate::simd::{self, InstructionSet, Kernel, Vector};

/// A product of matrices whose right one lies scattered: `right[k, c]` is the value at the sum of an offset of
/// `k` and one of `c`. Of a convolution, one is the place in the window and the other that in the result.
#[derive(Clone, Copy)]
pub(super) struct Broadcast<T> {
    /// Rows that have a bias; those behind them up to whole vectors are computed too.
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) depth: usize,
    /// Column-major.
    pub(super) left: *const T,
    /// From one column to the next of `left` and of `output`: whole vectors.
    pub(super) stride: usize,
    pub(super) right: *const T,
    pub(super) depth_offsets: *const u32,
    pub(super) column_offsets: *const u32,
    pub(super) output: *mut T,
    /// A bias is one for each row here.
    pub(super) start: Start<T>,
}

/// Computes the product.
///
/// # Safety
/// `left` can be read for `depth` columns and `output` read and written for `columns`, `stride` values apart, of `rows`
/// rounded up to whole vectors. There are `depth` and `columns` offsets, and `right` can be read at each sum of two of
/// them; the bias, if there is one, for `rows` values. `output` overlaps with nothing else.
#[inline(always)]
pub(super) unsafe fn broadcast<T: Float, I: InstructionSet>(
    instructions: I,
    product: &Broadcast<T>,
) {
    let lanes = <T::Vector<I> as Vector<T>>::LANES;
    let has_many_columns = const { <T::Vector<I> as Vector<T>>::TILE_COLUMNS >= 12 };
    let mut row = 0;
    while row < product.rows {
        // Twelve columns have a pointer each, which leaves registers for one vector.
        if !has_many_columns && product.rows - row > lanes {
            columns::<T, I, 2>(instructions, product, row);
            row += 2 * lanes;
        } else {
            columns::<T, I, 1>(instructions, product, row);
            row += lanes;
        }
    }
}

/// All columns of `VECTORS` vectors of rows; the last tile may be wider than what is left. Only [`broadcast`] calls it,
/// with rows of which some in each vector are those of the product.
#[inline(always)]
fn columns<T: Float, I: InstructionSet, const VECTORS: usize>(
    instructions: I,
    product: &Broadcast<T>,
    row: usize,
) {
    let most = const { <T::Vector<I> as Vector<T>>::TILE_COLUMNS };
    let mut tile = Tile { product, row, column: 0 };
    while tile.column < product.columns {
        let rest = product.columns - tile.column;
        if most >= 12 && rest > 8 {
            simd::separate(instructions, Columns::<T, 12, VECTORS>(tile));
            tile.column += 12;
        } else if most >= 8 && rest > 4 {
            simd::separate(instructions, Columns::<T, 8, VECTORS>(tile));
            tile.column += 8;
        } else if most == 6 && rest > 4 {
            simd::separate(instructions, Columns::<T, 6, VECTORS>(tile));
            tile.column += 6;
        } else {
            simd::separate(instructions, Columns::<T, 4, VECTORS>(tile));
            tile.column += 4;
        }
    }
}

#[derive(Clone, Copy)]
struct Tile<'a, T> {
    product: &'a Broadcast<T>,
    row: usize,
    column: usize,
}

/// Only [`columns`] makes it, for rows as it was given and at least one column that is left.
struct Columns<'a, T, const COLUMNS: usize, const VECTORS: usize>(Tile<'a, T>);

impl<T: Float, const COLUMNS: usize, const VECTORS: usize> Kernel
    for Columns<'_, T, COLUMNS, VECTORS>
{
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `columns` made it, where `broadcast` was promised the product, with some rows in each vector and with
        // a column that is left.
        unsafe { tile::<T, T::Vector<I>, COLUMNS, VECTORS>(self.0) }
    }
}

/// # Safety
/// As for [`broadcast`]; the product has `column`, and of each of `VECTORS` vectors from `row` on the first row.
#[inline(always)]
unsafe fn tile<T: Float, V: Vector<T>, const COLUMNS: usize, const VECTORS: usize>(
    Tile { product, row, column }: Tile<'_, T>,
) {
    let stride = product.stride;
    let columns = smaller(COLUMNS, product.columns - column);
    let mut sums = [[V::zero(); VECTORS]; COLUMNS];
    // SAFETY: `left` and `output` have whole vectors of rows, and the bias `count`. Of `COLUMNS` columns the first
    // `columns` are the product's, and only these are read and written in `output`; for the others the last one's
    // offset is read.
    unsafe {
        let output = product.output.add(column * stride + row);
        match product.start {
            Start::Zero => {}
            Start::Bias(bias) => {
                let mut start = [V::zero(); VECTORS];
                for (vector, start) in start.iter_mut().enumerate() {
                    let row = row + vector * V::LANES;
                    let count = smaller(V::LANES, product.rows - row);
                    *start = V::load_partial_pointer(bias.add(row), count);
                }
                sums = [start; COLUMNS];
            }
            Start::Output => {
                for (c, sum) in sums.iter_mut().enumerate() {
                    for (vector, sum) in sum.iter_mut().enumerate() {
                        if c < columns {
                            *sum = V::load_pointer(output.add(c * stride + vector * V::LANES));
                        }
                    }
                }
            }
        }
        let mut right = [product.right; COLUMNS];
        for (c, right) in right.iter_mut().enumerate() {
            let column = column + smaller(c, columns - 1);
            *right = right.add(*product.column_offsets.add(column) as usize);
        }
        let mut left = product.left.add(row);
        for k in 0..product.depth {
            let offset = *product.depth_offsets.add(k) as usize;
            let mut rows = [V::zero(); VECTORS];
            for (vector, rows) in rows.iter_mut().enumerate() {
                *rows = V::load_pointer(left.add(vector * V::LANES));
            }
            for (sums, right) in sums.iter_mut().zip(right) {
                let value = V::splat(*right.add(offset));
                for (&rows, sum) in rows.iter().zip(sums) {
                    *sum = rows.mul_add(value, *sum);
                }
            }
            left = left.wrapping_add(stride);
        }
        for (c, sum) in sums.iter().enumerate() {
            for (vector, &sum) in sum.iter().enumerate() {
                if c < columns {
                    sum.store_pointer(output.add(c * stride + vector * V::LANES));
                }
            }
        }
    }
}

/// Writes a row-major matrix column-major, `stride` from one column to the next; rows behind the last become
/// zero up to a whole vector.
///
/// # Safety
/// `rows` rows of `columns` values, `source_stride` apart, can be read; `columns` columns, `stride` apart, of `rows`
/// values rounded up to whole vectors can be written. Both do not overlap.
#[inline(always)]
pub(super) unsafe fn transpose<T: Float, V: Vector<T>>(
    [rows, columns]: [usize; 2],
    source: *const T,
    source_stride: usize,
    target: *mut T,
    stride: usize,
) {
    let mut row = 0;
    while row < rows {
        let present = smaller(V::LANES, rows - row);
        let mut column = 0;
        // SAFETY: from `row` on there are `present` rows, from `column` on as many columns as are read, and each column
        // of the target has room for a whole vector at `row`.
        unsafe {
            while column < columns && columns >= V::TRANSPOSED {
                // The last columns overlap with those before.
                column = smaller(column, columns - V::TRANSPOSED);
                let source = source.add(row * source_stride + column);
                let target = target.add(column * stride + row);
                // A constant, where there are all rows, leaves no branch for each.
                if present == V::LANES {
                    V::transpose(source, source_stride, V::LANES, target, stride);
                } else {
                    V::transpose(source, source_stride, present, target, stride);
                }
                column += V::TRANSPOSED;
            }
            while column < columns {
                let target = target.add(column * stride + row);
                V::zero().store_pointer(target);
                for i in 0..present {
                    *target.add(i) = *source.add((row + i) * source_stride + column);
                }
                column += 1;
            }
        }
        row += V::LANES;
    }
}

/// Writes or adds a column-major matrix of which `rows` rows are wanted, row-major.
///
/// # Safety
/// `columns` columns of `rows` values, `stride` apart, can be read; `rows` rows of `columns` values, `target_stride`
/// apart, can be written, and read if they are added to. Both do not overlap.
#[inline(always)]
pub(super) unsafe fn transpose_back<T: Float, V: Vector<T>, const ADD: bool>(
    [rows, columns]: [usize; 2],
    source: *const T,
    stride: usize,
    target: *mut T,
    target_stride: usize,
) {
    let mut column = 0;
    while column < columns {
        if !ADD && columns >= V::LANES {
            // The last columns overlap with those before.
            column = smaller(column, columns - V::LANES);
        }
        let present = smaller(V::LANES, columns - column);
        let mut row = 0;
        // SAFETY: from `column` on there are `present` columns, from `row` on `count` rows; whole vectors are
        // transposed only where both are as many as that takes.
        unsafe {
            while row < rows {
                let count = smaller(V::TRANSPOSED, rows - row);
                let source = source.add(column * stride + row);
                if ADD || present < V::LANES || count < V::TRANSPOSED {
                    for r in 0..count {
                        for c in 0..present {
                            let target = target.add((row + r) * target_stride + column + c);
                            let value = *source.add(c * stride + r);
                            *target = if ADD { *target + value } else { value };
                        }
                    }
                } else {
                    let target = target.add(row * target_stride + column);
                    V::transpose(source, stride, V::LANES, target, target_stride);
                }
                row += count;
            }
        }
        column += present;
    }
}
