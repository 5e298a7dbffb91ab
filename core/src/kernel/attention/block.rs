//! Products that make and use a block of scores, and where the causal mask cuts them.

use super::super::product::tile::Block;
use super::super::product::{Start, strip_columns, strip_of};
use super::BLOCK;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector};

/// The widest strip of columns that a product computes at once.
pub(super) const MOST_COLUMNS: usize = 12;

/// What of a product with a block on the diagonal, where position `i` sees the positions up to `i`, is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Everything: the block is not on the diagonal.
    Nothing,
    /// In column `c` the rows from `c` on.
    RowsBelow,
    /// In column `c` the sum up to `c`.
    DepthAfter,
    /// In column `c` the sum from `c` on.
    DepthBefore,
}

impl Cut {
    /// This cut where the block is on the diagonal.
    #[inline(always)]
    pub(super) fn on(self, is_diagonal: bool) -> Self {
        if is_diagonal { self } else { Cut::Nothing }
    }
}

/// A matrix in memory: a column, or position, is `stride` values behind the one before.
#[derive(Clone, Copy)]
pub(super) struct Rows<T> {
    pub(super) first: *const T,
    pub(super) stride: usize,
}

/// `scores[key][query] = sum(queries[f][query] * keys[key][f])`: the queries are copied into panels, `count` of
/// them, rounded up to whole panels.
///
/// # Safety
/// `queries` holds panels of `count` queries of `width` values, `keys` so many positions of as many. `scores` can be
/// written for [`BLOCK`] values of each key, and overlaps with nothing else; `count` is no more than that.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "a product has so many sizes")]
pub(super) unsafe fn score<T: Float, I: InstructionSet>(
    instructions: I,
    queries: *const T,
    count: usize,
    keys: Rows<T>,
    key_count: usize,
    width: usize,
    scores: *mut T,
    cut: Cut,
) {
    let panel = 2 * <T::Vector<I> as Vector<T>>::LANES;
    let block = Block {
        rows: count.next_multiple_of(panel),
        columns: key_count,
        depth: width,
        left: queries,
        left_stride: panel,
        panel_step: panel * width,
        right: keys.first,
        right_row: 1,
        right_column: keys.stride,
        output: scores,
        output_stride: BLOCK,
        start: Start::Zero,
    };
    // SAFETY: the caller promises panels, keys and scores. `BLOCK` is a multiple of every panel, so the scores of a key
    // have room for the queries rounded up to whole panels.
    unsafe { multiply_cut(instructions, &block, cut) }
}

/// `output[query][f] = start + sum(scores[key][query] * values[key][f])`.
///
/// # Safety
/// `scores` can be read for [`BLOCK`] values of each key, which is no less than `count`. `values` has so many positions
/// of `width` values as there are keys, `output` so many as there are queries, and overlaps with nothing else.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "a product has so many sizes")]
pub(super) unsafe fn over_keys<T: Float, I: InstructionSet>(
    instructions: I,
    scores: *const T,
    count: usize,
    values: Rows<T>,
    key_count: usize,
    width: usize,
    (output, output_stride): (*mut T, usize),
    is_first: bool,
    cut: Cut,
) {
    let block = Block {
        rows: width,
        columns: count,
        depth: key_count,
        left: values.first,
        left_stride: values.stride,
        panel_step: 2 * <T::Vector<I> as Vector<T>>::LANES,
        right: scores,
        right_row: BLOCK,
        right_column: 1,
        output,
        output_stride,
        start: if is_first { Start::Zero } else { Start::Output },
    };
    // SAFETY: of each of `key_count` keys there are `width` values and `count` scores, of each query `width` values of
    // the output, as the caller promises.
    unsafe { multiply_cut(instructions, &block, cut) }
}

/// `output[key][f] = start + sum(scores[key][query] * values[query][f])`.
///
/// # Safety
/// `scores` can be read for [`BLOCK`] values of each key, which is no less than `count`. `values` has so many positions
/// of `width` values as there are queries, `output` so many as there are keys, and overlaps with nothing else.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "a product has so many sizes")]
pub(super) unsafe fn over_queries<T: Float, I: InstructionSet>(
    instructions: I,
    scores: *const T,
    count: usize,
    values: Rows<T>,
    key_count: usize,
    width: usize,
    (output, output_stride): (*mut T, usize),
    is_first: bool,
    cut: Cut,
) {
    let block = Block {
        rows: width,
        columns: key_count,
        depth: count,
        left: values.first,
        left_stride: values.stride,
        panel_step: 2 * <T::Vector<I> as Vector<T>>::LANES,
        right: scores,
        right_row: 1,
        right_column: BLOCK,
        output,
        output_stride,
        start: if is_first { Start::Zero } else { Start::Output },
    };
    // SAFETY: of each of `count` queries there are `width` values and a score with each key, of each key `width` values
    // of the output, as the caller promises.
    unsafe { multiply_cut(instructions, &block, cut) }
}

/// # Safety
/// `left` can be read for `rows` and `depth`, `right` for `depth` and `columns`, and `output` read and written for
/// `rows` and `columns`, each as far apart as the block says. `output` overlaps with nothing else.
#[inline(always)]
unsafe fn multiply_cut<T: Float, I: InstructionSet>(instructions: I, block: &Block<T>, cut: Cut) {
    let mut column = 0;
    while column < block.columns {
        let columns = strip_columns::<T, I>(block.columns - column);
        let mut part = *block;
        match cut {
            Cut::Nothing => {}
            Cut::RowsBelow => {
                let panel = 2 * <T::Vector<I> as Vector<T>>::LANES;
                let panels = column / panel;
                part.rows -= panels * panel;
                part.left = part.left.wrapping_add(panels * part.panel_step);
                part.output = part.output.wrapping_add(panels * panel);
            }
            Cut::DepthAfter => part.depth = part.depth.min(column + columns),
            Cut::DepthBefore => {
                part.depth -= column;
                part.left = part.left.wrapping_add(column * part.left_stride);
                part.right = part.right.wrapping_add(column * part.right_row);
            }
        }
        // SAFETY: `strip_columns` gives no more columns than are left. Where the block is cut it is square, so that
        // fewer panels or less depth than it has are left out in front, and the rest is in the block.
        unsafe { strip_of(instructions, &part, column, columns) };
        column += columns;
    }
}
