//! Batches that repay it are split over threads, each of which runs a pass over some of the samples.
//!
//! They are those of the `rayon` pool that the caller is in: the global one, whose size
//! `RAYON_NUM_THREADS` sets, or one that the caller has installed. What is summed over the samples, the gradient, is summed for
//! each part and then over the parts in their order, so that a number of threads always gives the same values. In training a
//! network with running statistics, or one that needs several samples, is not split: it learns from the batch as a whole.

use super::{Network, multiply_adds};
use crate::threads::{self, REPAID};
pub(crate) use crate::threads::{Halves, Split, join, share_of};

/// Into how many parts a pass over so many samples is split.
#[inline]
pub(crate) fn parts<N: Network>(samples: usize) -> usize {
    let repaid = repaid::<N>(samples);
    if repaid > 1 { threads::among(repaid.min(samples)) } else { 1 }
}

/// How many threads so many samples repay.
pub(crate) const fn repaid<N: Network>(samples: usize) -> usize {
    const { multiply_adds(N::STAGES) }.saturating_mul(samples) / REPAID
}
