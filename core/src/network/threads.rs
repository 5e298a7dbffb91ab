//! Batches that repay it are split over threads, each of which runs a pass over some of the samples.
//!
//! They are those of the `rayon` pool that the caller is in: the global one, whose size
//! `RAYON_NUM_THREADS` sets, or one that the caller has installed. What is summed over the samples, the gradient, is summed for
//! each part and then over the parts in their order, so that a number of threads always gives the same values. In training a
//! network with running statistics, or one that needs several samples, is not split: it learns from the batch as a whole.

use super::{Network, multiply_adds};

/// Multiply-adds of a forward pass that repay one more thread: to wake one takes about as long as a tenth of them.
const REPAID: usize = 1 << 21;

/// Into how many parts a pass over so many samples is split.
#[inline]
pub(crate) fn parts<N: Network>(samples: usize) -> usize {
    let repaid = repaid::<N>(samples);
    if repaid > 1 { among_threads(repaid.min(samples)) } else { 1 }
}

/// How many threads so many samples repay.
pub(crate) const fn repaid<N: Network>(samples: usize) -> usize {
    const { multiply_adds(N::STAGES) }.saturating_mul(samples) / REPAID
}

fn among_threads(most: usize) -> usize {
    rayon::current_num_threads().min(most)
}

/// How many of some samples, or of what else is split into parts as equal as can be, belong to the first parts.
pub(crate) fn share_of(first: usize, parts: usize, samples: usize) -> usize {
    first * (samples / parts) + first.min(samples % parts)
}

/// How parts of samples, which are several, are split in two.
pub(crate) struct Halves {
    /// How many parts each half has.
    pub(crate) parts: [usize; 2],
    /// How many samples.
    pub(crate) samples: [usize; 2],
}

impl Halves {
    pub(crate) fn of(parts: usize, samples: usize) -> Self {
        let half = parts / 2;
        let front = share_of(half, parts, samples);
        Halves { parts: [half, parts - half], samples: [front, samples - front] }
    }

    /// Those of values of which each sample has as many.
    pub(crate) fn samples<V: Split>(&self, values: V) -> [V; 2] {
        let [front, behind] = self.samples;
        let of_each = values.len() / (front + behind);
        values.split(of_each * front)
    }

    /// Those of memory of which each part has as much.
    pub(crate) fn parts<V: Split>(&self, memory: V) -> [V; 2] {
        let [front, behind] = self.parts;
        let of_each = memory.len() / (front + behind);
        memory.split(of_each * front)
    }
}

/// What can be split in two.
pub(crate) trait Split: Sized {
    /// Nothing.
    const EMPTY: Self;

    fn len(&self) -> usize;

    fn split(self, front: usize) -> [Self; 2];
}

impl<T> Split for &[T] {
    const EMPTY: Self = &[];

    fn len(&self) -> usize {
        (**self).len()
    }

    fn split(self, front: usize) -> [Self; 2] {
        self.split_at(front).into()
    }
}

impl<T> Split for &mut [T] {
    const EMPTY: Self = [].as_mut_slice();

    fn len(&self) -> usize {
        (**self).len()
    }

    fn split(self, front: usize) -> [Self; 2] {
        self.split_at_mut(front).into()
    }
}

/// Each half of what is not there is not there.
impl<V: Split> Split for Option<V> {
    const EMPTY: Self = None;

    fn len(&self) -> usize {
        self.as_ref().map_or(0, V::len)
    }

    fn split(self, front: usize) -> [Self; 2] {
        self.map_or([None, None], |values| values.split(front).map(Some))
    }
}

/// Runs both, side by side where a thread is free. What `rayon` does for that is compiled once and not for each network.
pub(crate) fn join(front: impl FnOnce() + Send, behind: impl FnOnce() + Send) {
    let (mut front, mut behind) = (Some(front), Some(behind));
    join_once(&mut || run_once(&mut front), &mut || run_once(&mut behind));
}

fn run_once(work: &mut Option<impl FnOnce()>) {
    if let Some(work) = work.take() {
        work();
    }
}

fn join_once(front: &mut (dyn FnMut() + Send), behind: &mut (dyn FnMut() + Send)) {
    rayon::join(front, behind);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_as_equal_as_can_be() {
        for (parts, samples) in [(1, 0), (1, 7), (3, 7), (3, 9), (4, 4), (7, 100)] {
            let sizes = (0..parts)
                .map(|part| share_of(part + 1, parts, samples) - share_of(part, parts, samples));
            assert_eq!(sizes.clone().sum::<usize>(), samples);
            assert!(sizes.clone().max().unwrap() - sizes.min().unwrap() <= 1);
            // However they are split further, no part has more.
            let (half, most) = (parts / 2, samples.div_ceil(parts));
            let front = share_of(half, parts, samples);
            assert!(half == 0 || front.div_ceil(half) <= most);
            assert!((samples - front).div_ceil(parts - half) <= most);
        }
    }
}
