//! Channels that have a run of values in each sample: one mean and one weight for many neighbours.

use core::ops::Range;

use crate::kernel::sweep::{Sweep, nothing, sweep, total};
use crate::scalar::Float;
use crate::simd::Vector;

/// So many values are added up before their sum goes into one of f64, and are read a second time while
/// the nearest cache still holds them.
pub(super) const BLOCK: usize = 4096;

/// StridedRuns of `len` values, `stride` apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StridedRuns {
    /// Where the first run starts.
    pub start: usize,
    /// How many values each has.
    pub len: usize,
    /// How far it is from the start of one to the next.
    pub stride: usize,
    /// How many runs there are.
    pub count: usize,
}

impl StridedRuns {
    /// Where each of them lies.
    #[inline(always)]
    pub fn ranges(self) -> impl Iterator<Item = Range<usize>> {
        (0..self.count).map(move |run| {
            let start = self.start + run * self.stride;
            start..start + self.len
        })
    }

    /// The same values in blocks of at most [`BLOCK`].
    #[inline(always)]
    pub(super) fn blocks(self) -> impl Iterator<Item = StridedRuns> {
        let at_once = (BLOCK / self.len.max(1)).max(1);
        (0..self.count).step_by(at_once).flat_map(move |run| {
            (0..self.len).step_by(BLOCK).map(move |offset| StridedRuns {
                start: self.start + run * self.stride + offset,
                len: (self.len - offset).min(BLOCK),
                stride: self.stride,
                count: (self.count - run).min(at_once),
            })
        })
    }
}

/// `y = (x - mean) * scale + shift` for all values of the runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Affine<T> {
    /// What is taken away first.
    pub mean: T,
    /// What the rest is multiplied with.
    pub scale: T,
    /// What is added.
    pub shift: T,
}

impl<T: Float> Affine<T> {
    /// Writes the runs of `output`.
    #[inline(always)]
    pub fn write<V: Vector<T>>(self, runs: StridedRuns, input: &[T], output: &mut [T]) {
        for run in runs.ranges() {
            let target = &mut output[run.clone()];
            sweep::<T, V, _, 1, 1, 0>(&self, runs.len, [&input[run]], [target], &mut nothing());
        }
    }
}

impl<T: Float> Sweep<T, 1, 1, 0> for Affine<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x]: [V; 1], _: [V; 1], []: [V; 0]) -> ([V; 1], [V; 0]) {
        let distance = x - V::splat(self.mean);
        ([distance.mul_add(V::splat(self.scale), V::splat(self.shift))], [])
    }
}

/// The sums of `d_output` and of `d_output * (input - mean)` over all values of the runs.
#[inline(always)]
pub(crate) fn gradient_sums<T: Float, V: Vector<T>>(
    runs: StridedRuns,
    mean: T,
    input: &[T],
    d_output: &[T],
) -> [f64; 2] {
    let mut all = [0.0; 2];
    for block in runs.blocks() {
        let mut sums = nothing::<T, V, 2>();
        for run in block.ranges() {
            let sources = [&input[run.clone()], &d_output[run]];
            sweep(&GradientSums(mean), block.len, sources, [], &mut sums);
        }
        for (all, sum) in all.iter_mut().zip(total::<T, V, 2>(sums)) {
            *all += sum.to_f64();
        }
    }
    all
}

struct GradientSums<T>(T);

impl<T: Float> Sweep<T, 2, 0, 2> for GradientSums<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x, d_y]: [V; 2],
        []: [V; 0],
        [sum, product]: [V; 2],
    ) -> ([V; 0], [V; 2]) {
        ([], [sum + d_y, d_y.mul_add(x - V::splat(self.0), product)])
    }
}

/// `d_x = d_y * output + (x - mean) * input + constant`: every gradient of a normalisation is of this
/// form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InputGradient<T> {
    /// The mean of the input.
    pub mean: T,
    /// The factor of the gradient of the output.
    pub output: T,
    /// The factor of the distance of the input from its mean.
    pub input: T,
    /// What is added.
    pub constant: T,
}

impl<T: Float> InputGradient<T> {
    /// Writes the runs of `d_input`.
    #[inline(always)]
    pub fn write<V: Vector<T>>(
        self,
        runs: StridedRuns,
        input: &[T],
        d_output: &[T],
        d_input: &mut [T],
    ) {
        for run in runs.ranges() {
            let sources = [&input[run.clone()], &d_output[run.clone()]];
            let targets = [&mut d_input[run]];
            sweep::<T, V, _, 2, 1, 0>(&self, runs.len, sources, targets, &mut nothing());
        }
    }
}

impl<T: Float> Sweep<T, 2, 1, 0> for InputGradient<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x, d_y]: [V; 2], _: [V; 1], []: [V; 0]) -> ([V; 1], [V; 0]) {
        let from_input =
            (x - V::splat(self.mean)).mul_add(V::splat(self.input), V::splat(self.constant));
        ([d_y.mul_add(V::splat(self.output), from_input)], [])
    }
}
