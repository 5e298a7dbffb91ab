//! Activations that turn a whole sample into probabilities.

use super::Activation;
use crate::kernel::Identity;
use crate::kernel::lanes::{only_first, read, write};
use crate::kernel::softmax::{exponentials, largest, scale};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector};

/// `exp(x_i) / sum_j exp(x_j)` over the last axis (Bridle 1990).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Softmax;

/// The logarithm of [`Softmax`], `x_i - ln(sum_j exp(x_j))`, without overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogSoftmax;

impl Activation for Softmax {
    const NEEDS_INPUT: bool = false;
    const GAIN: f64 = 1.0;
    type Fused<T: Float> = Identity;

    #[inline(always)]
    fn finish<T: Float, I: InstructionSet>(_: I, len: usize, values: &mut [T]) {
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
        _: I,
        len: usize,
        _: &[T],
        output: &[T],
        gradient: &mut [T],
    ) {
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

impl Activation for LogSoftmax {
    const NEEDS_INPUT: bool = false;
    const GAIN: f64 = 1.0;
    type Fused<T: Float> = Identity;

    #[inline(always)]
    fn finish<T: Float, I: InstructionSet>(_: I, len: usize, values: &mut [T]) {
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
        _: I,
        len: usize,
        _: &[T],
        output: &[T],
        gradient: &mut [T],
    ) {
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
