//! How much memory a layer needs, and how that memory is cut into parts.

use crate::capacity::{product, sum};

const WHAT: &str = "working memory";

/// The size of a run of values: so many for each sample, and so many however many samples there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferSize {
    /// Values for each sample.
    pub per_sample: usize,
    /// Values needed once.
    pub fixed: usize,
    /// Values needed once besides where there is more than one sample, such as weights that are copied
    /// into another order, which only a batch repays.
    pub batch: usize,
}

impl BufferSize {
    /// No values.
    pub const NONE: BufferSize = BufferSize { per_sample: 0, fixed: 0, batch: 0 };

    /// So many values for each sample.
    pub const fn per_sample(values: usize) -> BufferSize {
        BufferSize { per_sample: values, ..BufferSize::NONE }
    }

    /// So many values, however many samples there are.
    pub const fn fixed(values: usize) -> BufferSize {
        BufferSize { fixed: values, ..BufferSize::NONE }
    }

    /// Enough for either of two layers that run one after the other.
    pub const fn or(self, other: BufferSize) -> BufferSize {
        BufferSize {
            per_sample: larger(self.per_sample, other.per_sample),
            fixed: larger(self.fixed, other.fixed),
            batch: larger(self.batch, other.batch),
        }
    }

    /// Enough for both at a time.
    #[inline(always)]
    #[track_caller]
    pub const fn and(self, other: BufferSize) -> BufferSize {
        BufferSize {
            per_sample: sum(self.per_sample, other.per_sample, WHAT),
            fixed: sum(self.fixed, other.fixed, WHAT),
            batch: sum(self.batch, other.batch, WHAT),
        }
    }

    /// Enough for so many of it at a time.
    #[track_caller]
    pub const fn times(self, count: usize) -> BufferSize {
        BufferSize {
            per_sample: product(count, self.per_sample, WHAT),
            fixed: product(count, self.fixed, WHAT),
            batch: product(count, self.batch, WHAT),
        }
    }

    /// Where each sample is so many to a layer inside, which is run once over all of them.
    #[track_caller]
    pub const fn of_steps(self, steps: usize) -> BufferSize {
        let BufferSize { per_sample, fixed, batch } = self;
        let per_sample = product(steps, per_sample, WHAT);
        match steps {
            0 | 1 => BufferSize { per_sample, fixed, batch },
            _ => BufferSize { per_sample, fixed: sum(fixed, batch, WHAT), batch: 0 },
        }
    }

    /// Values needed for that many samples.
    ///
    /// # Panics
    /// If there are more than a number can tell.
    #[inline(always)]
    #[track_caller]
    pub const fn values(self, samples: usize) -> usize {
        let once = if samples > 1 { sum(self.fixed, self.batch, WHAT) } else { self.fixed };
        sum(once, product(samples, self.per_sample, WHAT), WHAT)
    }

    /// As [`values`](BufferSize::values), of a tape.
    #[inline(always)]
    #[track_caller]
    pub(crate) const fn kept(self, samples: usize) -> usize {
        sum(product(samples, self.per_sample, "a tape"), self.fixed, "a tape")
    }

    /// Whether so many values are enough for that many samples.
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

/// A run of values that is cut into `N` parts, one behind the other: how large it is and where its parts lie are
/// said once.
///
/// ```
/// use static_net::layer::{BufferSize, BufferLayout};
///
/// // A mean for each sample, and three sums of the batch.
/// const LAYOUT: BufferLayout<2> = BufferLayout::new([BufferSize::per_sample(1), BufferSize::fixed(3)]);
///
/// let mut memory = vec![0.0; LAYOUT.size().values(5)];
/// let ([means, sums], rest) = LAYOUT.split_mut(&mut memory, 5);
/// assert_eq!((means.len(), sums.len(), rest.len()), (5, 3, 0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferLayout<const N: usize> {
    parts: [BufferSize; N],
}

impl<const N: usize> BufferLayout<N> {
    /// Parts of these sizes.
    pub const fn new(parts: [BufferSize; N]) -> Self {
        BufferLayout { parts }
    }

    /// How large all parts are together.
    #[inline(always)]
    pub const fn size(&self) -> BufferSize {
        let mut size = BufferSize::NONE;
        let mut part = 0;
        while part < N {
            size = size.and(self.parts[part]);
            part += 1;
        }
        size
    }

    /// The parts for so many samples, and what is behind them.
    ///
    /// # Panics
    /// If there are fewer values than [`size`](BufferLayout::size) says.
    #[inline(always)]
    pub fn split<'a, T>(&self, mut values: &'a [T], samples: usize) -> ([&'a [T]; N], &'a [T]) {
        let mut parts: [&[T]; N] = [&[]; N];
        for (part, size) in parts.iter_mut().zip(self.parts) {
            (*part, values) = values.split_at(size.values(samples));
        }
        (parts, values)
    }

    /// As [`split`](BufferLayout::split), to be changed.
    ///
    /// # Panics
    /// If there are fewer values than [`size`](BufferLayout::size) says.
    #[inline(always)]
    pub fn split_mut<'a, T>(
        &self,
        mut values: &'a mut [T],
        samples: usize,
    ) -> ([&'a mut [T]; N], &'a mut [T]) {
        let mut parts = [const { [].as_mut_slice() }; N];
        for (part, size) in parts.iter_mut().zip(self.parts) {
            (*part, values) = values.split_at_mut(size.values(samples));
        }
        (parts, values)
    }
}

/// The larger of two sizes.
pub(crate) const fn larger(left: usize, right: usize) -> usize {
    if left > right { left } else { right }
}
