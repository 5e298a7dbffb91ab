//! Rows that have a mean of their own and a weight for each value.

use super::moments::{Distances, Sum, of_runs};
use super::runs::{BLOCK, InputGradient, StridedRuns, gradient_sums};
use crate::kernel::sweep::{Sweep, nothing, sweep, total};
use crate::scalar::Float;
use crate::simd::Vector;

/// What a row is normalised by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure<T> {
    /// What is taken away from each value.
    pub mean: T,
    /// What the rest is multiplied with: one over the standard deviation.
    pub scale: T,
}

/// Mean and variance of a row.
#[inline(always)]
pub(crate) fn moments<T: Float, V: Vector<T>>(row: &[T]) -> (T, T) {
    if row.len() <= BLOCK {
        short_moments::<T, V>(row)
    } else {
        let moments = of_runs::<T, V>(row, whole(row.len()));
        (T::from_f64(moments.mean), T::from_f64(moments.variance()))
    }
}

/// Mean and variance of a row that needs no sums of f64: as for [`of_runs`], without the conversions, which
/// would take longer than a short row does.
#[inline(always)]
fn short_moments<T: Float, V: Vector<T>>(row: &[T]) -> (T, T) {
    let share = T::ONE / T::from_usize(row.len());
    let mut sums = nothing::<T, V, 1>();
    sweep(&Sum, row.len(), [row], [], &mut sums);
    let pivot = total::<T, V, 1>(sums)[0] * share;
    let mut sums = nothing::<T, V, 2>();
    sweep(&Distances(pivot), row.len(), [row], [], &mut sums);
    let [distances, squares] = total::<T, V, 2>(sums);
    let off = distances * share;
    let variance = (squares - distances * off) * share;
    // Rounding may leave a little less than nothing; a NaN stays.
    (pivot + off, if variance < T::ZERO { T::ZERO } else { variance })
}

/// The sum of the squares of a row.
#[inline(always)]
pub(crate) fn sum_of_squares<T: Float, V: Vector<T>>(row: &[T]) -> f64 {
    let mut squares = 0.0;
    for block in row.chunks(BLOCK) {
        let mut sums = nothing::<T, V, 1>();
        sweep(&Squares, block.len(), [block], [], &mut sums);
        let [sum] = total::<T, V, 1>(sums);
        squares += sum.to_f64();
    }
    squares
}

/// A row as one run.
fn whole(len: usize) -> StridedRuns {
    StridedRuns { start: 0, len, stride: len, count: 1 }
}

struct Squares;

impl<T: Float> Sweep<T, 1, 0, 1> for Squares {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x]: [V; 1], []: [V; 0], [sum]: [V; 1]) -> ([V; 0], [V; 1]) {
        ([], [x.mul_add(x, sum)])
    }
}

impl<T: Float> Measure<T> {
    /// From mean and variance.
    #[inline(always)]
    pub fn of((mean, variance): (T, T), eps: f64) -> Self {
        Measure { mean, scale: T::ONE / (variance + T::from_f64(eps)).sqrt() }
    }

    /// `y = (x - mean) * scale * weight + bias`.
    #[inline(always)]
    pub fn write<V: Vector<T>>(self, input: &[T], weight: &[T], bias: &[T], output: &mut [T]) {
        let sources = [input, weight, bias];
        sweep::<T, V, _, 3, 1, 0>(&self, input.len(), sources, [output], &mut nothing());
    }

    /// `y = (x - mean) * scale * weight`.
    #[inline(always)]
    pub fn write_without_bias<V: Vector<T>>(self, input: &[T], weight: &[T], output: &mut [T]) {
        let (function, sources) = (WithoutBias(self), [input, weight]);
        sweep::<T, V, _, 2, 1, 0>(&function, input.len(), sources, [output], &mut nothing());
    }

    /// `y = x * scale * weight`, where the mean is zero, or without a weight.
    #[inline(always)]
    pub fn write_scaled<V: Vector<T>>(self, input: &[T], weight: Option<&[T]>, output: &mut [T]) {
        let (len, targets, none) = (input.len(), [output], &mut nothing());
        match weight {
            Some(weight) => sweep::<T, V, _, 2, 1, 0>(&self, len, [input, weight], targets, none),
            None => sweep::<T, V, _, 1, 1, 0>(&self, len, [input], targets, none),
        }
    }

    /// Adds the gradients of weight and bias and writes that of the input, each where it is wanted.
    #[inline(always)]
    pub fn backward<V: Vector<T>>(
        self,
        [input, weight, d_output]: [&[T]; 3],
        gradients: Option<[&mut [T]; 2]>,
        d_input: Option<&mut [T]>,
    ) {
        let len = input.len();
        let mut sums = nothing::<T, V, 2>();
        let sources = [input, weight, d_output];
        match gradients {
            Some(gradients) => sweep(&Centered(self), len, sources, gradients, &mut sums),
            None => sweep(&Centered(self), len, sources, [], &mut sums),
        }
        if let Some(d_input) = d_input {
            let gradient = RowGradient::centered(self, len, total::<T, V, 2>(sums));
            sweep::<T, V, _, 3, 1, 0>(&gradient, len, sources, [d_input], &mut nothing());
        }
    }

    /// As [`backward`](Measure::backward) without a bias.
    #[inline(always)]
    pub fn backward_without_bias<V: Vector<T>>(
        self,
        sources: [&[T]; 3],
        d_weight: &mut [T],
        d_input: Option<&mut [T]>,
    ) {
        let len = sources[0].len();
        let mut sums = nothing::<T, V, 2>();
        sweep(&WithoutBias(self), len, sources, [d_weight], &mut sums);
        if let Some(d_input) = d_input {
            let gradient = RowGradient::centered(self, len, total::<T, V, 2>(sums));
            sweep::<T, V, _, 3, 1, 0>(&gradient, len, sources, [d_input], &mut nothing());
        }
    }

    /// As [`backward`](Measure::backward), where the mean is zero by definition and there is no bias.
    #[inline(always)]
    pub fn backward_scaled<V: Vector<T>>(
        self,
        [input, weight, d_output]: [&[T]; 3],
        d_weight: Option<&mut [T]>,
        d_input: Option<&mut [T]>,
    ) {
        let len = input.len();
        let mut sums = nothing::<T, V, 1>();
        let sources = [input, weight, d_output];
        match d_weight {
            Some(d_weight) => sweep(&Scaled(self), len, sources, [d_weight], &mut sums),
            None => sweep(&Scaled(self), len, sources, [], &mut sums),
        }
        if let Some(d_input) = d_input {
            let [product] = total::<T, V, 1>(sums);
            let gradient = RowGradient {
                measure: self,
                constant: T::ZERO,
                input: -self.scale * self.scale * self.scale * (product / T::from_usize(len)),
            };
            sweep::<T, V, _, 3, 1, 0>(&gradient, len, sources, [d_input], &mut nothing());
        }
    }

    /// The same without a weight.
    #[inline(always)]
    pub fn backward_unweighted<V: Vector<T>>(
        self,
        [input, d_output]: [&[T]; 2],
        d_input: Option<&mut [T]>,
    ) {
        let Some(d_input) = d_input else { return };
        let len = input.len();
        let runs = whole(len);
        let [_, product] = gradient_sums::<T, V>(runs, self.mean, input, d_output);
        let product = T::from_f64(product) / T::from_usize(len);
        let gradient = InputGradient {
            mean: self.mean,
            output: self.scale,
            input: -self.scale * self.scale * self.scale * product,
            constant: T::ZERO,
        };
        gradient.write::<V>(runs, input, d_output, d_input);
    }
}

impl<T: Float> Sweep<T, 3, 1, 0> for Measure<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x, weight, bias]: [V; 3],
        _: [V; 1],
        []: [V; 0],
    ) -> ([V; 1], [V; 0]) {
        let normalized = (x - V::splat(self.mean)) * V::splat(self.scale);
        ([normalized.mul_add(weight, bias)], [])
    }
}

impl<T: Float> Sweep<T, 2, 1, 0> for Measure<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x, weight]: [V; 2], _: [V; 1], []: [V; 0]) -> ([V; 1], [V; 0]) {
        ([x * V::splat(self.scale) * weight], [])
    }
}

/// `x * scale`, where the mean is zero.
impl<T: Float> Sweep<T, 1, 1, 0> for Measure<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x]: [V; 1], _: [V; 1], []: [V; 0]) -> ([V; 1], [V; 0]) {
        ([x * V::splat(self.scale)], [])
    }
}

/// A row without a bias: its values, or the gradient of the weight and the sums of [`Centered`].
struct WithoutBias<T>(Measure<T>);

impl<T: Float> Sweep<T, 2, 1, 0> for WithoutBias<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, [x, weight]: [V; 2], _: [V; 1], []: [V; 0]) -> ([V; 1], [V; 0]) {
        let Measure { mean, scale } = self.0;
        ([(x - V::splat(mean)) * V::splat(scale) * weight], [])
    }
}

impl<T: Float> Sweep<T, 3, 1, 2> for WithoutBias<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        sources: [V; 3],
        [d_weight]: [V; 1],
        sums: [V; 2],
    ) -> ([V; 1], [V; 2]) {
        let (targets, sums) = Centered(self.0).apply(sources, [d_weight, V::zero()], sums);
        let [d_weight, _]: [V; 2] = targets;
        ([d_weight], sums)
    }
}

/// The gradients of weight and bias, the sums of `g = d_y * weight` and of `g * (x - mean)`.
struct Centered<T>(Measure<T>);

impl<T: Float> Sweep<T, 3, 2, 2> for Centered<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x, weight, d_y]: [V; 3],
        [d_weight, d_bias]: [V; 2],
        [sum, product]: [V; 2],
    ) -> ([V; 2], [V; 2]) {
        let Measure { mean, scale } = self.0;
        let distance = x - V::splat(mean);
        let d_normalized = d_y * weight;
        (
            [(distance * V::splat(scale)).mul_add(d_y, d_weight), d_bias + d_y],
            [sum + d_normalized, d_normalized.mul_add(distance, product)],
        )
    }
}

/// The sums alone.
impl<T: Float> Sweep<T, 3, 0, 2> for Centered<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, sources: [V; 3], []: [V; 0], sums: [V; 2]) -> ([V; 0], [V; 2]) {
        let (_, sums) = Sweep::<T, 3, 2, 2>::apply(self, sources, [V::zero(); 2], sums);
        ([], sums)
    }
}

/// The gradient of the weight, and the sum of `d_y * weight * x`.
struct Scaled<T>(Measure<T>);

impl<T: Float> Sweep<T, 3, 1, 1> for Scaled<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x, weight, d_y]: [V; 3],
        [d_weight]: [V; 1],
        [product]: [V; 1],
    ) -> ([V; 1], [V; 1]) {
        let scaled = x * V::splat(self.0.scale);
        ([scaled.mul_add(d_y, d_weight)], [(d_y * weight).mul_add(x, product)])
    }
}

/// The sum alone.
impl<T: Float> Sweep<T, 3, 0, 1> for Scaled<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, sources: [V; 3], []: [V; 0], sums: [V; 1]) -> ([V; 0], [V; 1]) {
        let (_, sums) = Sweep::<T, 3, 1, 1>::apply(self, sources, [V::zero()], sums);
        ([], sums)
    }
}

/// `d_x = d_y * weight * scale + (x - mean) * input + constant`.
struct RowGradient<T> {
    measure: Measure<T>,
    input: T,
    constant: T,
}

impl<T: Float> RowGradient<T> {
    /// From the sums of [`Centered`] over a row.
    #[inline(always)]
    fn centered(measure: Measure<T>, len: usize, [sum, product]: [T; 2]) -> Self {
        let (scale, share) = (measure.scale, T::ONE / T::from_usize(len));
        RowGradient {
            measure,
            constant: -scale * (sum * share),
            input: -scale * scale * scale * (product * share),
        }
    }
}

impl<T: Float> Sweep<T, 3, 1, 0> for RowGradient<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(
        &self,
        [x, weight, d_y]: [V; 3],
        _: [V; 1],
        []: [V; 0],
    ) -> ([V; 1], [V; 0]) {
        let Measure { mean, scale } = self.measure;
        let from_input =
            (x - V::splat(mean)).mul_add(V::splat(self.input), V::splat(self.constant));
        ([(d_y * weight).mul_add(V::splat(scale), from_input)], [])
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::simd::{InstructionSet, Kernel, dispatch_each};

    #[derive(Clone)]
    struct Moments<'a>(&'a [f32]);

    impl Kernel for Moments<'_> {
        type Output = (f32, f32);

        #[inline(always)]
        fn run<I: InstructionSet>(self, _: I) -> (f32, f32) {
            moments::<f32, I::F32>(self.0)
        }
    }

    /// Rows of one block and of several, far from zero and with little between their values.
    #[test]
    fn rows_far_from_zero() {
        for len in [1, 5, 64, 1000, BLOCK, BLOCK + 1, 50_000] {
            let row: Vec<f32> =
                (0..len).map(|index| 1000.0 + ((index * 7919) % 1000) as f32 * 1e-3).collect();
            let mean = row.iter().map(|&x| f64::from(x)).sum::<f64>() / len as f64;
            let squares: f64 = row.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum();
            let wanted = squares / len as f64;
            dispatch_each(Moments(&row), |set, (found, variance)| {
                // As near as an f32 comes to a thousand.
                assert!((f64::from(found) - mean).abs() < 4e-5, "{set}, {len}: {found}");
                let error = (f64::from(variance) - wanted).abs() / (wanted + 1e-5);
                assert!(error < 2e-5, "{set}, {len}: {variance}, not {wanted}");
            });
        }
    }

    #[test]
    fn a_nan_stays() {
        dispatch_each(Moments(&[1.0, f32::NAN, 2.0]), |_, (mean, variance)| {
            assert!(mean.is_nan() && variance.is_nan());
        });
    }
}
