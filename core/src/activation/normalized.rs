//! Activations that turn all values along an axis into probabilities.

use super::{Activation, Line};
use crate::kernel::Identity;
use crate::kernel::lanes::{only_first, read, write};
use crate::kernel::softmax::columns;
use crate::kernel::softmax::{exponentials, largest, scale};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector};

/// `exp(x_i) / sum_j exp(x_j)` along an axis (Bridle 1990): of a sample as it is declared, counted from the front, by
/// default the last. Since the batch is not counted, `softmax(axis: 0)` is what `torch.nn.Softmax(dim=1)` is.
///
/// ```
/// use static_net::prelude::*;
///
/// // Which of two classes each of three pixels is.
/// network! { struct Net< [2, 1, 3] => softmax(axis: 0) >; }
///
/// let y = Net::zeros().forward(&[1.0, 0.0, 5.0, 1.0, 0.0, -5.0]);
/// assert_eq!((y[0], y[1]), (0.5, 0.5));
/// assert!((y[2] + y[5] - 1.0).abs() < 1e-6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Softmax<const AXIS: usize = 255>;

// As a plain number, it is left out where rustc writes the type.
const _: () = assert!(crate::kernel::LAST_AXIS == 255);

/// The logarithm of [`Softmax`], `x_i - ln(sum_j exp(x_j))`, without overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogSoftmax<const AXIS: usize = 255>;

impl<const AXIS: usize> Activation for Softmax<AXIS> {
    const NEEDS_INPUT: bool = false;
    const GAIN: f64 = 1.0;
    const AXIS: usize = AXIS;
    type Fused<T: Float> = Identity;

    #[inline(always)]
    fn finish<T: Float, I: InstructionSet>(instructions: I, line: Line, values: &mut [T]) {
        if line.stride > 1 {
            return columns::Softmax { line, values }.call(instructions);
        }
        let len = line.len;
        for sample in values.chunks_exact_mut(len) {
            let largest = largest::<T, T::Vector<I>>(sample);
            let total = exponentials::<T, T::Vector<I>>(sample, largest);
            for (start, count) in vectors::<T, I>(len) {
                let exponential: T::Vector<I> = read(sample, start, count);
                write(exponential / Vector::splat(total), sample, start, count);
            }
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(
        instructions: I,
        line: Line,
        _: &[T],
        output: &[T],
        gradient: &mut [T],
    ) {
        if line.stride > 1 {
            return columns::SoftmaxBackward { line, output, gradient }.call(instructions);
        }
        let len = line.len;
        for (output, gradient) in output.chunks_exact(len).zip(gradient.chunks_exact_mut(len)) {
            // y_i * (d_i - sum_j y_j d_j). Taken relative to the d of the likeliest class, a sure softmax
            // does not subtract two numbers that are nearly equal.
            let likeliest =
                (1..len).fold(0, |best, i| if output[i] > output[best] { i } else { best });
            let shift = T::Vector::<I>::splat(gradient[likeliest]);
            let mut dot = T::Vector::<I>::zero();
            for (start, count) in vectors::<T, I>(len) {
                let d: T::Vector<I> = read(gradient, start, count);
                dot = (d - shift).mul_add(read(output, start, count), dot);
            }
            let dot = T::Vector::<I>::splat(dot.sum());
            for (start, count) in vectors::<T, I>(len) {
                let d: T::Vector<I> = read(gradient, start, count);
                let y: T::Vector<I> = read(output, start, count);
                write(y * (d - shift - dot), gradient, start, count);
            }
        }
    }
}

impl<const AXIS: usize> Activation for LogSoftmax<AXIS> {
    const NEEDS_INPUT: bool = false;
    const GAIN: f64 = 1.0;
    const AXIS: usize = AXIS;
    type Fused<T: Float> = Identity;

    #[inline(always)]
    fn finish<T: Float, I: InstructionSet>(instructions: I, line: Line, values: &mut [T]) {
        if line.stride > 1 {
            return columns::LogSoftmax { line, values }.call(instructions);
        }
        let len = line.len;
        for sample in values.chunks_exact_mut(len) {
            let largest = largest::<T, T::Vector<I>>(sample);
            let mut total = T::Vector::<I>::zero();
            for (start, count) in vectors::<T, I>(len) {
                let x: T::Vector<I> = read(sample, start, count);
                total = total + only_first(count, (x - Vector::splat(largest)).exp());
            }
            // In two steps, so that a large common part of the inputs takes no digits from the logarithm.
            scale::<T, T::Vector<I>>(sample, T::ONE, -largest);
            scale::<T, T::Vector<I>>(sample, T::ONE, -total.sum().ln());
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(
        instructions: I,
        line: Line,
        _: &[T],
        output: &[T],
        gradient: &mut [T],
    ) {
        if line.stride > 1 {
            return columns::LogSoftmaxBackward { line, output, gradient }.call(instructions);
        }
        let len = line.len;
        for (output, gradient) in output.chunks_exact(len).zip(gradient.chunks_exact_mut(len)) {
            let mut total = T::Vector::<I>::zero();
            for (start, count) in vectors::<T, I>(len) {
                total = total + read(gradient, start, count);
            }
            let total = T::Vector::<I>::splat(total.sum());
            for (start, count) in vectors::<T, I>(len) {
                let d: T::Vector<I> = read(gradient, start, count);
                let y: T::Vector<I> = read(output, start, count);
                write(d - y.exp() * total, gradient, start, count);
            }
        }
    }
}

/// Where each vector of a sample starts, and how many values it holds.
#[inline(always)]
fn vectors<T: Float, I: InstructionSet>(len: usize) -> impl Iterator<Item = (usize, usize)> {
    let lanes = T::Vector::<I>::LANES;
    (0..len).step_by(lanes).map(move |start| (start, lanes.min(len - start)))
}
