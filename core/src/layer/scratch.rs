//! How much working memory a layer needs.

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
    pub const fn and(self, other: Scratch) -> Scratch {
        Scratch {
            per_sample: self.per_sample + other.per_sample,
            fixed: self.fixed + other.fixed,
            batch: self.batch + other.batch,
        }
    }

    /// Values needed for that many samples.
    pub const fn values(self, samples: usize) -> usize {
        self.fixed + if samples > 1 { self.batch } else { 0 } + self.per_sample * samples
    }

    /// How many samples, of at most so many, can run at a time in `values` of working memory.
    pub const fn samples(self, values: usize, most: usize) -> usize {
        let values = values.saturating_sub(self.fixed + self.batch);
        match values.checked_div(self.per_sample) {
            Some(samples) if samples < most => samples,
            _ => most,
        }
    }
}

/// The larger of two sizes.
pub(crate) const fn larger(left: usize, right: usize) -> usize {
    if left > right { left } else { right }
}
