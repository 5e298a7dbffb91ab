//! What repays it is split over the threads of the `rayon` pool that the caller is in.

use core::any::Any;
use core::cell::{Cell, RefCell};
use std::thread_local;

use crate::buffer::Buffer;
use crate::scalar::Float;

/// Multiply-adds that repay one more thread: to wake one takes about as long as a tenth of them.
pub(crate) const REPAID: usize = 1 << 21;

/// Values of a pass over memory that repay one more thread, by the same measure.
const REPAID_BY_A_SWEEP: usize = 1 << 16;

thread_local! {
    /// Whether this thread computes one of several parts, which is not split again.
    static IS_IN_A_PART: Cell<bool> = const { Cell::new(false) };
    /// Working memory of parts whose caller has memory for one only.
    static SCRATCH: RefCell<(Buffer<f32>, Buffer<f64>)> = RefCell::default();
}

/// Into how many parts, `most` at most, something of so many multiply-adds is split.
pub(crate) fn parts(multiply_adds: usize, most: usize) -> usize {
    let repaid = (multiply_adds / REPAID).min(most);
    if repaid > 1 { among(repaid) } else { 1 }
}

/// Into how many parts a pass over so many values is split that computes a few numbers for each: the memory they come from is
/// the limit.
pub(crate) fn parts_of_a_sweep(values: usize) -> usize {
    let repaid = values / REPAID_BY_A_SWEEP;
    if repaid > 1 { among(repaid) } else { 1 }
}

/// As many as there are threads, and `most` at most; one where a part is computed already.
pub(crate) fn among(most: usize) -> usize {
    if IS_IN_A_PART.get() { 1 } else { rayon::current_num_threads().min(most) }
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

/// Does something with so many values of working memory that this thread keeps.
pub(crate) fn with_scratch<T: Float>(len: usize, work: impl FnOnce(&mut [T])) {
    // Taken away, so that what runs here while the work waits for another thread takes none of it.
    let mut buffers = SCRATCH.take();
    let each: [&mut dyn Any; 2] = [&mut buffers.0, &mut buffers.1];
    let buffer = each.into_iter().find_map(|buffer| buffer.downcast_mut::<Buffer<T>>());
    work(buffer.expect("numbers are f32 or f64").at_least(len));
    SCRATCH.set(buffers);
}

fn run_once(work: &mut Option<impl FnOnce()>) {
    let Some(work) = work.take() else { return };
    let was_in_a_part = IS_IN_A_PART.replace(true);
    work();
    IS_IN_A_PART.set(was_in_a_part);
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

    #[test]
    fn a_part_is_not_split_again() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        pool.install(|| {
            let counted = || [parts(2 * REPAID - 1, 9), parts(2 * REPAID, 9), parts(9 * REPAID, 9)];
            assert_eq!(counted(), [1, 2, 3]);
            assert_eq!(parts(9 * REPAID, 2), 2);
            let of_sweeps =
                [2, 3, 9].map(|threads| parts_of_a_sweep(threads * REPAID_BY_A_SWEEP - 1));
            assert_eq!(of_sweeps, [1, 2, 3]);
            let (mut front, mut behind) = ([0; 3], [0; 3]);
            join(|| front = counted(), || behind = counted());
            assert_eq!([front, behind], [[1; 3]; 2]);
            assert_eq!(counted(), [1, 2, 3]);
        });
    }

    #[test]
    fn working_memory_is_kept_for_each_type() {
        with_scratch::<f32>(5, |values| values.fill(1.0));
        with_scratch::<f64>(3, |values| assert_eq!(values.len(), 3));
        with_scratch::<f32>(4, |values| {
            assert_eq!(values, [1.0; 4]);
            // It is taken.
            with_scratch::<f32>(2, |others| assert_eq!(others, [0.0; 2]));
        });
    }
}
