//! Mean and variance.

use super::runs::StridedRuns;
use crate::kernel::sweep::{Sweep, nothing, sweep, total};
use crate::scalar::Float;
use crate::simd::Vector;

/// The mean of values and how far they are from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moments {
    /// How many values there are.
    pub count: f64,
    /// Their mean.
    pub mean: f64,
    /// The sum of the squares of their distances from the mean.
    pub squares: f64,
}

impl Moments {
    /// Of no values.
    pub const NONE: Moments = Moments { count: 0.0, mean: 0.0, squares: 0.0 };

    /// Of values of which is known how far they are from a `pivot` near their mean: the sum of the distances
    /// and of their squares. The first corrects what rounding did to the mean (Chan, Golub and LeVeque 1983,
    /// the corrected two-pass algorithm).
    #[inline(always)]
    pub fn around(pivot: f64, count: usize, distances: f64, squares: f64) -> Self {
        let count = count as f64;
        let off = distances / count;
        let squares = squares - distances * off;
        // Rounding may leave a little less than nothing; a NaN stays.
        Moments { count, mean: pivot + off, squares: if squares < 0.0 { 0.0 } else { squares } }
    }

    /// Of all values of both (Chan, Golub and LeVeque 1983).
    #[inline(always)]
    pub fn and(self, other: Moments) -> Self {
        let count = self.count + other.count;
        if count == 0.0 {
            return self;
        }
        let apart = other.mean - self.mean;
        let share = other.count / count;
        Moments {
            count,
            mean: self.mean + apart * share,
            squares: self.squares + other.squares + apart * apart * self.count * share,
        }
    }

    /// The mean of the squared distances.
    #[inline(always)]
    pub fn variance(self) -> f64 {
        self.squares / self.count
    }

    /// An estimate without bias for what the values are a sample of.
    #[inline(always)]
    pub fn unbiased_variance(self) -> f64 {
        self.squares / (self.count - 1.0).max(1.0)
    }
}

/// The moments of all values of the runs.
#[inline(always)]
pub(crate) fn of_runs<T: Float, V: Vector<T>>(values: &[T], runs: StridedRuns) -> Moments {
    let mut moments = Moments::NONE;
    for block in runs.blocks() {
        let count = block.len * block.count;
        let mut sums = nothing::<T, V, 1>();
        for run in block.ranges() {
            sweep(&Sum, block.len, [&values[run]], [], &mut sums);
        }
        let [sum] = total::<T, V, 1>(sums);
        let pivot = sum / T::from_usize(count);
        let mut sums = nothing::<T, V, 2>();
        for run in block.ranges() {
            sweep(&Distances(pivot), block.len, [&values[run]], [], &mut sums);
        }
        let [distances, squares] = total::<T, V, 2>(sums);
        let block = Moments::around(pivot.to_f64(), count, distances.to_f64(), squares.to_f64());
        moments = moments.and(block);
    }
    moments
}

/// The values themselves.
pub(super) struct Sum;

impl<T: Float> Sweep<T, 1, 0, 1> for Sum {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x]: [V; 1], []: [V; 0], [sum]: [V; 1]) -> ([V; 0], [V; 1]) {
        ([], [sum + x])
    }
}

/// The distances from a number, and their squares.
pub(super) struct Distances<T>(pub T);

impl<T: Float> Sweep<T, 1, 0, 2> for Distances<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x]: [V; 1],
        []: [V; 0],
        [sum, squares]: [V; 2],
    ) -> ([V; 0], [V; 2]) {
        let distance = x - V::splat(self.0);
        ([], [sum + distance, distance.mul_add(distance, squares)])
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::simd::{InstructionSet, Kernel, dispatch_each};

    #[derive(Clone)]
    struct OfRuns<'a>(&'a [f32], StridedRuns);

    impl Kernel for OfRuns<'_> {
        type Output = Moments;

        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) -> Moments {
            of_runs::<f32, I::F32>(self.0, self.1)
        }
    }

    /// Values far from zero and near each other, many of them: sums of f32 would have no digit left.
    #[test]
    fn large_batches_far_from_zero() {
        let value = |index: usize| 1000.0 + ((index * 7919) % 1000) as f32 * 1e-3;
        for (len, count) in [(1, 300_000), (49, 9_000), (196, 2_000), (5_000, 70), (400_000, 1)] {
            let stride = len + 3;
            let values: Vec<f32> = (0..count * stride).map(value).collect();
            let runs = StridedRuns { start: 3, len, stride, count };
            let all: Vec<f64> = runs
                .ranges()
                .flat_map(|run| values[run].iter().map(|&value| f64::from(value)))
                .collect();
            let mean = all.iter().sum::<f64>() / all.len() as f64;
            let squares: f64 = all.iter().map(|value| (value - mean).powi(2)).sum();
            dispatch_each(OfRuns(&values, runs), |set, moments| {
                assert_eq!(moments.count, all.len() as f64);
                assert!((moments.mean - mean).abs() < 1e-6, "{set}: {moments:?}, not {mean}");
                let error = (moments.squares / squares - 1.0).abs();
                assert!(error < 1e-5, "{set}: {moments:?}, not {squares}");
            });
        }
    }

    #[test]
    fn of_nothing() {
        let runs = StridedRuns { start: 0, len: 5, stride: 5, count: 0 };
        dispatch_each(OfRuns(&[], runs), |_, moments| assert_eq!(moments, Moments::NONE));
    }
}
