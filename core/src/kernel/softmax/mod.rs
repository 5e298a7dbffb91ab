//! The steps of a softmax over one sample, for the loss and the activation.

pub(crate) mod columns;

use super::lanes::{first, only_first, read, write};
use crate::scalar::Float;
use crate::simd::Vector;

/// The largest value.
#[inline(always)]
pub(crate) fn largest<T: Float, V: Vector<T>>(sample: &[T]) -> T {
    let mut largest = V::splat(-T::INFINITY);
    for start in (0..sample.len()).step_by(V::LANES) {
        let count = V::LANES.min(sample.len() - start);
        let vector: V = read(sample, start, count);
        let vector = if count == V::LANES {
            vector
        } else {
            V::select(first::<T, V>(count), vector, largest)
        };
        largest = largest.max(vector);
    }
    largest.max_lane()
}

/// The sum of `value - largest`.
#[inline(always)]
pub(crate) fn sum_below<T: Float, V: Vector<T>>(sample: &[T], largest: T) -> T {
    let mut sum = V::zero();
    for start in (0..sample.len()).step_by(V::LANES) {
        let count = V::LANES.min(sample.len() - start);
        sum = sum + only_first(count, read::<T, V>(sample, start, count) - V::splat(largest));
    }
    sum.sum()
}

/// Replaces each value by `exp(value - largest)`; gives the sum.
#[inline(always)]
pub(crate) fn exponentials<T: Float, V: Vector<T>>(sample: &mut [T], largest: T) -> T {
    let mut sum = V::zero();
    for start in (0..sample.len()).step_by(V::LANES) {
        let count = V::LANES.min(sample.len() - start);
        let exponentials = (read::<T, V>(sample, start, count) - V::splat(largest)).exp();
        sum = sum + only_first(count, exponentials);
        write(exponentials, sample, start, count);
    }
    sum.sum()
}

/// `ln(sum_i exp(x_i))`
#[inline(always)]
pub(crate) fn logarithm_of_sum<T: Float, V: Vector<T>>(sample: &[T]) -> T {
    let largest = largest::<T, V>(sample);
    let mut sum = V::zero();
    for start in (0..sample.len()).step_by(V::LANES) {
        let count = V::LANES.min(sample.len() - start);
        let exponentials = (read::<T, V>(sample, start, count) - V::splat(largest)).exp();
        sum = sum + only_first(count, exponentials);
    }
    largest + Float::ln(sum.sum())
}

/// Replaces each value by `value * factor + offset`.
#[inline(always)]
pub(crate) fn scale<T: Float, V: Vector<T>>(sample: &mut [T], factor: T, offset: T) {
    for start in (0..sample.len()).step_by(V::LANES) {
        let count = V::LANES.min(sample.len() - start);
        let vector: V = read(sample, start, count);
        write(vector.mul_add(V::splat(factor), V::splat(offset)), sample, start, count);
    }
}
