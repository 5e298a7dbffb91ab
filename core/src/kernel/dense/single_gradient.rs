//! The gradients of a dense layer for one sample.

use super::sizes::{Given, Known, Sizes, is_unrolled};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here, separate};

/// [`super::affine_gradient`] for one sample: the gradients are those of the weights and of the bias.
///
/// # Panics
/// If they have not as many values as the layer has weights and biases.
#[inline(always)]
pub(super) fn affine_gradient<T: Float, I: InstructionSet, const IN: usize, const OUT: usize>(
    instructions: I,
    d_output: &[T; OUT],
    input: &[T; IN],
    (weight_gradient, bias_gradient): (&mut [T], Option<&mut [T]>),
) {
    if const { !is_unrolled(IN, OUT) } {
        GradientGiven { d_output, input, weight_gradient, bias_gradient }.call(instructions);
        return;
    }
    assert!(weight_gradient.len() == IN * OUT);
    assert!(bias_gradient.as_ref().is_none_or(|bias| bias.len() == OUT));
    let gradient = Gradient::<T, IN, OUT> {
        d_output: d_output.as_ptr(),
        input: input.as_ptr(),
        weight_gradient: weight_gradient.as_mut_ptr(),
        bias_gradient: bias_gradient.map(<[T]>::as_mut_ptr),
    };
    separate(instructions, gradient);
}

/// [`super::affine_input_gradient`] for one sample.
///
/// # Panics
/// If there are not as many weights as the layer has.
#[inline(always)]
pub(super) fn affine_input_gradient<
    T: Float,
    I: InstructionSet,
    const IN: usize,
    const OUT: usize,
>(
    instructions: I,
    weight: &[T],
    d_output: &[T; OUT],
    d_input: &mut [T; IN],
) {
    if const { !is_unrolled(IN, OUT) } {
        InputGradientGiven { weight, d_output, d_input }.call(instructions);
        return;
    }
    assert!(weight.len() == IN * OUT);
    let gradient = InputGradient::<T, IN, OUT> {
        weight: weight.as_ptr(),
        d_output: d_output.as_ptr(),
        d_input: d_input.as_mut_ptr(),
    };
    separate(instructions, gradient);
}

/// The gradients of a layer that is unrolled, whose lengths have been checked.
struct Gradient<T, const IN: usize, const OUT: usize> {
    d_output: *const T,
    input: *const T,
    weight_gradient: *mut T,
    bias_gradient: Option<*mut T>,
}

impl<T: Float, const IN: usize, const OUT: usize> Kernel for Gradient<T, IN, OUT> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `affine_gradient` made this: it has asserted `IN * OUT` weights and `OUT` biases or none;
        // `d_output` and `input` are arrays of `OUT` and `IN`.
        unsafe {
            gradient::<T, T::Vector<I>, _>(
                Known::<IN, OUT>,
                self.d_output,
                self.input,
                self.weight_gradient,
                self.bias_gradient,
            );
        }
    }
}

/// The same of the gradient of the input.
struct InputGradient<T, const IN: usize, const OUT: usize> {
    weight: *const T,
    d_output: *const T,
    d_input: *mut T,
}

impl<T: Float, const IN: usize, const OUT: usize> Kernel for InputGradient<T, IN, OUT> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        // SAFETY: `affine_input_gradient` made this: it has asserted `IN * OUT` weights; `d_output` and
        // `d_input` are arrays of `OUT` and `IN`.
        unsafe {
            input_gradient::<T, T::Vector<I>, _>(
                Known::<IN, OUT>,
                self.weight,
                self.d_output,
                self.d_input,
            );
        }
    }
}

/// [`Gradient`] of a layer that is not unrolled.
struct GradientGiven<'a, T> {
    d_output: &'a [T],
    input: &'a [T],
    weight_gradient: &'a mut [T],
    bias_gradient: Option<&'a mut [T]>,
}

/// [`InputGradient`] of a layer that is not unrolled.
struct InputGradientGiven<'a, T> {
    weight: &'a [T],
    d_output: &'a [T],
    d_input: &'a mut [T],
}

compiled_here!(GradientGiven<'a, T>, InputGradientGiven<'a, T>);

impl<T: Float> Kernel for GradientGiven<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { d_output, input, weight_gradient, bias_gradient } = self;
        let sizes = Given { inputs: input.len(), outputs: d_output.len() };
        assert!(weight_gradient.len() == sizes.inputs * sizes.outputs);
        assert!(bias_gradient.as_ref().is_none_or(|bias| bias.len() == sizes.outputs));
        // SAFETY: the sizes are the lengths of `input` and `d_output`, and the gradients have as many values, as was
        // asserted.
        unsafe {
            gradient::<T, T::Vector<I>, _>(
                sizes,
                d_output.as_ptr(),
                input.as_ptr(),
                weight_gradient.as_mut_ptr(),
                bias_gradient.map(<[T]>::as_mut_ptr),
            );
        }
    }
}

impl<T: Float> Kernel for InputGradientGiven<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { weight, d_output, d_input } = self;
        let sizes = Given { inputs: d_input.len(), outputs: d_output.len() };
        assert!(weight.len() == sizes.inputs * sizes.outputs);
        // SAFETY: the sizes are the lengths of `d_input` and `d_output`, and there are as many weights, as was
        // asserted.
        unsafe {
            input_gradient::<T, T::Vector<I>, _>(
                sizes,
                weight.as_ptr(),
                d_output.as_ptr(),
                d_input.as_mut_ptr(),
            );
        }
    }
}

/// `weight_gradient += d_output * input^T` and, where there is a bias, `bias_gradient += d_output`.
///
/// # Safety
/// `input` can be read for the inputs and `d_output` for the outputs; `weight_gradient` can be read and written for
/// their product and `bias_gradient`, if given, for the outputs, and both overlap with nothing else.
#[inline(always)]
unsafe fn gradient<T: Float, V: Vector<T>, S: Sizes>(
    sizes: S,
    d_output: *const T,
    input: *const T,
    weight_gradient: *mut T,
    bias_gradient: Option<*mut T>,
) {
    /// Columns that are loaded before any of them is stored.
    const COLUMNS: usize = 8;
    let (inputs, outputs) = (sizes.inputs(), sizes.outputs());
    let tail = outputs % V::LANES;
    let whole = outputs - tail;
    // SAFETY: `row` is less than `outputs`, with a whole vector behind it below `whole` and `tail` rows from there on,
    // and `column`, with what is added to it, less than `inputs`.
    unsafe {
        if let Some(bias_gradient) = bias_gradient {
            for row in 0..outputs {
                *bias_gradient.add(row) += *d_output.add(row);
            }
        }
        for column in 0..inputs {
            let factor = V::splat(*input.add(column));
            let mut row = 0;
            while row < whole {
                let target = weight_gradient.add(column * outputs + row);
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
        while column < inputs {
            let columns = COLUMNS.min(inputs - column);
            let mut sums = [V::zero(); COLUMNS];
            for (i, sum) in sums.iter_mut().enumerate().take(columns) {
                let target = weight_gradient.add((column + i) * outputs + whole);
                let factor = V::splat(*input.add(column + i));
                *sum = derivative.mul_add(factor, V::load_partial_pointer(target, tail));
            }
            for (i, sum) in sums.iter().enumerate().take(columns) {
                sum.store_partial_pointer(
                    weight_gradient.add((column + i) * outputs + whole),
                    tail,
                );
            }
            column += COLUMNS;
        }
    }
}

/// `d_input = weight^T * d_output`.
///
/// # Safety
/// `d_output` can be read for the outputs and `weight` for their product with the inputs; `d_input` can be written for
/// the inputs, and overlaps with nothing else.
#[inline(always)]
unsafe fn input_gradient<T: Float, V: Vector<T>, S: Sizes>(
    sizes: S,
    weight: *const T,
    d_output: *const T,
    d_input: *mut T,
) {
    let (inputs, outputs) = (sizes.inputs(), sizes.outputs());
    let mut column = 0;
    // SAFETY: `column` is less than `inputs`, with four columns behind it in the first loop; each has `outputs`
    // weights, as many as `d_output` has values.
    unsafe {
        while column + 4 <= inputs {
            let sums = V::sum_four(dots(outputs, weight.add(column * outputs), d_output));
            d_input.add(column).cast::<[T; 4]>().write(sums);
            column += 4;
        }
        while column < inputs {
            let [sum]: [V; 1] = dots(outputs, weight.add(column * outputs), d_output);
            *d_input.add(column) = sum.sum();
            column += 1;
        }
    }
}

/// The products of some columns of `len` values, one behind the other, with one vector, each summed into the lanes of a
/// vector. Side by side, since each sum waits for the one before it.
///
/// # Safety
/// `columns` can be read for `COLUMNS` times `len` values, and `factors` for `len`.
#[inline(always)]
unsafe fn dots<T: Float, V: Vector<T>, const COLUMNS: usize>(
    len: usize,
    columns: *const T,
    factors: *const T,
) -> [V; COLUMNS] {
    let mut sums = [V::zero(); COLUMNS];
    let mut row = 0;
    // SAFETY: from `row` on `len - row` values are left in `factors` and in each of the columns, of which a whole vector
    // is read where there is one.
    unsafe {
        while row + V::LANES <= len {
            let factor = V::load_pointer(factors.add(row));
            for (column, sum) in sums.iter_mut().enumerate() {
                *sum = V::load_pointer(columns.add(column * len + row)).mul_add(factor, *sum);
            }
            row += V::LANES;
        }
        if row < len {
            let factor = V::load_partial_pointer(factors.add(row), len - row);
            for (column, sum) in sums.iter_mut().enumerate() {
                let values = V::load_partial_pointer(columns.add(column * len + row), len - row);
                *sum = values.mul_add(factor, *sum);
            }
        }
    }
    sums
}
