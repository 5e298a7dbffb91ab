//! The inner loop of convolutions: some vectors of a run for some channels, summed in registers.

pub(super) use crate::kernel::product::tile::Start;
use crate::kernel::product::tile::load_rows;
use crate::scalar::Float;
use crate::simd::{self, InstructionSet, Kernel, Vector};

/// A product of matrices whose left one has its columns at any offsets: shifted runs that overlap.
#[derive(Clone, Copy)]
pub(super) struct Shifted<T> {
    /// Values of a run.
    pub(super) rows: usize,
    /// Channels that are computed.
    pub(super) columns: usize,
    /// Runs that are summed.
    pub(super) depth: usize,
    pub(super) left: *const T,
    /// Where each run begins in `left`.
    pub(super) offsets: *const u32,
    pub(super) right: *const T,
    /// From one weight of a channel to the next.
    pub(super) right_row: usize,
    /// From one channel's weights to the next one's.
    pub(super) right_column: usize,
    pub(super) output: *mut T,
    /// From one channel to the next.
    pub(super) output_stride: usize,
    pub(super) start: Start<T>,
}

/// Computes the product.
///
/// # Safety
/// `offsets` has `depth` of them, and `rows` values can be read behind each in `left`. `right` can be read for `depth`
/// weights, `right_row` apart, of `columns` channels, `right_column` apart, and the bias, if there is one, for
/// `columns` values. `output` can be read and written for `rows` values of `columns` channels, `output_stride` apart,
/// and overlaps with nothing else.
#[inline(always)]
pub(super) unsafe fn multiply<T: Float, I: InstructionSet>(instructions: I, product: &Shifted<T>) {
    let most = const { <T::Vector<I> as Vector<T>>::TILE_COLUMNS };
    let mut column = 0;
    // SAFETY: each strip has `rest` columns at most, which are those of the product from `column` on; all else is as
    // the caller promises.
    unsafe {
        while column < product.columns {
            let rest = product.columns - column;
            // Sixteen are two strips of eight rather than twelve and four.
            if most >= 12 && rest >= 12 && !rest.is_multiple_of(8) {
                strip::<T, I, 12, 2>(instructions, product, column);
                column += 12;
            } else if most >= 8 && rest >= 8 {
                strip::<T, I, 8, 2>(instructions, product, column);
                column += 8;
            } else if most >= 6 && rest >= 6 {
                strip::<T, I, 6, 2>(instructions, product, column);
                column += 6;
            } else if rest >= 4 {
                strip::<T, I, 4, 2>(instructions, product, column);
                column += 4;
            } else if rest >= 2 {
                strip::<T, I, 2, 4>(instructions, product, column);
                column += 2;
            } else {
                strip::<T, I, 1, 4>(instructions, product, column);
                column += 1;
            }
        }
    }
}

/// The whole run of `COLUMNS` channels, `VECTORS` vectors at a time.
///
/// # Safety
/// As for [`multiply`]; `COLUMNS` columns from `column` on are those of the product.
#[inline(always)]
unsafe fn strip<T: Float, I: InstructionSet, const COLUMNS: usize, const VECTORS: usize>(
    instructions: I,
    product: &Shifted<T>,
    column: usize,
) {
    let lanes = <T::Vector<I> as Vector<T>>::LANES;
    let mut tile = Tile { product, row: 0, column, last: lanes };
    while product.rows - tile.row >= VECTORS * lanes {
        simd::separate(instructions, Whole::<T, COLUMNS, VECTORS>(tile));
        tile.row += VECTORS * lanes;
    }
    while tile.row < product.rows {
        tile.last = lanes.min(product.rows - tile.row);
        simd::separate(instructions, Partial::<T, COLUMNS>(tile));
        tile.row += lanes;
    }
}

/// Where a tile begins, and how many rows its last vector has.
#[derive(Clone, Copy)]
struct Tile<'a, T> {
    product: &'a Shifted<T>,
    row: usize,
    column: usize,
    last: usize,
}

/// A tile of `VECTORS` whole vectors. Only [`strip`] makes it, for as many rows and columns of a product that its
/// caller has promised.
struct Whole<'a, T, const COLUMNS: usize, const VECTORS: usize>(Tile<'a, T>);

impl<T: Float, const COLUMNS: usize, const VECTORS: usize> Kernel
    for Whole<'_, T, COLUMNS, VECTORS>
{
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `strip` made it where `VECTORS` vectors of rows are left, and `COLUMNS` columns.
        unsafe { tile::<T, T::Vector<I>, COLUMNS, VECTORS, false>(self.0) }
    }
}

/// A tile of one vector with `last` rows. Only [`strip`] makes it, for as many rows and columns of a product that its
/// caller has promised.
struct Partial<'a, T, const COLUMNS: usize>(Tile<'a, T>);

impl<T: Float, const COLUMNS: usize> Kernel for Partial<'_, T, COLUMNS> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `strip` made it where `last` rows are left, at most a vector, and `COLUMNS` columns.
        unsafe { tile::<T, T::Vector<I>, COLUMNS, 1, true>(self.0) }
    }
}

/// # Safety
/// As for [`multiply`]; the product has `COLUMNS` columns from `column` on and `VECTORS` vectors of rows from `row` on,
/// or if `PARTIAL` one vector of `last` rows.
#[inline(always)]
unsafe fn tile<
    T: Float,
    V: Vector<T>,
    const COLUMNS: usize,
    const VECTORS: usize,
    const PARTIAL: bool,
>(
    Tile { product, row, column, last }: Tile<'_, T>,
) {
    let stride = product.output_stride;
    // SAFETY: the product has this row and column, so the output has the place.
    let output = unsafe { product.output.add(column * stride + row) };
    let mut sums = [[V::zero(); VECTORS]; COLUMNS];
    if let Start::Bias(bias) = product.start {
        for (c, sum) in sums.iter_mut().enumerate() {
            // SAFETY: the product has the column, and the caller promises a bias for each.
            *sum = [V::splat(unsafe { *bias.add(column + c) }); VECTORS];
        }
    }

    // SAFETY: `k` is less than `depth`, so it has an offset and a row of `right`; the product has the columns of the
    // tile, and its rows are read in each run. Behind the last row of `right` the pointer is not read.
    unsafe {
        let left = product.left.add(row);
        let mut right = product.right.add(column * product.right_column);
        for k in 0..product.depth {
            let left = left.add(*product.offsets.add(k) as usize);
            let mut rows = [V::zero(); VECTORS];
            for (vector, rows) in rows.iter_mut().enumerate() {
                *rows = load_rows(left, vector, PARTIAL, last);
            }
            for (c, sums) in sums.iter_mut().enumerate() {
                let weight = V::splat(*right.add(c * product.right_column));
                for (&rows, sum) in rows.iter().zip(sums) {
                    *sum = rows.mul_add(weight, *sum);
                }
            }
            right = right.wrapping_add(product.right_row);
        }
    }

    for (c, sum) in sums.iter().enumerate() {
        for (vector, &sum) in sum.iter().enumerate() {
            // SAFETY: the product has the column and the rows of the vector, of a partial one `last`; the output has a
            // place for each.
            unsafe {
                let target = output.add(c * stride + vector * V::LANES);
                let sum = match product.start {
                    Start::Output => load_rows::<T, V>(target, 0, PARTIAL, last) + sum,
                    _ => sum,
                };
                if PARTIAL {
                    sum.store_partial_pointer(target, last);
                } else {
                    sum.store_pointer(target);
                }
            }
        }
    }
}
