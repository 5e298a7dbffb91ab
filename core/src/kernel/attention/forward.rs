//! From queries, keys and values to what the heads give.

use super::super::lanes::indices;
use super::super::product::pack::pack_transposed;
use super::block::{Cut, MOST_COLUMNS, Rows, RowsMut, Scores};
use super::{AttentionSizes, BLOCK, Keys, Mask, Projected, Queries, aligned};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// How many maxima or sums of a vector of queries are under way at a time.
const CHAINS: usize = 4;

/// What the heads give for one sample.
///
/// `output` gets the features of all heads of each position that has queries. `logarithms`, if given, gets for each head and query the logarithm of the sum of the exponentials of
/// its scaled scores. `scratch` holds at least [`AttentionSizes::forward_scratch`] values.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
pub(crate) fn attend<T: Float, I: InstructionSet>(
    instructions: I,
    sizes: &AttentionSizes,
    projected: Projected<'_, T>,
    output: &mut [T],
    logarithms: Option<&mut [T]>,
    mask: Option<Mask>,
    scratch: &mut [T],
) {
    let &AttentionSizes { length, heads, .. } = sizes;
    sizes.check();
    projected.check(sizes);
    assert!(Some(output.len()) == length.checked_mul(sizes.features()));
    assert!(logarithms.as_ref().is_none_or(|kept| Some(kept.len()) == heads.checked_mul(length)));
    assert!(scratch.len() >= sizes.forward_scratch(), "scratch memory is too small");
    let sample = Forward {
        sizes,
        projected,
        output: output.as_mut_ptr(),
        logarithms: logarithms.map(<[T]>::as_mut_ptr),
        mask,
        scratch: scratch.as_mut_ptr(),
    };
    sample.call(instructions);
}

/// The memory of [`attend`], which has checked its sizes.
struct Forward<'a, T> {
    sizes: &'a AttentionSizes,
    projected: Projected<'a, T>,
    output: *mut T,
    logarithms: Option<*mut T>,
    mask: Option<Mask>,
    scratch: *mut T,
}

compiled_here!(Forward<'a, T>);

impl<T: Float> Kernel for Forward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        for block in self.sizes.blocks() {
            // SAFETY: `attend` made this, which has asserted the lengths of all slices; these are its blocks.
            unsafe { attend_block(instructions, &self, block) };
        }
    }
}

/// What one head gives for a block of queries.
///
/// # Safety
/// The memory is what [`attend`] makes of slices, whose lengths it has checked, and the block one of its sizes.
#[inline(always)]
unsafe fn attend_block<T: Float, I: InstructionSet>(
    instructions: I,
    sample: &Forward<'_, T>,
    block: Queries<'_>,
) {
    let &Forward { projected, output, mask, .. } = sample;
    let Queries { sizes, head, from, count } = block;
    let ((queries, query_stride), (keys, key_stride)) = (projected.queries, projected.keys);
    let width = sizes.width;
    let mut softmax = Softmax::<T>::new(sizes.scale(), projected.seen.is_some());
    // SAFETY: from `from` on there are `count` positions, and from `start` on `key_count`, each with queries, keys,
    // values and output of this head, and `count` logarithms. Working memory, as `forward_scratch` counts it, has
    // `BLOCK` scores for each key of a block and panels for its queries.
    unsafe {
        let first = aligned(sample.scratch);
        let source = queries.as_ptr().add(block.offset(query_stride));
        let queries = first.add(sizes.scores_len());
        pack_transposed::<T, T::Vector<I>>(count, width, source, query_stride, queries);
        let features = sizes.features();
        let target = (output.add(block.offset(features)), features);
        for Keys { start, count: key_count, is_diagonal } in block.keys() {
            let first_key = keys.as_ptr().add(start * key_stride);
            let at = |offset: usize| Rows { first: first_key.add(offset), stride: key_stride };
            let (keys, values) = (at(sizes.keys_of(head)), at(sizes.values_of(head)));
            let scores = Scores { first, queries: count, keys: key_count };
            scores.score(instructions, queries, keys, width, Cut::RowsBelow.on(is_diagonal));
            for key in (0..key_count).filter(|key| projected.hides(start + key)) {
                core::slice::from_raw_parts_mut(first.add(key * BLOCK), BLOCK).fill(-T::INFINITY);
            }
            let is_first = start == 0;
            softmax.add::<I>(first, count, key_count, is_first, is_diagonal);
            if !is_first {
                scale_rows::<T, T::Vector<I>>(&softmax.shrink[..count], width, target);
            }
            if let Some(mask) = mask {
                for key in 0..key_count {
                    let factors = mask.factors::<T>(head, from, start + key);
                    let row = core::slice::from_raw_parts_mut(first.add(key * BLOCK), count);
                    for (probability, factor) in row.iter_mut().zip(factors) {
                        *probability *= factor;
                    }
                }
            }
            let output = RowsMut { first: target.0, stride: target.1, is_new: is_first };
            scores.over_keys(instructions, values, width, output, Cut::DepthAfter.on(is_diagonal));
        }
        let logarithms = softmax.finish::<I>(count);
        scale_rows::<T, T::Vector<I>>(&softmax.shrink[..count], width, target);
        if let Some(kept) = sample.logarithms {
            let kept = kept.add(head * sizes.length + from);
            let kept = core::slice::from_raw_parts_mut(kept, count);
            kept.copy_from_slice(&logarithms[..count]);
        }
    }
}

/// The softmax of a block of queries, whose scores come block by block.
struct Softmax<T> {
    /// The base-e exponent of a score is its product with this.
    scale: T,
    /// The largest score of each query so far.
    largest: [T; BLOCK],
    /// The sum of the exponentials so far, of what scores are below the largest.
    sums: [T; BLOCK],
    /// What the output so far has to be multiplied with.
    shrink: [T; BLOCK],
    /// Whether there may be queries that see no key.
    is_masked: bool,
}

/// Less than any score, and more than that of a key which nobody sees.
const LEAST: f64 = -1e30;

impl<T: Float> Softmax<T> {
    #[inline(always)]
    fn new(scale: T, is_masked: bool) -> Self {
        let least = if is_masked { T::from_f64(LEAST) } else { -T::INFINITY };
        Softmax {
            scale,
            largest: [least; BLOCK],
            sums: [T::ZERO; BLOCK],
            shrink: [T::ONE; BLOCK],
            is_masked,
        }
    }

    /// Takes in a block of scores and makes exponentials of them.
    ///
    /// # Safety
    /// `scores` can be read and written for [`BLOCK`] values of each of `keys` keys.
    #[inline(always)]
    unsafe fn add<I: InstructionSet>(
        &mut self,
        scores: *mut T,
        count: usize,
        keys: usize,
        is_first: bool,
        is_diagonal: bool,
    ) {
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        for query in (0..count).step_by(lanes) {
            // Keys that all of these queries see, and such that only some of them see.
            let seen = if is_diagonal { keys.min(query + 1) } else { keys };
            let partly = if is_diagonal { keys.min(query + lanes) } else { keys };
            // SAFETY: `query` is less than `count`, which is `BLOCK` at most, and that a multiple of every vector: the
            // scores of each key have a whole vector at `query`. `seen` and `partly` are `keys` at most.
            unsafe {
                let column = scores.add(query);
                let before = T::Vector::<I>::load(&self.largest[query..]);
                let largest = largest_of(column, before, seen, partly);
                let scale = T::Vector::<I>::splat(self.scale);
                let sum = exponentials(column, scale, -(largest * scale), seen, partly);
                if is_diagonal {
                    // A strip of columns reads them together with queries behind these.
                    for key in partly..keys.min(partly + MOST_COLUMNS) {
                        T::Vector::<I>::zero().store_pointer(column.add(key * BLOCK));
                    }
                }
                if is_first {
                    sum.store(&mut self.sums[query..]);
                } else {
                    let shrink = ((before - largest) * scale).exp();
                    shrink.store(&mut self.shrink[query..]);
                    let sums = T::Vector::<I>::load(&self.sums[query..]);
                    sums.mul_add(shrink, sum).store(&mut self.sums[query..]);
                }
                largest.store(&mut self.largest[query..]);
            }
        }
    }

    /// The logarithm of each sum, of the exponentials of the scores themselves; `shrink` becomes what makes
    /// the output whole.
    #[inline(always)]
    fn finish<I: InstructionSet>(&mut self, count: usize) -> [T; BLOCK] {
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        let mut logarithms = [T::ZERO; BLOCK];
        for query in (0..count).step_by(lanes) {
            let sums = T::Vector::<I>::load(&self.sums[query..]);
            let largest = T::Vector::<I>::load(&self.largest[query..]);
            let scale = T::Vector::<I>::splat(self.scale);
            let mut whole = T::Vector::<I>::splat(T::ONE) / sums;
            if self.is_masked {
                let zero = T::Vector::<I>::zero();
                whole = T::Vector::<I>::select(sums.greater(zero), whole, zero);
            }
            whole.store(&mut self.shrink[query..]);
            largest.mul_add(scale, sums.ln()).store(&mut logarithms[query..]);
        }
        logarithms
    }
}

/// The largest of the scores of some queries, or of `before`. From `seen` on the queries in the first lanes do not
/// see a key.
///
/// # Safety
/// A vector can be read for each of `seen` and of `partly` keys, [`BLOCK`] values apart.
#[inline(always)]
unsafe fn largest_of<T: Float, V: Vector<T>>(
    column: *const T,
    before: V,
    seen: usize,
    partly: usize,
) -> V {
    let mut chains = [before; CHAINS];
    let mut key = 0;
    // SAFETY: `key` is less than `seen` or `partly`, and the caller promises a vector for each.
    unsafe {
        while key + CHAINS <= seen {
            for (i, largest) in chains.iter_mut().enumerate() {
                *largest = largest.max(V::load_pointer(column.add((key + i) * BLOCK)));
            }
            key += CHAINS;
        }
        while key < seen {
            chains[0] = chains[0].max(V::load_pointer(column.add(key * BLOCK)));
            key += 1;
        }
        for key in seen..partly {
            let scores = V::load_pointer(column.add(key * BLOCK));
            chains[1] = V::select(sees::<T, V>(key - seen), chains[1].max(scores), chains[1]);
        }
    }
    chains[0].max(chains[1]).max(chains[2].max(chains[3]))
}

/// Makes `exp(score * scale + offset)` of each score, or zero where a query does not see a key; gives the sums.
///
/// # Safety
/// A vector can be read and written for each of `seen` and of `partly` keys, [`BLOCK`] values apart.
#[inline(always)]
unsafe fn exponentials<T: Float, V: Vector<T>>(
    column: *mut T,
    scale: V,
    offset: V,
    seen: usize,
    partly: usize,
) -> V {
    let mut sums = [V::zero(); 2];
    // SAFETY: `key` is less than `seen` or `partly`, and the caller promises a vector for each.
    unsafe {
        for key in 0..seen {
            let scores = column.add(key * BLOCK);
            let power = V::load_pointer(scores).mul_add(scale, offset).exp();
            power.store_pointer(scores);
            sums[key % 2] = sums[key % 2] + power;
        }
        for key in seen..partly {
            let scores = column.add(key * BLOCK);
            let power = V::load_pointer(scores).mul_add(scale, offset).exp();
            let power = V::select(sees::<T, V>(key - seen), power, V::zero());
            power.store_pointer(scores);
            sums[0] = sums[0] + power;
        }
    }
    sums[0] + sums[1]
}

/// Which of the queries in a vector see the key that is so many behind the first which not all of them see.
#[inline(always)]
pub(super) fn sees<T: Float, V: Vector<T>>(behind: usize) -> V::Mask {
    V::load(&indices::<T>()).greater(V::splat(T::from_usize(behind)))
}

/// Multiplies each row of a matrix, whose rows lie `stride` values apart, with a factor.
///
/// # Safety
/// `width` values of a row for each factor can be read and written.
#[inline(always)]
unsafe fn scale_rows<T: Float, V: Vector<T>>(
    factors: &[T],
    width: usize,
    (first, stride): (*mut T, usize),
) {
    for (row, &factor) in factors.iter().enumerate() {
        let factor = V::splat(factor);
        let mut at = 0;
        // SAFETY: the caller promises `width` values of this row; whole vectors end with the last of them.
        unsafe {
            while at + V::LANES <= width {
                let place = first.add(row * stride + at);
                (V::load_pointer(place) * factor).store_pointer(place);
                at += V::LANES;
            }
            if at < width {
                let (place, count) = (first.add(row * stride + at), width - at);
                (V::load_partial_pointer(place, count) * factor)
                    .store_partial_pointer(place, count);
            }
        }
    }
}
