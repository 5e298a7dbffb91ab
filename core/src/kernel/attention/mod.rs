//! Scaled dot-product attention of one sample: `softmax(scale * Q K^T) V` for each head, of positions to each other or to
//! those of another sequence.
//!
//! Scores are computed block by block, at most [`BLOCK`] queries and as many keys at a time, with a running
//! maximum and sum for each query (Dao et al. 2022, <https://arxiv.org/abs/2205.14135>), so that working memory does
//! not grow with the length. A block lies key by key: the queries are the lanes of vectors, so maxima and
//! sums of the softmax need no exchange between lanes. Backward computes the scores again and turns them into
//! probabilities with the logarithm of the sum that forward kept for each query and head.
//!
//! Keys and values lie beside each other as one product gives them: for each position the keys and then the values of all
//! key-value heads. Where a sequence attends to itself, the queries of all heads stand in front of them.
//!
//! Keys that nobody sees get a score of minus infinity. A query that sees no key at all gets zeros.

mod backward;
mod block;
mod forward;
mod mask;
pub(crate) mod rotation;
mod step;

pub(crate) use backward::{Gradients, Kept, attend_backward};
pub(crate) use forward::attend;
pub(crate) use mask::Mask;
pub(crate) use step::attend_step;

use super::product::{ALIGNMENT_SLACK, WIDEST_PANEL};
use crate::scalar::Float;

/// How many queries, and keys, a block of scores has at most: a multiple of every panel.
const BLOCK: usize = 64;

/// The sizes of an attention.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AttentionSizes {
    /// How many positions have queries.
    pub(crate) length: usize,
    /// How many positions have keys and values.
    pub(crate) keys: usize,
    /// How many heads of queries there are.
    pub(crate) heads: usize,
    /// How many heads of keys and values there are; it divides the heads of queries.
    pub(crate) kv_heads: usize,
    /// How many features a head has.
    pub(crate) width: usize,
    /// Whether a position sees only those up to itself.
    pub(crate) is_causal: bool,
}

impl AttentionSizes {
    /// Refuses sizes whose keys and values would be looked for behind those that there are.
    #[inline(always)]
    const fn check(&self) {
        assert!(
            self.width > 0 && self.kv_heads > 0 && self.heads.is_multiple_of(self.kv_heads),
            "heads of an attention have features, and heads of keys divide those of queries"
        );
    }

    /// How many features the heads have together.
    pub(crate) const fn features(&self) -> usize {
        self.heads * self.width
    }

    /// How many features keys have, and values, of all heads.
    pub(crate) const fn kv_features(&self) -> usize {
        self.kv_heads * self.width
    }

    /// How many features queries, keys and values of a position have.
    pub(crate) const fn projected(&self) -> usize {
        self.features() + 2 * self.kv_features()
    }

    /// Values of working memory that [`attend`] needs.
    pub(crate) const fn forward_scratch(&self) -> usize {
        self.scores_len() + self.pack_len() + ALIGNMENT_SLACK
    }

    /// Values of working memory that [`attend_backward`] needs.
    pub(crate) const fn backward_scratch(&self) -> usize {
        2 * (self.scores_len() + self.pack_len()) + ALIGNMENT_SLACK
    }

    /// Values of a block of scores: for each key a row that has room for all queries of any block.
    const fn scores_len(&self) -> usize {
        block_len(self.keys) * BLOCK
    }

    /// Values of a block of queries whose features are copied one after the other.
    const fn pack_len(&self) -> usize {
        block_len(self.length).next_multiple_of(WIDEST_PANEL) * self.width
    }

    /// What scores are multiplied with.
    fn scale<T: Float>(&self) -> T {
        T::from_f64(1.0 / Float::sqrt(self.width as f64))
    }

    /// The blocks of queries of all heads.
    #[inline(always)]
    fn blocks(&self) -> impl Iterator<Item = Queries<'_>> {
        let froms = move || (0..self.length).step_by(BLOCK);
        (0..self.heads).flat_map(move |head| {
            froms().map(move |from| Queries {
                sizes: self,
                head,
                from,
                count: BLOCK.min(self.length - from),
            })
        })
    }

    /// Where the keys that a head of queries sees begin among the keys and values of a position.
    const fn keys_of(&self, head: usize) -> usize {
        head / (self.heads / self.kv_heads) * self.width
    }

    /// Where the values that a head of queries sees begin among the keys and values of a position.
    const fn values_of(&self, head: usize) -> usize {
        self.keys_of(head) + self.kv_features()
    }
}

/// Positions of the largest block of so many.
const fn block_len(positions: usize) -> usize {
    if positions < BLOCK { positions } else { BLOCK }
}

/// Queries, keys and values of one sample.
#[derive(Clone, Copy)]
pub(crate) struct Projected<'a, T> {
    /// From the first query on: positions that are so many values apart.
    pub(crate) queries: (&'a [T], usize),
    /// From the first key on, in the same way.
    pub(crate) keys: (&'a [T], usize),
    /// A value for each position that has a key, which is zero where nobody sees it; all are seen where there is none.
    pub(crate) seen: Option<&'a [T]>,
}

impl<'a, T> Projected<'a, T> {
    /// Of a sequence that attends to itself.
    #[inline(always)]
    pub(crate) fn of_itself(
        projected: &'a [T],
        sizes: &AttentionSizes,
        seen: Option<&'a [T]>,
    ) -> Self {
        let stride = sizes.projected();
        Projected {
            queries: (projected, stride),
            keys: (&projected[sizes.features()..], stride),
            seen,
        }
    }

    /// Of a sequence that attends to another one.
    #[inline(always)]
    pub(crate) fn of_another(
        queries: &'a [T],
        keys: &'a [T],
        sizes: &AttentionSizes,
        seen: Option<&'a [T]>,
    ) -> Self {
        Projected {
            queries: (queries, sizes.features()),
            keys: (keys, 2 * sizes.kv_features()),
            seen,
        }
    }

    /// Refuses slices that hold less than these sizes say.
    #[inline(always)]
    fn check(&self, sizes: &AttentionSizes) {
        let holds = |(values, stride): (&[T], usize), positions: usize, width: usize| {
            let needed = positions.checked_sub(1).and_then(|others| others.checked_mul(stride));
            needed.is_none_or(|others| {
                others.checked_add(width).is_some_and(|all| values.len() >= all)
            })
        };
        assert!(holds(self.queries, sizes.length, sizes.features()), "queries of each position");
        assert!(holds(self.keys, sizes.keys, 2 * sizes.kv_features()), "keys of each position");
        assert!(self.seen.is_none_or(|seen| seen.len() == sizes.keys), "one value for each key");
        assert!(
            !sizes.is_causal || sizes.keys == sizes.length,
            "a position sees those up to itself"
        );
    }

    /// Whether nobody sees a key.
    #[inline(always)]
    fn hides(&self, key: usize) -> bool
    where
        T: Float,
    {
        self.seen.is_some_and(|seen| seen[key] == T::ZERO)
    }
}

/// A block of queries of a head.
#[derive(Clone, Copy)]
struct Queries<'a> {
    sizes: &'a AttentionSizes,
    head: usize,
    /// The first position.
    from: usize,
    count: usize,
}

/// A block of keys that a block of queries sees.
#[derive(Clone, Copy)]
struct Keys {
    /// The first position.
    start: usize,
    count: usize,
    /// Whether some of the queries see only some of them.
    is_diagonal: bool,
}

impl Queries<'_> {
    /// Where the features of the first query begin, of positions with so many values.
    #[inline(always)]
    fn offset(&self, stride: usize) -> usize {
        self.from * stride + self.head * self.sizes.width
    }

    /// What they see.
    #[inline(always)]
    fn keys(&self) -> impl Iterator<Item = Keys> {
        let Queries { sizes: &AttentionSizes { keys, is_causal, .. }, from, count, .. } = *self;
        let end = if is_causal { from + count } else { keys };
        (0..end).step_by(BLOCK).map(move |start| Keys {
            start,
            count: BLOCK.min(end - start),
            is_diagonal: is_causal && start == from,
        })
    }
}

/// The first part of working memory that begins at a cache line.
///
/// # Safety
/// `scratch` has [`ALIGNMENT_SLACK`] values more than are used.
unsafe fn aligned<T>(scratch: *mut T) -> *mut T {
    // SAFETY: no more than `ALIGNMENT_SLACK` values are skipped, which the caller can spare.
    unsafe { scratch.add(scratch.align_offset(64).min(ALIGNMENT_SLACK)) }
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::*;
    use crate::simd::{InstructionSet, Kernel, dispatch_each};

    /// Forward and backward in working memory between marks.
    #[derive(Clone)]
    struct Both(AttentionSizes);

    const MARK: f32 = 12345.0;
    const MARKS: usize = 4096;

    impl Kernel for Both {
        type Output = [Vec<f32>; 2];

        #[inline(always)]
        fn run<I: InstructionSet>(self, instructions: I) -> [Vec<f32>; 2] {
            let Both(sizes) = self;
            let positions = |values: usize| vec![0.5; sizes.length * values];
            let projected = positions(sizes.projected());
            let mut output = positions(sizes.features());
            let mut logarithms = positions(sizes.heads);
            let scratch = [sizes.forward_scratch(), sizes.backward_scratch()];
            let mut memory = scratch.map(|values| vec![MARK; values + 2 * MARKS]);
            let [forward, backward] = &mut memory;
            attend(
                instructions,
                &sizes,
                Projected::of_itself(&projected, &sizes, None),
                &mut output,
                Some(&mut logarithms),
                None,
                &mut forward[MARKS..MARKS + scratch[0]],
            );
            let (d_output, mut d_projected) =
                (positions(sizes.features()), positions(sizes.projected()));
            let kept = Kept {
                projected: Projected::of_itself(&projected, &sizes, None),
                output: &output,
                logarithms: &logarithms,
                mask: None,
            };
            let scratch = &mut backward[MARKS..MARKS + scratch[1]];
            let gradients = Gradients::of_itself(&mut d_projected, &sizes);
            attend_backward(instructions, &sizes, kept, &d_output, gradients, scratch);
            memory
        }
    }

    #[test]
    fn working_memory_is_as_much_as_is_used() {
        for length in [1, 2, 3, 5, 8, 17, 31, 33, 63, 64, 65, 130] {
            for (width, is_causal) in [(1, true), (4, false), (4, true), (20, true)] {
                let sizes = AttentionSizes {
                    length,
                    keys: length,
                    heads: 2,
                    kv_heads: 1,
                    width,
                    is_causal,
                };
                dispatch_each(Both(sizes), |set, memory| {
                    for memory in memory {
                        let behind = memory.len() - MARKS;
                        let marks = memory[..MARKS].iter().chain(&memory[behind..]);
                        assert!(marks.into_iter().all(|&mark| mark == MARK), "{set}: {sizes:?}");
                    }
                });
            }
        }
    }

    #[test]
    #[should_panic(expected = "heads of keys divide those of queries")]
    fn heads_of_keys_that_do_not_divide_those_of_queries_are_refused() {
        let sizes = AttentionSizes {
            length: 3,
            keys: 3,
            heads: 3,
            kv_heads: 2,
            width: 4,
            is_causal: false,
        };
        dispatch_each(Both(sizes), |_, _| {});
    }

    #[test]
    fn a_short_sequence_takes_little() {
        let sizes = |length| AttentionSizes {
            length,
            keys: length,
            heads: 2,
            kv_heads: 2,
            width: 4,
            is_causal: true,
        };
        assert_eq!(sizes(4).scores_len(), 4 * 64);
        assert_eq!(sizes(1000).scores_len(), 64 * 64);
        assert!(sizes(4).forward_scratch() < 512 && sizes(4).backward_scratch() < 1024);
    }
}
