//! How much working memory a layer needs.

use crate::capacity::{product, sum};

const WHAT: &str = "working memory";

/// Working memory: so many values for each sample, and so many however many samples there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scratch {
    /// Values for each sample.
    pub per_sample: usize,
    /// Values needed once.
    pub fixed: usize,
    /// Values needed once besides where there is more than one sample, such as weights that are copied
    /// into another order, which only a batch repays.
    pub batch: usize,
}

impl Scratch {
    /// No working memory.
    pub const NONE: Scratch = Scratch { per_sample: 0, fixed: 0, batch: 0 };

    /// So many values for each sample.
    pub const fn per_sample(values: usize) -> Scratch {
        Scratch { per_sample: values, ..Scratch::NONE }
    }

    /// Enough for either of two layers that run one after the other.
    pub const fn or(self, other: Scratch) -> Scratch {
        Scratch {
            per_sample: larger(self.per_sample, other.per_sample),
            fixed: larger(self.fixed, other.fixed),
            batch: larger(self.batch, other.batch),
        }
    }

    /// Enough for both at a time.
    #[track_caller]
    pub const fn and(self, other: Scratch) -> Scratch {
        Scratch {
            per_sample: sum(self.per_sample, other.per_sample, WHAT),
            fixed: sum(self.fixed, other.fixed, WHAT),
            batch: sum(self.batch, other.batch, WHAT),
        }
    }

    /// Values needed for that many samples.
    ///
    /// # Panics
    /// If there are more than a number can tell.
    #[track_caller]
    pub const fn values(self, samples: usize) -> usize {
        let once = if samples > 1 { sum(self.fixed, self.batch, WHAT) } else { self.fixed };
        sum(once, product(samples, self.per_sample, WHAT), WHAT)
    }

    /// Whether so much memory is enough for that many samples.
    pub(crate) const fn fits(self, samples: usize, values: usize) -> bool {
        let once = self.fixed.saturating_add(if samples > 1 { self.batch } else { 0 });
        once.saturating_add(samples.saturating_mul(self.per_sample)) <= values
    }

    /// How many samples, of at most so many, can run at a time in `values` of working memory.
    pub const fn samples(self, values: usize, most: usize) -> usize {
        let values = values.saturating_sub(self.fixed).saturating_sub(self.batch);
        match values.checked_div(self.per_sample) {
            Some(samples) if samples < most => samples,
            _ => most,
        }
    }
}

/// How many values a tape has of so many samples.
///
/// # Panics
/// If there are more than a number can tell.
#[track_caller]
pub(crate) const fn tape_values(samples: usize, per_sample: usize, per_batch: usize) -> usize {
    sum(product(samples, per_sample, "a tape"), per_batch, "a tape")
}

/// The larger of two sizes.
pub(crate) const fn larger(left: usize, right: usize) -> usize {
    if left > right { left } else { right }
}
