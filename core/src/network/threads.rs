//! Batches that repay it are split over threads, each of which runs a pass over some of the samples.
//!
//! They are those of the `rayon` pool that the caller is in: the global one, whose size
//! `RAYON_NUM_THREADS` sets, or one that the caller has installed. What is summed over the samples, the gradient, is summed for
//! each part and then over the parts in their order, so that a number of threads always gives the same values. In training a
//! network with running statistics, or one that needs several samples, is not split: it learns from the batch as a whole.

use core::ops::Range;

use super::{Network, multiply_adds};

/// Multiply-adds of a forward pass that repay one more thread: to wake one takes about as long as a tenth of them.
const REPAID: usize = 1 << 21;

/// Into how many parts a pass over so many samples is split.
#[inline]
pub(crate) fn parts<N: Network>(samples: usize) -> usize {
    let repaid = const { multiply_adds(N::STAGES) }.saturating_mul(samples) / REPAID;
    if repaid > 1 { among_threads(repaid.min(samples)) } else { 1 }
}

fn among_threads(most: usize) -> usize {
    rayon::current_num_threads().min(most)
}

/// Which of so many samples are those of a part.
pub(crate) fn samples_of(part: usize, parts: usize, samples: usize) -> Range<usize> {
    let (each, more) = (samples / parts, samples % parts);
    let start = part * each + part.min(more);
    start..start + each + usize::from(part < more)
}

/// Runs something over each of some parts.
pub(crate) fn each<P: Send>(parts: &mut [P], run: &(impl Fn(&mut P) + Sync)) {
    match parts {
        [] => {}
        [part] => run(part),
        parts => {
            let (front, back) = parts.split_at_mut(parts.len() / 2);
            rayon::join(|| each(front, run), || each(back, run));
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn parts_are_all_samples_in_order() {
        for (parts, samples) in [(1, 0), (1, 7), (3, 7), (3, 9), (4, 4), (7, 100)] {
            let ranges: Vec<_> = (0..parts).map(|part| samples_of(part, parts, samples)).collect();
            assert_eq!(
                ranges.iter().flat_map(Clone::clone).collect::<Vec<_>>(),
                Vec::from_iter(0..samples)
            );
            let sizes = ranges.iter().map(ExactSizeIterator::len);
            assert!(sizes.clone().max().unwrap() - sizes.min().unwrap() <= 1);
        }
    }

    #[test]
    fn each_part_is_run_once() {
        let mut parts: Vec<_> = (0..11).collect();
        each(&mut parts, &|part| *part += 100);
        assert_eq!(parts, Vec::from_iter(100..111));
    }
}
