//! Activations that turn a whole sample into probabilities.

use super::Activation;
use crate::kernel::Identity;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector};

/// `exp(x_i) / sum_j exp(x_j)` over the last axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Softmax;

/// The logarithm of [`Softmax`], without overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogSoftmax;

impl Activation for Softmax {
    const NEEDS_INPUT: bool = false;
    const GAIN: f64 = 1.0;
    type Fused<T: Float> = Identity;

    #[inline(always)]
    fn finish<T: Float, I: InstructionSet>(_: I, len: usize, values: &mut [T]) {
        for sample in values.chunks_exact_mut(len) {
            let largest = largest(sample);
            let total = exponentials::<T, T::Vector<I>>(sample, largest);
            for_each_vector::<T, T::Vector<I>>(sample, |vector| vector / Vector::splat(total));
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
            let dot: T = output.iter().zip(&*gradient).map(|(&y, &d)| y * d).sum();
            for (d, &y) in gradient.iter_mut().zip(output) {
                *d = y * (*d - dot);
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
            let largest = largest(sample);
            let mut total = T::ZERO;
            for_each_vector::<T, T::Vector<I>>(sample, |vector| vector - Vector::splat(largest));
            read_vectors::<T, T::Vector<I>>(sample, |vector, count| {
                total += first_lanes(vector.exp(), count);
            });
            let log_total = total.ln();
            for_each_vector::<T, T::Vector<I>>(sample, |vector| vector - Vector::splat(log_total));
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
            let total: T = gradient.iter().copied().sum();
            for (d, &y) in gradient.iter_mut().zip(output) {
                *d -= y.exp() * total;
            }
        }
    }
}

/// The largest value; a NaN if there is one.
#[inline(always)]
pub(crate) fn largest<T: Float>(sample: &[T]) -> T {
    sample.iter().copied().fold(sample[0], |largest, value| {
        if value > largest || value.is_nan() { value } else { largest }
    })
}

/// Replaces each value by `exp(value - largest)`; gives the sum.
#[inline(always)]
pub(crate) fn exponentials<T: Float, V: Vector<T>>(sample: &mut [T], largest: T) -> T {
    for_each_vector::<T, V>(sample, |vector| (vector - V::splat(largest)).exp());
    let mut total = T::ZERO;
    read_vectors::<T, V>(sample, |vector, _| total += vector.sum());
    total
}

#[inline(always)]
fn first_lanes<T: Float, V: Vector<T>>(vector: V, count: usize) -> T {
    if count == V::LANES {
        return vector.sum();
    }
    let mut lanes = [T::ZERO; 16];
    vector.store_partial(&mut lanes, count);
    V::load(&lanes).sum()
}

#[inline(always)]
fn for_each_vector<T: Float, V: Vector<T>>(values: &mut [T], function: impl Fn(V) -> V) {
    let (whole, rest) = values.split_at_mut(values.len() - values.len() % V::LANES);
    for chunk in whole.chunks_exact_mut(V::LANES) {
        function(V::load(chunk)).store(chunk);
    }
    if !rest.is_empty() {
        function(V::load_partial(rest, rest.len())).store_partial(rest, rest.len());
    }
}

/// Visits the values, the last time with zeros behind the `count` that there are.
#[inline(always)]
fn read_vectors<T: Float, V: Vector<T>>(values: &[T], mut visit: impl FnMut(V, usize)) {
    let (whole, rest) = values.split_at(values.len() - values.len() % V::LANES);
    for chunk in whole.chunks_exact(V::LANES) {
        visit(V::load(chunk), V::LANES);
    }
    if !rest.is_empty() {
        visit(V::load_partial(rest, rest.len()), rest.len());
    }
}
