//! The gradient of a convolution's weights: products of runs, summed along them.

use super::geometry::smaller;
use crate::scalar::Float;
use crate::simd::{self, InstructionSet, Kernel, Vector};

/// `sums[column, k] += sum(flat[column] * image[offsets[k]..])`, over the values of a run and over samples.
#[derive(Clone, Copy)]
pub(super) struct Correlation<T> {
    /// Values of a run.
    pub(super) rows: usize,
    pub(super) samples: usize,
    /// Runs of the result's gradient.
    pub(super) columns: usize,
    /// Runs of the image.
    pub(super) depth: usize,
    pub(super) image: *const T,
    /// From one sample to the next.
    pub(super) image_sample: usize,
    /// Where each run begins in the image.
    pub(super) offsets: *const u32,
    pub(super) flat: *const T,
    /// From one sample to the next.
    pub(super) flat_sample: usize,
    /// From one run to the next.
    pub(super) flat_column: usize,
    /// `depth` sums of one column after those of another.
    pub(super) sums: *mut T,
}

/// Runs of the image that are taken at a time: the places of a row of a window, or two of those.
const TAPS: usize = 5;

/// Adds the products.
///
/// # Safety
/// `offsets` has `depth` of them, one at least. For each of `samples` samples, `rows` values can be read in `image`
/// behind each offset, and in `flat` of each of `columns` runs. `sums` can be read and written for `columns` times
/// `depth` values, and overlaps with nothing else.
#[inline(always)]
pub(super) unsafe fn correlate<T: Float, I: InstructionSet>(
    instructions: I,
    correlation: &Correlation<T>,
) {
    let has_many_registers = const { <T::Vector<I> as Vector<T>>::TILE_COLUMNS >= 12 };
    let mut column = 0;
    while column < correlation.columns {
        let rest = correlation.columns - column;
        // As many columns as there are registers for their sums.
        let columns = match rest {
            4.. if has_many_registers => 4,
            2.. => 2,
            _ => 1,
        };
        let mut tap = 0;
        while tap < correlation.depth {
            let tile = Tile { correlation, column, tap };
            match columns {
                4 if has_many_registers => simd::separate(instructions, Columns::<T, 4>(tile)),
                2 => simd::separate(instructions, Columns::<T, 2>(tile)),
                _ => simd::separate(instructions, Columns::<T, 1>(tile)),
            }
            tap += TAPS;
        }
        column += columns;
    }
}

#[derive(Clone, Copy)]
struct Tile<'a, T> {
    correlation: &'a Correlation<T>,
    column: usize,
    tap: usize,
}

/// `COLUMNS` columns and up to [`TAPS`] places. Only [`correlate`] makes it, for as many columns and at least one place
/// of what its caller has promised.
struct Columns<'a, T, const COLUMNS: usize>(Tile<'a, T>);

impl<T: Float, const COLUMNS: usize> Kernel for Columns<'_, T, COLUMNS> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `correlate` made it where `COLUMNS` columns are left, and a place.
        unsafe { tile::<T, T::Vector<I>, COLUMNS>(self.0) }
    }
}

/// # Safety
/// As for [`correlate`]; there are `COLUMNS` columns from `column` on, and a place `tap`.
#[inline(always)]
unsafe fn tile<T: Float, V: Vector<T>, const COLUMNS: usize>(
    Tile { correlation, column, tap }: Tile<'_, T>,
) {
    let rows = correlation.rows;
    let mut sums = [[V::zero(); TAPS]; COLUMNS];
    // SAFETY: behind the last place its offset is taken again, so that each run is one of the image's, with `rows`
    // values in each sample, as those of the columns have; sums are written of places before `depth` alone.
    unsafe {
        let mut offsets = [0; TAPS];
        for (t, offset) in offsets.iter_mut().enumerate() {
            *offset = *correlation.offsets.add(smaller(tap + t, correlation.depth - 1)) as usize;
        }
        for sample in 0..correlation.samples {
            let image = correlation.image.add(sample * correlation.image_sample);
            let runs = offsets.map(|offset| image.add(offset));
            let flat = correlation
                .flat
                .add(sample * correlation.flat_sample + column * correlation.flat_column);
            let mut row = 0;
            while rows - row >= V::LANES {
                let mut places = [V::zero(); TAPS];
                for (place, run) in places.iter_mut().zip(&runs) {
                    *place = V::load_pointer(run.add(row));
                }
                for (c, sums) in sums.iter_mut().enumerate() {
                    let value = V::load_pointer(flat.add(c * correlation.flat_column + row));
                    for (sum, &place) in sums.iter_mut().zip(&places) {
                        *sum = place.mul_add(value, *sum);
                    }
                }
                row += V::LANES;
            }
            let rest = rows - row;
            if rest > 0 {
                let mut places = [V::zero(); TAPS];
                for (place, run) in places.iter_mut().zip(&runs) {
                    *place = V::load_partial_pointer(run.add(row), rest);
                }
                for (c, sums) in sums.iter_mut().enumerate() {
                    let flat = flat.add(c * correlation.flat_column + row);
                    let value = V::load_partial_pointer(flat, rest);
                    for (sum, &place) in sums.iter_mut().zip(&places) {
                        *sum = place.mul_add(value, *sum);
                    }
                }
            }
        }
        for (c, sums) in sums.iter().enumerate() {
            let target = correlation.sums.add((column + c) * correlation.depth + tap);
            for (t, &sum) in sums.iter().enumerate().take(correlation.depth - tap) {
                *target.add(t) += sum.sum();
            }
        }
    }
}
