//! From the gradient of what the heads give to those of queries, keys and values.

use super::super::product::pack::pack_transposed;
use super::block::{Cut, MOST_COLUMNS, Rows, over_keys, over_queries, score};
use super::forward::sees;
use super::{AttentionSizes, BLOCK, Mask, aligned};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// What one sample's forward pass had, and what it gave.
#[derive(Clone, Copy)]
pub(crate) struct Kept<'a, T> {
    /// Queries, keys and values.
    pub(crate) projected: &'a [T],
    /// What the heads gave.
    pub(crate) output: &'a [T],
    /// The logarithms of [`attend`](super::attend).
    pub(crate) logarithms: &'a [T],
    /// Which weights were dropped.
    pub(crate) mask: Option<Mask>,
}

/// Writes the gradient with respect to queries, keys and values of one sample, from that with respect to what the
/// heads gave. `scratch` holds at least [`AttentionSizes::backward_scratch`] values.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
pub(crate) fn attend_backward<T: Float, I: InstructionSet>(
    instructions: I,
    sizes: &AttentionSizes,
    kept: Kept<'_, T>,
    d_output: &[T],
    d_projected: &mut [T],
    scratch: &mut [T],
) {
    let &AttentionSizes { length, heads, .. } = sizes;
    sizes.check();
    assert!(Some(kept.projected.len()) == length.checked_mul(sizes.projected()));
    assert!(Some(kept.output.len()) == length.checked_mul(sizes.features()));
    assert!(Some(kept.logarithms.len()) == heads.checked_mul(length));
    assert!(d_output.len() == kept.output.len() && d_projected.len() == kept.projected.len());
    assert!(scratch.len() >= sizes.backward_scratch(), "scratch memory is too small");
    let sample = Backward {
        sizes,
        projected: kept.projected.as_ptr(),
        output: kept.output.as_ptr(),
        logarithms: kept.logarithms.as_ptr(),
        mask: kept.mask,
        d_output: d_output.as_ptr(),
        d_projected: d_projected.as_mut_ptr(),
        scratch: scratch.as_mut_ptr(),
    };
    sample.call(instructions);
}

/// The memory of [`attend_backward`], which has checked its sizes.
struct Backward<'a, T> {
    sizes: &'a AttentionSizes,
    projected: *const T,
    output: *const T,
    logarithms: *const T,
    mask: Option<Mask>,
    d_output: *const T,
    d_projected: *mut T,
    scratch: *mut T,
}

compiled_here!(Backward<'a, T>);

impl<T: Float> Kernel for Backward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        // SAFETY: `attend_backward` made this, which has asserted the lengths of all slices.
        unsafe { run(instructions, &self) }
    }
}

/// # Safety
/// The memory is what [`attend_backward`] makes of slices, whose lengths it has checked.
#[inline(always)]
unsafe fn run<T: Float, I: InstructionSet>(instructions: I, sample: &Backward<'_, T>) {
    for head in 0..sample.sizes.heads {
        for from in (0..sample.sizes.length).step_by(BLOCK) {
            // SAFETY: `head` is one of the heads, and `from` one of the positions; the memory is as the caller
            // promises.
            unsafe { attend_block(instructions, sample, head, from) };
        }
    }
}

/// What one head adds to the gradients by a block of queries.
///
/// # Safety
/// As for [`run`]; `head` is one of the heads, and `from` one of the positions.
#[inline(always)]
unsafe fn attend_block<T: Float, I: InstructionSet>(
    instructions: I,
    sample: &Backward<'_, T>,
    head: usize,
    from: usize,
) {
    let &Backward { sizes, projected, d_output, d_projected, .. } = sample;
    let &AttentionSizes { length, width, is_causal, .. } = sizes;
    let (stride, features) = (sizes.projected(), sizes.features());
    let count = BLOCK.min(length - from);
    let (keys_at, values_at) = (sizes.keys_of(head), sizes.values_of(head));
    // The first head of queries that sees keys and values begins their gradients.
    let begins = head.is_multiple_of(sizes.heads / sizes.kv_heads);
    // SAFETY: from `from` on there are `count` positions, and from `start` on `key_count`, each with queries, keys,
    // values and gradients of them, output and its gradient, of this head, and `count` logarithms. Working memory, as
    // `backward_scratch` counts it, has twice `BLOCK` scores for each key of a block and twice panels for its queries.
    unsafe {
        let scores = aligned(sample.scratch);
        let d_scores = scores.add(sizes.scores_len());
        let packed_queries = d_scores.add(sizes.scores_len());
        let packed_d_output = packed_queries.add(sizes.pack_len());
        let queries = Rows { first: projected.add(from * stride + head * width), stride };
        let at_output = from * features + head * width;
        let d_attended = Rows { first: d_output.add(at_output), stride: features };
        let attended = Rows { first: sample.output.add(at_output), stride: features };
        pack_transposed::<T, T::Vector<I>>(count, width, queries.first, stride, packed_queries);
        pack_transposed::<T, T::Vector<I>>(
            count,
            width,
            d_attended.first,
            features,
            packed_d_output,
        );
        let mut block = Probabilities {
            scale: sizes.scale(),
            logarithms: [T::ZERO; BLOCK],
            deltas: deltas::<T, T::Vector<I>>(attended, d_attended, count, width),
            mask: sample.mask,
            head,
            from,
            start: 0,
        };
        let logarithms = sample.logarithms.add(head * length + from);
        block.logarithms[..count].copy_from_slice(core::slice::from_raw_parts(logarithms, count));

        let end = if is_causal { from + count } else { length };
        for start in (0..end).step_by(BLOCK) {
            let key_count = BLOCK.min(end - start);
            let is_diagonal = is_causal && start == from;
            let at = |offset: usize| Rows { first: projected.add(start * stride + offset), stride };
            let (keys, values) = (at(keys_at), at(values_at));
            let rows = Cut::RowsBelow.on(is_diagonal);
            score(instructions, packed_queries, count, keys, key_count, width, scores, rows);
            score(instructions, packed_d_output, count, values, key_count, width, d_scores, rows);
            block.start = start;
            block.add::<I>(scores, d_scores, count, key_count, is_diagonal);

            let begins = begins && if is_causal { is_diagonal } else { from == 0 };
            let depth = Cut::DepthBefore.on(is_diagonal);
            let target = |offset: usize| (d_projected.add(start * stride + offset), stride);
            let (d_keys, d_values) = (target(keys_at), target(values_at));
            over_queries(
                instructions,
                scores,
                count,
                d_attended,
                key_count,
                width,
                d_values,
                begins,
                depth,
            );
            over_queries(
                instructions,
                d_scores,
                count,
                queries,
                key_count,
                width,
                d_keys,
                begins,
                depth,
            );
            let d_queries = (d_projected.add(from * stride + head * width), stride);
            let depth = Cut::DepthAfter.on(is_diagonal);
            over_keys(
                instructions,
                d_scores,
                count,
                keys,
                key_count,
                width,
                d_queries,
                start == 0,
                depth,
            );
        }
    }
}

/// What probabilities and their gradients are made with, for a block of queries.
struct Probabilities<T> {
    scale: T,
    logarithms: [T; BLOCK],
    deltas: [T; BLOCK],
    mask: Option<Mask>,
    head: usize,
    /// The first query of the block.
    from: usize,
    /// The first key of the block.
    start: usize,
}

impl<T: Float> Probabilities<T> {
    /// Makes of scores the weights of the values, and of the weights' gradients those of the scores.
    ///
    /// # Safety
    /// `scores` and `d_scores` can be read and written for [`BLOCK`] values of each of `keys` keys, and `count` is no
    /// more than that.
    #[inline(always)]
    unsafe fn add<I: InstructionSet>(
        &self,
        scores: *mut T,
        d_scores: *mut T,
        count: usize,
        keys: usize,
        is_diagonal: bool,
    ) {
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        let zero = T::Vector::<I>::zero();
        let scale = T::Vector::<I>::splat(self.scale);
        for key in 0..keys {
            let mut factors = None;
            if let Some(mask) = &self.mask {
                factors = Some(mask.factors::<T>(self.head, self.from, self.start + key));
            }
            // The first vector with a query that sees the key, and those before it that products read with it.
            let first = if is_diagonal { key / lanes * lanes } else { 0 };
            let zeros = if is_diagonal { (key + 1).saturating_sub(MOST_COLUMNS) } else { first };
            // SAFETY: `query` is less than `count` or `key`, which are `BLOCK` at most, and that a multiple of every
            // vector: the scores of each key have a whole vector at `query`.
            unsafe {
                for query in (zeros / lanes * lanes..first).step_by(lanes) {
                    zero.store_pointer(scores.add(key * BLOCK + query));
                    zero.store_pointer(d_scores.add(key * BLOCK + query));
                }
                for query in (first..count).step_by(lanes) {
                    let score = scores.add(key * BLOCK + query);
                    let d_score = d_scores.add(key * BLOCK + query);
                    let logarithm = T::Vector::<I>::load(&self.logarithms[query..]);
                    let delta = T::Vector::<I>::load(&self.deltas[query..]);
                    let exponent = T::Vector::<I>::load_pointer(score).mul_add(scale, -logarithm);
                    let mut probability = exponent.exp();
                    if is_diagonal && key > query {
                        let sees = sees::<T, T::Vector<I>>(key - query - 1);
                        probability = T::Vector::<I>::select(sees, probability, zero);
                    }
                    let mut d_weight = T::Vector::<I>::load_pointer(d_score);
                    let mut weight = probability;
                    if let Some(factors) = &factors {
                        let factor = T::Vector::<I>::load(&factors[query..]);
                        d_weight = d_weight * factor;
                        weight = weight * factor;
                    }
                    weight.store_pointer(score);
                    (probability * (d_weight - delta) * scale).store_pointer(d_score);
                }
            }
        }
    }
}

/// The product of what a head gives and its gradient, for each query: what the gradients of a row of weights lose
/// by the softmax.
///
/// # Safety
/// Both have `count` rows of `width` values.
#[inline(always)]
unsafe fn deltas<T: Float, V: Vector<T>>(
    attended: Rows<T>,
    d_attended: Rows<T>,
    count: usize,
    width: usize,
) -> [T; BLOCK] {
    let mut deltas = [T::ZERO; BLOCK];
    for (query, delta) in deltas.iter_mut().enumerate().take(count) {
        let mut sum = V::zero();
        for at in (0..width).step_by(V::LANES) {
            let lanes = V::LANES.min(width - at);
            // SAFETY: the caller promises `width` values of this row of both, of which `lanes` are left from `at` on.
            let (y, d_y) = unsafe {
                (
                    V::load_partial_pointer(
                        attended.first.add(query * attended.stride + at),
                        lanes,
                    ),
                    V::load_partial_pointer(
                        d_attended.first.add(query * d_attended.stride + at),
                        lanes,
                    ),
                )
            };
            sum = y.mul_add(d_y, sum);
        }
        *delta = sum.sum();
    }
    deltas
}
