//! Softmax along an axis whose values lie apart: those of all lines beside each other at once, a vector full.

use crate::kernel::Line;
use crate::kernel::lanes::{read, write};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

/// Softmax of values in their place.
pub(crate) struct Softmax<'a, T> {
    pub(crate) line: Line,
    pub(crate) values: &'a mut [T],
}

/// Turns the gradient of softmax's output into that of its input.
pub(crate) struct SoftmaxBackward<'a, T> {
    pub(crate) line: Line,
    pub(crate) output: &'a [T],
    pub(crate) gradient: &'a mut [T],
}

/// The logarithm of softmax of values in their place.
pub(crate) struct LogSoftmax<'a, T> {
    pub(crate) line: Line,
    pub(crate) values: &'a mut [T],
}

/// Turns the gradient of log-softmax's output into that of its input.
pub(crate) struct LogSoftmaxBackward<'a, T> {
    pub(crate) line: Line,
    pub(crate) output: &'a [T],
    pub(crate) gradient: &'a mut [T],
}

compiled_here!(
    Softmax<'a, T>,
    SoftmaxBackward<'a, T>,
    LogSoftmax<'a, T>,
    LogSoftmaxBackward<'a, T>
);

/// Where the lines of a block start that fit in a vector, and how many they are.
#[inline(always)]
fn vectors<T: Float, V: Vector<T>>(line: Line) -> impl Iterator<Item = (usize, usize)> {
    let starts = (0..line.stride).step_by(V::LANES);
    starts.map(move |start| (start, V::LANES.min(line.stride - start)))
}

/// Where the values of lines are that start there.
#[inline(always)]
fn places(line: Line, start: usize) -> impl Iterator<Item = usize> {
    (start..line.block()).step_by(line.stride)
}

/// The largest value of each line.
#[inline(always)]
fn largest<T: Float, V: Vector<T>>(values: &[T], line: Line, start: usize, count: usize) -> V {
    let smallest = V::splat(-T::INFINITY);
    places(line, start).fold(smallest, |most, place| most.max(read(values, place, count)))
}

impl<T: Float> Kernel for Softmax<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let line = self.line;
        for block in self.values.chunks_exact_mut(line.block()) {
            for (start, count) in vectors::<T, T::Vector<I>>(line) {
                let largest: T::Vector<I> = largest(block, line, start, count);
                let mut total = T::Vector::<I>::zero();
                for place in places(line, start) {
                    let exponential =
                        (read::<T, T::Vector<I>>(block, place, count) - largest).exp();
                    total = total + exponential;
                    write(exponential, block, place, count);
                }
                for place in places(line, start) {
                    let exponential: T::Vector<I> = read(block, place, count);
                    write(exponential / total, block, place, count);
                }
            }
        }
    }
}

impl<T: Float> Kernel for SoftmaxBackward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let line = self.line;
        let outputs = self.output.chunks_exact(line.block());
        for (y, d) in outputs.zip(self.gradient.chunks_exact_mut(line.block())) {
            for (start, count) in vectors::<T, T::Vector<I>>(line) {
                // As along the last axis: relative to the d of the likeliest.
                let mut likeliest = T::Vector::<I>::splat(-T::ONE);
                let mut shift = T::Vector::<I>::zero();
                for place in places(line, start) {
                    let y: T::Vector<I> = read(y, place, count);
                    let is_likelier = y.greater(likeliest);
                    likeliest = Vector::select(is_likelier, y, likeliest);
                    shift = Vector::select(is_likelier, read(d, place, count), shift);
                }
                let mut dot = T::Vector::<I>::zero();
                for place in places(line, start) {
                    let d: T::Vector<I> = read(d, place, count);
                    dot = (d - shift).mul_add(read(y, place, count), dot);
                }
                for place in places(line, start) {
                    let given: T::Vector<I> = read(d, place, count);
                    let y: T::Vector<I> = read(y, place, count);
                    write(y * (given - shift - dot), d, place, count);
                }
            }
        }
    }
}

impl<T: Float> Kernel for LogSoftmax<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let line = self.line;
        for block in self.values.chunks_exact_mut(line.block()) {
            for (start, count) in vectors::<T, T::Vector<I>>(line) {
                let largest: T::Vector<I> = largest(block, line, start, count);
                let mut total = T::Vector::<I>::zero();
                for place in places(line, start) {
                    total = total + (read::<T, T::Vector<I>>(block, place, count) - largest).exp();
                }
                let total = total.ln();
                for place in places(line, start) {
                    let value: T::Vector<I> = read(block, place, count);
                    write(value - largest - total, block, place, count);
                }
            }
        }
    }
}

impl<T: Float> Kernel for LogSoftmaxBackward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let line = self.line;
        let outputs = self.output.chunks_exact(line.block());
        for (y, d) in outputs.zip(self.gradient.chunks_exact_mut(line.block())) {
            for (start, count) in vectors::<T, T::Vector<I>>(line) {
                let mut total = T::Vector::<I>::zero();
                for place in places(line, start) {
                    total = total + read(d, place, count);
                }
                for place in places(line, start) {
                    let given: T::Vector<I> = read(d, place, count);
                    let y: T::Vector<I> = read(y, place, count);
                    write(given - y.exp() * total, d, place, count);
                }
            }
        }
    }
}
