//! The numeric work of a rectifier whose slopes below zero are learned.

use super::sweep::{Sweep, nothing, sweep, total};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// So many values are added up before their sum goes into one of f64.
const BLOCK: usize = 4096;

/// `y = x` above zero and `y = slope * x` below.
pub(crate) struct Rectify<'a, T> {
    /// The first for a run of values, the next for the next run, and so on; then again from the first.
    pub slopes: &'a [T],
    /// How many values a run has.
    pub run: usize,
    pub input: &'a [T],
    pub output: &'a mut [T],
}

/// Adds the gradient of the slopes of [`Rectify`] and writes that of the input, each where it is wanted.
pub(crate) struct RectifyBackward<'a, T> {
    pub slopes: &'a [T],
    pub run: usize,
    pub input: &'a [T],
    pub d_output: &'a [T],
    pub d_slopes: Option<&'a mut [T]>,
    pub d_input: Option<&'a mut [T]>,
}

compiled_here!(Rectify<'a, T>, RectifyBackward<'a, T>);

/// How the values of a batch have their slopes.
enum Layout {
    /// All have one slope.
    One,
    /// Each value of a sample has its own.
    Each,
    /// Runs of so many have one.
    Runs(usize),
}

impl Layout {
    fn of(slopes: usize, run: usize) -> Self {
        match (slopes, run) {
            (1, _) => Layout::One,
            (_, 1) => Layout::Each,
            _ => Layout::Runs(run),
        }
    }
}

impl<T: Float> Kernel for Rectify<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { slopes, run, input, output } = self;
        assert!(input.len() == output.len());
        match Layout::of(slopes.len(), run) {
            Layout::One => write::<T, T::Vector<I>>(slopes[0], input, output),
            Layout::Each => {
                let samples =
                    input.chunks_exact(slopes.len()).zip(output.chunks_exact_mut(slopes.len()));
                for (x, y) in samples {
                    let none = &mut nothing();
                    sweep::<T, T::Vector<I>, _, 2, 1, 0>(&Each, x.len(), [x, slopes], [y], none);
                }
            }
            Layout::Runs(run) => {
                let runs = input.chunks_exact(run).zip(output.chunks_exact_mut(run));
                for ((x, y), &slope) in runs.zip(slopes.iter().cycle()) {
                    write::<T, T::Vector<I>>(slope, x, y);
                }
            }
        }
    }
}

#[inline(always)]
fn write<T: Float, V: Vector<T>>(slope: T, input: &[T], output: &mut [T]) {
    sweep::<T, V, _, 1, 1, 0>(&One(slope), input.len(), [input], [output], &mut nothing());
}

impl<T: Float> Kernel for RectifyBackward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { slopes, run, input, d_output, mut d_slopes, mut d_input } = self;
        assert!(d_slopes.as_ref().is_none_or(|d_slopes| d_slopes.len() == slopes.len()));
        assert!(d_output.len() == input.len());
        match Layout::of(slopes.len(), run) {
            Layout::One => {
                let d_slope = backward::<T, T::Vector<I>>(slopes[0], input, d_output, d_input);
                if let Some(d_slopes) = d_slopes {
                    d_slopes[0] += d_slope;
                }
            }
            Layout::Each => {
                let len = slopes.len();
                let samples = input.chunks_exact(len).zip(d_output.chunks_exact(len));
                for (index, (x, d_y)) in samples.enumerate() {
                    let (sources, none) = ([x, slopes, d_y], &mut nothing());
                    let d_x = d_input.as_mut().map(|d_input| &mut d_input[index * len..][..len]);
                    match (d_slopes.as_deref_mut(), d_x) {
                        (Some(d_slopes), Some(d_x)) => {
                            let targets = [d_slopes, d_x];
                            sweep::<T, T::Vector<I>, _, 3, 2, 0>(
                                &Each, len, sources, targets, none,
                            );
                        }
                        (Some(d_slopes), None) => {
                            sweep::<T, T::Vector<I>, _, 3, 1, 0>(
                                &Each,
                                len,
                                sources,
                                [d_slopes],
                                none,
                            );
                        }
                        (None, Some(d_x)) => {
                            sweep::<T, T::Vector<I>, _, 3, 1, 0>(
                                &EachInput,
                                len,
                                sources,
                                [d_x],
                                none,
                            );
                        }
                        (None, None) => {}
                    }
                }
            }
            Layout::Runs(run) => {
                let runs = input.chunks_exact(run).zip(d_output.chunks_exact(run));
                for (index, (x, d_y)) in runs.enumerate() {
                    let channel = index % slopes.len();
                    let d_x = d_input.as_mut().map(|d_input| &mut d_input[index * run..][..run]);
                    let d_slope = backward::<T, T::Vector<I>>(slopes[channel], x, d_y, d_x);
                    if let Some(d_slopes) = &mut d_slopes {
                        d_slopes[channel] += d_slope;
                    }
                }
            }
        }
    }
}

/// The gradient of one slope; writes that of the input.
#[inline(always)]
fn backward<T: Float, V: Vector<T>>(
    slope: T,
    input: &[T],
    d_output: &[T],
    mut d_input: Option<&mut [T]>,
) -> T {
    let mut all = 0.0;
    for (index, (x, d_y)) in input.chunks(BLOCK).zip(d_output.chunks(BLOCK)).enumerate() {
        let (len, sources) = (x.len(), [x, d_y]);
        let mut sums = nothing::<T, V, 1>();
        match &mut d_input {
            Some(d_input) => {
                let d_x = &mut d_input[index * BLOCK..][..len];
                sweep::<T, V, _, 2, 1, 1>(&One(slope), len, sources, [d_x], &mut sums);
            }
            None => sweep::<T, V, _, 2, 0, 1>(&One(slope), len, sources, [], &mut sums),
        }
        let [sum] = total::<T, V, 1>(sums);
        all += sum.to_f64();
    }
    T::from_f64(all)
}

/// One slope.
struct One<T>(T);

impl<T: Float> Sweep<T, 1, 1, 0> for One<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x]: [V; 1], _: [V; 1], []: [V; 0]) -> ([V; 1], [V; 0]) {
        ([x.greater_than_zero_or(x, x * V::splat(self.0))], [])
    }
}

impl<T: Float> Sweep<T, 2, 1, 1> for One<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x, d_y]: [V; 2], _: [V; 1], [sum]: [V; 1]) -> ([V; 1], [V; 1]) {
        let d_x = x.greater_than_zero_or(d_y, d_y * V::splat(self.0));
        ([d_x], [sum + x.greater_than_zero_or(V::zero(), x * d_y)])
    }
}

impl<T: Float> Sweep<T, 2, 0, 1> for One<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x, d_y]: [V; 2], []: [V; 0], [sum]: [V; 1]) -> ([V; 0], [V; 1]) {
        ([], [sum + x.greater_than_zero_or(V::zero(), x * d_y)])
    }
}

/// A slope for each value.
struct Each;

impl<T: Float> Sweep<T, 2, 1, 0> for Each {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x, slope]: [V; 2], _: [V; 1], []: [V; 0]) -> ([V; 1], [V; 0]) {
        ([x.greater_than_zero_or(x, x * slope)], [])
    }
}

impl<T: Float> Sweep<T, 3, 2, 0> for Each {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x, slope, d_y]: [V; 3],
        [d_slope, _]: [V; 2],
        []: [V; 0],
    ) -> ([V; 2], [V; 0]) {
        let d_x = x.greater_than_zero_or(d_y, d_y * slope);
        ([d_slope + x.greater_than_zero_or(V::zero(), x * d_y), d_x], [])
    }
}

impl<T: Float> Sweep<T, 3, 1, 0> for Each {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x, _, d_y]: [V; 3],
        [d_slope]: [V; 1],
        []: [V; 0],
    ) -> ([V; 1], [V; 0]) {
        ([d_slope + x.greater_than_zero_or(V::zero(), x * d_y)], [])
    }
}

/// The gradient of the input alone, with a slope for each value.
struct EachInput;

impl<T: Float> Sweep<T, 3, 1, 0> for EachInput {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x, slope, d_y]: [V; 3],
        _: [V; 1],
        []: [V; 0],
    ) -> ([V; 1], [V; 0]) {
        ([x.greater_than_zero_or(d_y, d_y * slope)], [])
    }
}
