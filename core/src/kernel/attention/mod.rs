//! Scaled dot-product attention of one sample: `softmax(scale * Q K^T) V` for each head.
//!
//! Scores are computed block by block, at most [`BLOCK`] queries and as many keys at a time, with a running
//! maximum and sum for each query (Dao et al. 2022, <https://arxiv.org/abs/2205.14135>), so that working memory does
//! not grow with the length. A block lies key by key: the queries are the lanes of vectors, so maxima and
//! sums of the softmax need no exchange between lanes. Backward computes the scores again and turns them into
//! probabilities with the logarithm of the sum that forward kept for each query and head.
//!
//! Queries, keys and values lie beside each other as one product gives them: for each position the queries of
//! all heads, then the keys and then the values of all key-value heads.

mod backward;
mod block;
mod forward;
mod mask;
pub(crate) mod rotation;
mod step;

pub(crate) use backward::{Kept, attend_backward};
pub(crate) use forward::attend;
pub(crate) use mask::Mask;
pub(crate) use step::attend_step;

use super::product::{ALIGNMENT_SLACK, WIDEST_PANEL};
use crate::scalar::Float;

/// How many queries, and keys, a block of scores has at most: a multiple of every panel.
const BLOCK: usize = 64;

/// The sizes of an attention.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Geometry {
    /// How many positions a sample has.
    pub(crate) length: usize,
    /// How many heads of queries there are.
    pub(crate) heads: usize,
    /// How many heads of keys and values there are; it divides the heads of queries.
    pub(crate) kv_heads: usize,
    /// How many features a head has.
    pub(crate) width: usize,
    /// Whether a position sees only those up to itself.
    pub(crate) is_causal: bool,
}

impl Geometry {
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
        BLOCK * BLOCK + self.pack_len() + ALIGNMENT_SLACK
    }

    /// Values of working memory that [`attend_backward`] needs.
    pub(crate) const fn backward_scratch(&self) -> usize {
        2 * (BLOCK * BLOCK + self.pack_len()) + ALIGNMENT_SLACK
    }

    /// Values of a block of queries whose features are copied one after the other.
    const fn pack_len(&self) -> usize {
        let queries = if self.length < BLOCK { self.length } else { BLOCK };
        queries.next_multiple_of(WIDEST_PANEL) * self.width
    }

    /// What scores are multiplied with.
    fn scale<T: Float>(&self) -> T {
        T::from_f64(1.0 / Float::sqrt(self.width as f64))
    }

    /// Where the keys that a head of queries sees begin among a position's values.
    const fn keys_of(&self, head: usize) -> usize {
        self.features() + head / (self.heads / self.kv_heads) * self.width
    }

    /// Where the values that a head of queries sees begin among a position's values.
    const fn values_of(&self, head: usize) -> usize {
        self.keys_of(head) + self.kv_features()
    }
}

/// The first part of working memory that begins at a cache line.
///
/// # Safety
/// [`ALIGNMENT_SLACK`] values can be lost.
unsafe fn aligned<T>(scratch: *mut T) -> *mut T {
    // SAFETY: at most as many values are skipped as the caller can spare.
    unsafe { scratch.add(scratch.align_offset(64).min(ALIGNMENT_SLACK)) }
}
