//! The product of two matrices, for batches: blocked for registers, and for caches where it is large.
//!
//! `output = start + left * right`, with `output` and `left` column-major. The inner loop multiplies two
//! vectors of rows of `left` with single values of some columns of `right`; all its sums stay in registers.
//! A large or transposed `left` is first copied, block by block, into the order in which that loop reads it.
//! The scratch memory for that comes from the caller, since a call must not allocate.

pub(crate) mod matrix;
pub(crate) mod pack;
pub(crate) mod tile;

pub(crate) use tile::Start;

use crate::scalar::Float;
use crate::simd::{self, InstructionSet, Kernel, Vector, compiled_here};
use pack::{pack_panels, pack_transposed};
use tile::{Block, Partial, Tile, Whole};

/// Rows of `left` that are packed at once, and columns: a block stays in the second-level cache.
pub(crate) const BLOCK_ROWS: usize = 256;
/// Columns of `left` that are packed at once.
pub(crate) const BLOCK_DEPTH: usize = 256;
/// Packed rows come in panels of two vectors, at most this many values wide.
pub(crate) const WIDEST_PANEL: usize = 32;
/// Values before a packed block that can be lost to aligning it to a cache line.
pub(crate) const ALIGNMENT_SLACK: usize = 16;

/// Scratch values that packing `left` of this size needs, on any machine.
pub(crate) const fn pack_len(rows: usize, depth: usize) -> usize {
    let rows = if rows < BLOCK_ROWS { rows } else { BLOCK_ROWS };
    let depth = if depth < BLOCK_DEPTH { depth } else { BLOCK_DEPTH };
    rows.next_multiple_of(WIDEST_PANEL) * depth + ALIGNMENT_SLACK
}

/// How `left` is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// Column-major, where it lies.
    Direct,
    /// Column-major, copied into panels.
    Packed,
    /// Row-major, copied into panels.
    Transposed,
    /// Panels already, each of two vectors of rows of all columns.
    Panels,
}

/// A product of `rows x depth` and `depth x columns`.
#[derive(Clone, Copy)]
pub(crate) struct Product<T> {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) depth: usize,
    pub(crate) order: Left,
    pub(crate) left: *const T,
    /// From one column of `left` to the next; from one row to the next if it is transposed. Panels have their own.
    pub(crate) left_stride: usize,
    pub(crate) right: *const T,
    /// From one row of `right` to the next.
    pub(crate) right_row: usize,
    /// From one column of `right` to the next.
    pub(crate) right_column: usize,
    /// Column-major without gaps.
    pub(crate) output: *mut T,
    pub(crate) start: Start<T>,
    /// Scratch of [`pack_len`] values, where `left` is copied.
    pub(crate) pack: *mut T,
}

impl<T: Float> Product<T> {
    /// Computes the product, in a function that is compiled once for each number type and instruction set.
    ///
    /// # Safety
    /// `left` can be read for `rows` and `depth` as `order` says, panels up to whole ones; `right` for `depth` rows and
    /// `columns` columns; the bias, if there is one, for `rows` values. `output` can be read and written for `rows`
    /// times `columns` values, and `pack` for [`pack_len`] where `left` is copied. Both overlap with nothing else.
    #[inline(always)]
    pub(crate) unsafe fn run<I: InstructionSet>(&self, instructions: I) {
        Multiply(self).call(instructions);
    }
}

/// Only [`Product::run`] makes it, whose caller promises that the pointers are valid.
struct Multiply<'a, T>(&'a Product<T>);

compiled_here!(Multiply<'a, T>);

impl<T: Float> Kernel for Multiply<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        // SAFETY: `Product::run` made this, whose caller promises what `multiply` asks for.
        unsafe { multiply(instructions, self.0) }
    }
}

/// # Safety
/// As for [`Product::run`].
#[inline(always)]
unsafe fn multiply<T: Float, I: InstructionSet>(instructions: I, product: &Product<T>) {
    let lanes = <T::Vector<I> as Vector<T>>::LANES;
    let &Product { rows, depth, order, left, left_stride, .. } = product;
    if matches!(order, Left::Direct | Left::Panels) || depth == 0 {
        let (left_stride, panel_step) = if order == Left::Panels {
            (2 * lanes, 2 * lanes * depth)
        } else {
            (left_stride, 2 * lanes)
        };
        let block = Block { rows, depth, left, left_stride, panel_step, ..Block::of(product) };
        // SAFETY: the block is the whole product, with `left` where it lies or in panels; without depth it is not read.
        return unsafe { multiply_block(instructions, &block) };
    }

    let panel = 2 * lanes;
    // SAFETY: of the values of `pack_len`, `ALIGNMENT_SLACK` are there to be lost, and no more are.
    let pack = unsafe { product.pack.add(product.pack.align_offset(64).min(ALIGNMENT_SLACK)) };
    // Blocks of equal depth, rather than full ones and a thin rest.
    let block_depth = depth.div_ceil(depth.div_ceil(BLOCK_DEPTH));
    let mut from = 0;
    while from < depth {
        let depth = block_depth.min(depth - from);
        let mut row = 0;
        while row < rows {
            let rows = BLOCK_ROWS.min(rows - row);
            // SAFETY: `left` has `rows` rows from `row` on and `depth` columns from `from` on, and `pack` has room for
            // whole panels of them: `BLOCK_ROWS` and `BLOCK_DEPTH` at most. The block has all columns of the product,
            // and begins in `right` at row `from`, in output and bias at `row`.
            unsafe {
                if order == Left::Transposed {
                    pack_transposed::<T, T::Vector<I>>(
                        rows,
                        depth,
                        left.add(row * left_stride + from),
                        left_stride,
                        pack,
                    );
                } else {
                    pack_panels::<T, T::Vector<I>>(
                        rows,
                        depth,
                        left.add(from * left_stride + row),
                        left_stride,
                        pack,
                    );
                }
                let mut block = Block {
                    rows,
                    depth,
                    left: pack,
                    left_stride: panel,
                    panel_step: panel * depth,
                    ..Block::of(product)
                };
                block.right = block.right.add(from * product.right_row);
                block.output = block.output.add(row);
                block.start = match product.start {
                    _ if from > 0 => Start::Output,
                    Start::Bias(bias) => Start::Bias(bias.add(row)),
                    start => start,
                };
                multiply_block(instructions, &block);
            }
            row += BLOCK_ROWS;
        }
        from += block_depth;
    }
}

impl<T: Float> Block<T> {
    #[inline(always)]
    fn of(product: &Product<T>) -> Self {
        Block {
            rows: product.rows,
            columns: product.columns,
            depth: product.depth,
            left: product.left,
            left_stride: product.left_stride,
            panel_step: 0,
            right: product.right,
            right_row: product.right_row,
            right_column: product.right_column,
            output: product.output,
            output_stride: product.rows,
            start: product.start,
        }
    }
}

/// # Safety
/// As for [`Product::run`], of a block: its `left` can be read for `rows` and `depth`, `left_stride` from one column to
/// the next and `panel_step` from two vectors of rows to the next; `output` for `rows` of each of `columns` columns,
/// `output_stride` apart.
#[inline(always)]
unsafe fn multiply_block<T: Float, I: InstructionSet>(instructions: I, block: &Block<T>) {
    let mut column = 0;
    while column < block.columns {
        let columns = strip_columns::<T, I>(block.columns - column);
        // SAFETY: `strip_columns` gives no more columns than are left; the block is as the caller promises.
        unsafe { strip_of(instructions, block, column, columns) };
        column += columns;
    }
}

/// How many of the columns that are left, of which there is one at least, are computed at once.
#[inline(always)]
pub(crate) fn strip_columns<T: Float, I: InstructionSet>(left: usize) -> usize {
    let most = const { <T::Vector<I> as Vector<T>>::TILE_COLUMNS };
    match left {
        12.. if most >= 12 => 12,
        8.. if most >= 8 => 8,
        6.. if most == 6 => 6,
        4.. => 4,
        _ => 1,
    }
}

/// All rows of so many columns as [`strip_columns`] gives.
///
/// # Safety
/// As for [`multiply_block`]; the block has `columns` columns from `column` on.
#[inline(always)]
pub(crate) unsafe fn strip_of<T: Float, I: InstructionSet>(
    instructions: I,
    block: &Block<T>,
    column: usize,
    columns: usize,
) {
    Strip { block, column, columns }.call(instructions);
}

/// Only [`strip_of`] makes it, whose caller promises that the block has these columns.
///
/// Strips are a function of their own, since the loops of all their widths are too much code to stand in each product.
struct Strip<'a, T> {
    block: &'a Block<T>,
    column: usize,
    columns: usize,
}

compiled_here!(Strip<'a, T>);

impl<T: Float> Kernel for Strip<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        // SAFETY: `strip_of` made this, whose caller promises what `run_strip` asks for.
        unsafe { run_strip(instructions, self.block, self.column, self.columns) }
    }
}

/// # Safety
/// As for [`strip_of`].
#[inline(always)]
unsafe fn run_strip<T: Float, I: InstructionSet>(
    instructions: I,
    block: &Block<T>,
    column: usize,
    columns: usize,
) {
    let most = const { <T::Vector<I> as Vector<T>>::TILE_COLUMNS };
    // SAFETY: the block has `columns` columns from `column` on, as the caller promises, which is one at least and what
    // each strip computes at most.
    unsafe {
        match columns {
            12 if most >= 12 => strip::<T, I, 12>(instructions, block, column),
            8 if most >= 8 => strip::<T, I, 8>(instructions, block, column),
            6 if most == 6 => strip::<T, I, 6>(instructions, block, column),
            4 => strip::<T, I, 4>(instructions, block, column),
            _ => strip::<T, I, 1>(instructions, block, column),
        }
    }
}

/// All rows of `COLUMNS` columns.
///
/// # Safety
/// As for [`multiply_block`]; the block has `COLUMNS` columns from `column` on.
#[inline(always)]
unsafe fn strip<T: Float, I: InstructionSet, const COLUMNS: usize>(
    instructions: I,
    block: &Block<T>,
    column: usize,
) {
    let lanes = <T::Vector<I> as Vector<T>>::LANES;
    let panel = 2 * lanes;
    let mut tile = Tile { block, left: block.left, row: 0, column, last: lanes };
    while block.rows - tile.row >= panel {
        simd::separate(instructions, Whole::<T, COLUMNS>(tile));
        tile.left = tile.left.wrapping_add(block.panel_step);
        tile.row += panel;
    }
    let rest = block.rows - tile.row;
    if rest > lanes {
        tile.last = rest - lanes;
        simd::separate(instructions, Partial::<T, COLUMNS, 2>(tile));
    } else if rest > 0 {
        tile.last = rest;
        simd::separate(instructions, Partial::<T, COLUMNS, 1>(tile));
    }
}
