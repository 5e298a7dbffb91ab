//! Copies of a matrix in the order in which the product reads it: panels of two vectors of rows.

use crate::scalar::Float;
use crate::simd::Vector;

/// Copies a column-major block into panels of two vectors of rows; missing rows are zero.
///
/// # Safety
/// `rows` values of each of `depth` columns, `stride` apart, can be read, and `target` written for `depth` times `rows`
/// rounded up to whole panels; both do not overlap.
#[inline(always)]
pub(crate) unsafe fn pack_panels<T: Float, V: Vector<T>>(
    rows: usize,
    depth: usize,
    source: *const T,
    stride: usize,
    target: *mut T,
) {
    let panel = 2 * V::LANES;
    // Column by column, so that memory is read in the order in which it lies.
    for column in 0..depth {
        let mut row = 0;
        while row < rows {
            let first = V::LANES.min(rows - row);
            let second = V::LANES.min(rows - row - first);
            // SAFETY: from `row` on there are `first + second` rows, and these are what is read; the target has room
            // for whole panels of all of `depth` columns, and this is the column of one.
            unsafe {
                let source = source.add(column * stride + row);
                let target = target.add(row * depth + column * panel);
                if second == V::LANES {
                    V::load_pointer(source).store_pointer(target);
                    V::load_pointer(source.add(V::LANES)).store_pointer(target.add(V::LANES));
                } else {
                    V::load_partial_pointer(source, first).store_pointer(target);
                    V::load_partial_pointer(source.add(first), second)
                        .store_pointer(target.add(V::LANES));
                }
            }
            row += panel;
        }
    }
}

/// Copies a row-major block into panels of two vectors of rows; missing rows are zero.
///
/// # Safety
/// `depth` values of each of `rows` rows, `stride` apart, can be read, and `target` written for `depth` times `rows`
/// rounded up to whole panels; both do not overlap.
#[inline(always)]
pub(crate) unsafe fn pack_transposed<T: Float, V: Vector<T>>(
    rows: usize,
    depth: usize,
    source: *const T,
    stride: usize,
    target: *mut T,
) {
    let panel = 2 * V::LANES;
    let mut row = 0;
    // Half a panel at a time.
    while row < rows.next_multiple_of(panel) {
        // SAFETY: `row` is less than `rows` rounded up to whole panels, for which the target has room.
        let target = unsafe { target.add(row / panel * panel * depth + row % panel) };
        let present = V::LANES.min(rows.saturating_sub(row));
        let mut column = 0;
        // SAFETY: from `row` on `present` rows are read, which there are, and from `column` on no more than `depth`
        // columns; each column of half a panel has `LANES` places.
        unsafe {
            while column + V::TRANSPOSED <= depth {
                let source = source.wrapping_add(row * stride + column);
                let target = target.add(column * panel);
                // A constant, where there are all rows, leaves no branch for each.
                if present == V::LANES {
                    V::transpose(source, stride, V::LANES, target, panel);
                } else {
                    V::transpose(source, stride, present, target, panel);
                }
                column += V::TRANSPOSED;
            }
            while column < depth {
                let target = target.add(column * panel);
                V::zero().store_pointer(target);
                for i in 0..present {
                    *target.add(i) = *source.add((row + i) * stride + column);
                }
                column += 1;
            }
        }
        row += V::LANES;
    }
}
