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

/// The same, to be added to, or to be overwritten where it is new.
#[derive(Clone, Copy)]
pub(super) struct RowsMut<T> {
    pub(super) first: *mut T,
    pub(super) stride: usize,
    pub(super) is_new: bool,
}

/// Scores, or their gradients: for each of so many keys a row that has room for a block of queries.
#[derive(Clone, Copy)]
pub(super) struct Scores<T> {
    pub(super) first: *mut T,
    pub(super) queries: usize,
    pub(super) keys: usize,
}

impl<T: Float> Scores<T> {
    /// `scores[key][query] = sum(queries[f][query] * keys[key][f])`: the queries are copied into panels, rounded up
    /// to whole panels.
    ///
    /// # Safety
    /// `queries` holds panels of so many queries of `width` values, `keys` so many positions of as many. The scores
    /// can be written for [`BLOCK`] values of each key, and overlap with nothing else; there are no more queries.
    #[inline(always)]
    pub(super) unsafe fn score<I: InstructionSet>(
        self,
        instructions: I,
        queries: *const T,
        keys: Rows<T>,
        width: usize,
        cut: Cut,
    ) {
        let panel = 2 * <T::Vector<I> as Vector<T>>::LANES;
        let block = Block {
            rows: self.queries.next_multiple_of(panel),
            columns: self.keys,
            depth: width,
            left: queries,
            left_stride: panel,
            panel_step: panel * width,
            right: keys.first,
            right_row: 1,
            right_column: keys.stride,
            output: self.first,
            output_stride: BLOCK,
            start: Start::Zero,
        };
        // SAFETY: the caller promises panels, keys and scores. `BLOCK` is a multiple of every panel, so the scores of a
        // key have room for the queries rounded up to whole panels.
        unsafe { multiply_cut(instructions, &block, cut) }
    }

    /// `output[query][f] = start + sum(scores[key][query] * values[key][f])`.
    ///
    /// # Safety
    /// The scores can be read for [`BLOCK`] values of each key; there are no more queries. `values` has so many
    /// positions of `width` values as there are keys, `output` so many as there are queries, and overlaps with nothing
    /// else.
    #[inline(always)]
    pub(super) unsafe fn over_keys<I: InstructionSet>(
        self,
        instructions: I,
        values: Rows<T>,
        width: usize,
        output: RowsMut<T>,
        cut: Cut,
    ) {
        let columns = [self.queries, 1];
        // SAFETY: scores lie query by query, of keys `BLOCK` apart; the caller promises them, a position of `values` for
        // each key, and one of `output` for each query.
        unsafe { self.weigh(instructions, columns, [self.keys, BLOCK], values, width, output, cut) }
    }

    /// `output[key][f] = start + sum(scores[key][query] * values[query][f])`.
    ///
    /// # Safety
    /// The scores can be read for [`BLOCK`] values of each key; there are no more queries. `values` has so many
    /// positions of `width` values as there are queries, `output` so many as there are keys, and overlaps with nothing
    /// else.
    #[inline(always)]
    pub(super) unsafe fn over_queries<I: InstructionSet>(
        self,
        instructions: I,
        values: Rows<T>,
        width: usize,
        output: RowsMut<T>,
        cut: Cut,
    ) {
        let columns = [self.keys, BLOCK];
        // SAFETY: scores lie query by query, of keys `BLOCK` apart; the caller promises them, a position of `values` for
        // each query, and one of `output` for each key.
        unsafe { self.weigh(instructions, columns, [self.queries, 1], values, width, output, cut) }
    }

    /// Sums positions of `values`, weighted with the scores: so many columns come out, each a sum of so many positions,
    /// whose scores lie so far apart.
    ///
    /// # Safety
    /// The scores can be read so far apart. `output` has so many positions of `width` values as there are columns, and
    /// overlaps with nothing else; `values` has so many as are summed.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "a product has so many sizes")]
    unsafe fn weigh<I: InstructionSet>(
        self,
        instructions: I,
        [columns, right_column]: [usize; 2],
        [depth, right_row]: [usize; 2],
        values: Rows<T>,
        width: usize,
        output: RowsMut<T>,
        cut: Cut,
    ) {
        let block = Block {
            rows: width,
            columns,
            depth,
            left: values.first,
            left_stride: values.stride,
            panel_step: 2 * <T::Vector<I> as Vector<T>>::LANES,
            right: self.first,
            right_row,
            right_column,
            output: output.first,
            output_stride: output.stride,
            start: if output.is_new { Start::Zero } else { Start::Output },
        };
        // SAFETY: of each of `depth` positions there are `width` values and a score for each column, of each column
        // `width` values of the output, as the caller promises.
        unsafe { multiply_cut(instructions, &block, cut) }
    }
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
