//! From the gradient of what the heads give to those of queries, keys and values.

use core::marker::PhantomData;

use super::super::product::pack::pack_transposed;
use super::block::{Cut, MOST_COLUMNS, Rows, RowsMut, Scores};
use super::forward::sees;
use super::{AttentionSizes, BLOCK, Keys, Mask, Projected, Queries, aligned};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// What one sample's forward pass had, and what it gave.
#[derive(Clone, Copy)]
pub(crate) struct Kept<'a, T> {
    /// Queries, keys and values.
    pub(crate) projected: Projected<'a, T>,
    /// What the heads gave.
    pub(crate) output: &'a [T],
    /// The logarithms of [`attend`](super::attend).
    pub(crate) logarithms: &'a [T],
    /// Which weights were dropped.
    pub(crate) mask: Option<Mask>,
}

/// The gradients of queries, and of keys and values: as [`Projected`], of which each query and key is written.
pub(crate) struct Gradients<'a, T> {
    queries: (*mut T, usize),
    keys: (*mut T, usize),
    memory: PhantomData<&'a mut [T]>,
}

impl<'a, T> Gradients<'a, T> {
    /// Of a sequence that attends to itself.
    ///
    /// # Panics
    /// If there are not as many as the sizes say.
    #[inline(always)]
    pub(crate) fn of_itself(d_projected: &'a mut [T], sizes: &AttentionSizes) -> Self {
        let stride = sizes.projected();
        assert!(Some(d_projected.len()) == sizes.length.checked_mul(stride));
        let queries = d_projected.as_mut_ptr();
        Gradients {
            queries: (queries, stride),
            keys: (queries.wrapping_add(sizes.features()), stride),
            memory: PhantomData,
        }
    }

    /// Of a sequence that attends to another one.
    ///
    /// # Panics
    /// If there are not as many as the sizes say.
    #[inline(always)]
    pub(crate) fn of_another(
        d_queries: &'a mut [T],
        d_keys: &'a mut [T],
        sizes: &AttentionSizes,
    ) -> Self {
        let strides = [sizes.features(), 2 * sizes.kv_features()];
        assert!(Some(d_queries.len()) == sizes.length.checked_mul(strides[0]));
        assert!(Some(d_keys.len()) == sizes.keys.checked_mul(strides[1]));
        Gradients {
            queries: (d_queries.as_mut_ptr(), strides[0]),
            keys: (d_keys.as_mut_ptr(), strides[1]),
            memory: PhantomData,
        }
    }
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
    gradients: Gradients<'_, T>,
    scratch: &mut [T],
) {
    let &AttentionSizes { length, heads, .. } = sizes;
    sizes.check();
    kept.projected.check(sizes);
    assert!(Some(kept.output.len()) == length.checked_mul(sizes.features()));
    assert!(Some(kept.logarithms.len()) == heads.checked_mul(length));
    assert!(d_output.len() == kept.output.len());
    assert!(scratch.len() >= sizes.backward_scratch(), "scratch memory is too small");
    let sample = Backward {
        sizes,
        projected: kept.projected,
        output: kept.output.as_ptr(),
        logarithms: kept.logarithms.as_ptr(),
        mask: kept.mask,
        d_output: d_output.as_ptr(),
        gradients,
        scratch: scratch.as_mut_ptr(),
    };
    sample.call(instructions);
}

/// The memory of [`attend_backward`], which has checked its sizes.
struct Backward<'a, T> {
    sizes: &'a AttentionSizes,
    projected: Projected<'a, T>,
    output: *const T,
    logarithms: *const T,
    mask: Option<Mask>,
    d_output: *const T,
    gradients: Gradients<'a, T>,
    scratch: *mut T,
}

compiled_here!(Backward<'a, T>);

impl<T: Float> Kernel for Backward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        for block in self.sizes.blocks() {
            // SAFETY: `attend_backward` made this, which has asserted the lengths of all slices; these are its blocks.
            unsafe { attend_block(instructions, &self, block) };
        }
    }
}

/// What one head adds to the gradients by a block of queries.
///
/// # Safety
/// The memory is what [`attend_backward`] makes of slices, whose lengths it has checked, and the block one of its sizes.
#[inline(always)]
unsafe fn attend_block<T: Float, I: InstructionSet>(
    instructions: I,
    sample: &Backward<'_, T>,
    block: Queries<'_>,
) {
    let &Backward { projected, d_output, ref gradients, .. } = sample;
    let Queries { sizes, head, from, count } = block;
    let &AttentionSizes { length, width, is_causal, .. } = sizes;
    let ((queries, query_stride), (keys, key_stride)) = (projected.queries, projected.keys);
    let features = sizes.features();
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
        let first_query = queries.as_ptr().add(block.offset(query_stride));
        let queries = Rows { first: first_query, stride: query_stride };
        let of_queries =
            |first: *const T| Rows { first: first.add(block.offset(features)), stride: features };
        let (attended, d_attended) = (of_queries(sample.output), of_queries(d_output));
        for (rows, packed) in [(queries, packed_queries), (d_attended, packed_d_output)] {
            pack_transposed::<T, T::Vector<I>>(count, width, rows.first, rows.stride, packed);
        }
        let mut probabilities = Probabilities {
            scale: sizes.scale(),
            logarithms: [T::ZERO; BLOCK],
            deltas: deltas::<T, T::Vector<I>>(attended, d_attended, count, width),
            mask: sample.mask,
            projected,
            head,
            from,
            start: 0,
        };
        let logarithms = sample.logarithms.add(head * length + from);
        probabilities.logarithms[..count]
            .copy_from_slice(core::slice::from_raw_parts(logarithms, count));

        for Keys { start, count: key_count, is_diagonal } in block.keys() {
            let first_key = keys.as_ptr().add(start * key_stride);
            let at = |offset: usize| Rows { first: first_key.add(offset), stride: key_stride };
            let (keys, values) = (at(keys_at), at(values_at));
            let of_keys = |first: *mut T| Scores { first, queries: count, keys: key_count };
            let (weights, d_weights) = (of_keys(scores), of_keys(d_scores));
            let rows = Cut::RowsBelow.on(is_diagonal);
            weights.score(instructions, packed_queries, keys, width, rows);
            d_weights.score(instructions, packed_d_output, values, width, rows);
            probabilities.start = start;
            probabilities.add::<I>(scores, d_scores, count, key_count, is_diagonal);

            let is_new = begins && if is_causal { is_diagonal } else { from == 0 };
            let depth = Cut::DepthBefore.on(is_diagonal);
            let target = |offset: usize| {
                let (first, stride) = gradients.keys;
                RowsMut { first: first.add(start * stride + offset), stride, is_new }
            };
            weights.over_queries(instructions, d_attended, width, target(values_at), depth);
            d_weights.over_queries(instructions, queries, width, target(keys_at), depth);
            let (first, stride) = gradients.queries;
            let first = first.add(block.offset(stride));
            let d_queries = RowsMut { first, stride, is_new: start == 0 };
            let depth = Cut::DepthAfter.on(is_diagonal);
            d_weights.over_keys(instructions, keys, width, d_queries, depth);
        }
    }
}

/// What probabilities and their gradients are made with, for a block of queries.
struct Probabilities<'a, T> {
    projected: Projected<'a, T>,
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

impl<T: Float> Probabilities<'_, T> {
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
            if self.projected.hides(self.start + key) {
                for scores in [scores, d_scores] {
                    // SAFETY: the caller promises `BLOCK` values of each key.
                    let row =
                        unsafe { core::slice::from_raw_parts_mut(scores.add(key * BLOCK), BLOCK) };
                    row.fill(T::ZERO);
                }
                continue;
            }
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
