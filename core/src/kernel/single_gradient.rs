//! The gradients of a dense layer for one sample.

use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};

/// [`super::affine_gradient`] for one sample, which checks the lengths and makes this.
pub(super) struct Gradient<T, const IN: usize, const OUT: usize> {
    pub(super) d_output: *const T,
    pub(super) input: *const T,
    pub(super) weight_gradient: *mut T,
    pub(super) bias_gradient: *mut T,
}

impl<T: Float, const IN: usize, const OUT: usize> Kernel for Gradient<T, IN, OUT> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `super::affine_gradient` has checked the lengths.
        unsafe {
            gradient::<T, T::Vector<I>, IN, OUT>(
                self.d_output,
                self.input,
                self.weight_gradient,
                self.bias_gradient,
            );
        }
    }
}

/// [`super::affine_input_gradient`] for one sample, which checks the lengths and makes this.
pub(super) struct InputGradient<T, const IN: usize, const OUT: usize> {
    pub(super) weight: *const T,
    pub(super) d_output: *const T,
    pub(super) d_input: *mut T,
}

impl<T: Float, const IN: usize, const OUT: usize> Kernel for InputGradient<T, IN, OUT> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `super::affine_input_gradient` has checked the lengths.
        unsafe {
            input_gradient::<T, T::Vector<I>, IN, OUT>(self.weight, self.d_output, self.d_input)
        }
    }
}

/// `weight_gradient += d_output * input^T`, `bias_gradient += d_output`.
///
/// # Safety
/// The pointers are valid for `IN * OUT` weights, `IN` inputs and `OUT` of all others.
#[inline(always)]
unsafe fn gradient<T: Float, V: Vector<T>, const IN: usize, const OUT: usize>(
    d_output: *const T,
    input: *const T,
    weight_gradient: *mut T,
    bias_gradient: *mut T,
) {
    /// Columns that are loaded before any of them is stored.
    const COLUMNS: usize = 8;
    let tail = OUT % V::LANES;
    let whole = OUT - tail;
    // SAFETY: rows below `OUT`, columns below `IN`.
    unsafe {
        for row in 0..OUT {
            *bias_gradient.add(row) += *d_output.add(row);
        }
        for column in 0..IN {
            let factor = V::splat(*input.add(column));
            let mut row = 0;
            while row < whole {
                let target = weight_gradient.add(column * OUT + row);
                V::load_pointer(d_output.add(row))
                    .mul_add(factor, V::load_pointer(target))
                    .store_pointer(target);
                row += V::LANES;
            }
        }
        if tail == 0 {
            return;
        }
        // A load with a mask waits for a masked store to the memory just before it; so most loads come first.
        let derivative = V::load_partial_pointer(d_output.add(whole), tail);
        let mut column = 0;
        while column < IN {
            let columns = COLUMNS.min(IN - column);
            let mut sums = [V::zero(); COLUMNS];
            for (i, sum) in sums.iter_mut().enumerate().take(columns) {
                let target = weight_gradient.add((column + i) * OUT + whole);
                let factor = V::splat(*input.add(column + i));
                *sum = derivative.mul_add(factor, V::load_partial_pointer(target, tail));
            }
            for (i, sum) in sums.iter().enumerate().take(columns) {
                sum.store_partial_pointer(weight_gradient.add((column + i) * OUT + whole), tail);
            }
            column += COLUMNS;
        }
    }
}

/// `d_input = weight^T * d_output`.
///
/// # Safety
/// The pointers are valid for `IN * OUT` weights, `IN` inputs and `OUT` outputs.
#[inline(always)]
unsafe fn input_gradient<T: Float, V: Vector<T>, const IN: usize, const OUT: usize>(
    weight: *const T,
    d_output: *const T,
    d_input: *mut T,
) {
    let mut column = 0;
    // SAFETY: columns below `IN`.
    unsafe {
        while column + 4 <= IN {
            let dot = |i: usize| dot::<T, V, OUT>(weight.add((column + i) * OUT), d_output);
            let sums = V::sum_four([dot(0), dot(1), dot(2), dot(3)]);
            d_input.add(column).cast::<[T; 4]>().write(sums);
            column += 4;
        }
        while column < IN {
            *d_input.add(column) = dot::<T, V, OUT>(weight.add(column * OUT), d_output).sum();
            column += 1;
        }
    }
}

/// The products of `LEN` pairs of values, summed into the lanes of a vector.
///
/// # Safety
/// The pointers are valid for `LEN` values.
#[inline(always)]
unsafe fn dot<T: Float, V: Vector<T>, const LEN: usize>(a: *const T, b: *const T) -> V {
    let mut sum = V::zero();
    let mut row = 0;
    // SAFETY: rows below `LEN`.
    unsafe {
        while row + V::LANES <= LEN {
            sum = V::load_pointer(a.add(row)).mul_add(V::load_pointer(b.add(row)), sum);
            row += V::LANES;
        }
        if row < LEN {
            let a = V::load_partial_pointer(a.add(row), LEN - row);
            sum = a.mul_add(V::load_partial_pointer(b.add(row), LEN - row), sum);
        }
    }
    sum
}
