//! How much working memory a layer needs.

/// Working memory: so many values for each sample, and so many however many samples there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scratch {
    /// Values for each sample.
    pub per_sample: usize,
    /// Values needed once.
    pub fixed: usize,
}

impl Scratch {
    /// No working memory.
    pub const NONE: Scratch = Scratch { per_sample: 0, fixed: 0 };

    /// Enough for either of two layers that run one after the other.
    pub const fn or(self, other: Scratch) -> Scratch {
        Scratch {
            per_sample: larger(self.per_sample, other.per_sample),
            fixed: larger(self.fixed, other.fixed),
        }
    }

    /// Enough for both at a time.
    pub const fn and(self, other: Scratch) -> Scratch {
        Scratch { per_sample: self.per_sample + other.per_sample, fixed: self.fixed + other.fixed }
    }

    /// Values needed for that many samples.
    pub const fn values(self, samples: usize) -> usize {
        self.fixed + self.per_sample * samples
    }
}

const fn larger(left: usize, right: usize) -> usize {
    if left > right { left } else { right }
}
