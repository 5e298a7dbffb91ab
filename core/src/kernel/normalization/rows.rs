//! Normalisation of rows, all of one length, with a weight for each value of a row.

use super::row::{Measure, moments, sum_of_squares};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, compiled_here};

/// `y = (x - mean) / sqrt(variance + eps) * weight + bias` for each row.
pub(crate) struct NormalizeRows<'a, T> {
    pub eps: f64,
    /// As long as a row; so is the bias, if there is one.
    pub weight: &'a [T],
    pub bias: Option<&'a [T]>,
    pub input: &'a [T],
    pub output: &'a mut [T],
    /// Gets the mean and the scale of each row.
    pub tape: Option<&'a mut [T]>,
}

/// `y = x / sqrt(mean of squares + eps) * weight` for each row.
pub(crate) struct ScaleRows<'a, T> {
    pub eps: f64,
    /// How long a row is.
    pub len: usize,
    /// As long as a row, if there is one.
    pub weight: Option<&'a [T]>,
    pub input: &'a [T],
    pub output: &'a mut [T],
    /// Gets the scale of each row.
    pub tape: Option<&'a mut [T]>,
}

/// Adds the gradients of weight and bias of [`NormalizeRows`], and writes that of the input.
pub(crate) struct NormalizeRowsBackward<'a, T> {
    pub weight: &'a [T],
    pub input: &'a [T],
    pub d_output: &'a [T],
    pub tape: &'a [T],
    /// Of the weight, and of the bias where there is one, if they are wanted.
    pub gradients: Option<(&'a mut [T], Option<&'a mut [T]>)>,
    pub d_input: Option<&'a mut [T]>,
}

/// Adds the gradient of the weight of [`ScaleRows`], and writes that of the input.
pub(crate) struct ScaleRowsBackward<'a, T> {
    /// How long a row is.
    pub len: usize,
    /// The weight, and its gradient, if it is wanted.
    pub affine: Option<(&'a [T], Option<&'a mut [T]>)>,
    pub input: &'a [T],
    pub d_output: &'a [T],
    pub tape: &'a [T],
    pub d_input: Option<&'a mut [T]>,
}

compiled_here!(
    NormalizeRows<'a, T>,
    ScaleRows<'a, T>,
    NormalizeRowsBackward<'a, T>,
    ScaleRowsBackward<'a, T>,
);

/// Roots and quotients of so many rows are computed side by side: one row would wait for its own.
const MOST_AT_ONCE: usize = 16;
/// Rows that are computed side by side have at most this many values together, so that they are still in the
/// first-level cache when they are read again. Longer ones are computed one by one.
const MOST_VALUES: usize = 2048;

/// How many rows of `len` values are computed side by side.
fn at_once(len: usize) -> usize {
    (MOST_VALUES / len).clamp(1, MOST_AT_ONCE)
}

impl<T: Float> Kernel for NormalizeRows<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { eps, weight, bias, input, output, mut tape } = self;
        let len = weight.len();
        let rows = input.chunks_exact(len).zip(output.chunks_exact_mut(len));
        for (index, (x, y)) in rows.enumerate() {
            let measure = Measure::of(moments::<T, T::Vector<I>>(x), eps);
            match bias {
                Some(bias) => measure.write::<T::Vector<I>>(x, weight, bias, y),
                None => measure.write_without_bias::<T::Vector<I>>(x, weight, y),
            }
            if let Some(tape) = &mut tape {
                tape[2 * index..][..2].copy_from_slice(&[measure.mean, measure.scale]);
            }
        }
    }
}

impl<T: Float> Kernel for ScaleRows<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { eps, len, weight, input, output, mut tape } = self;
        let block = at_once(len) * len;
        let blocks = input.chunks(block).zip(output.chunks_mut(block));
        for (index, (input, output)) in blocks.enumerate() {
            let mut squares = [0.0; MOST_AT_ONCE];
            let mut count = 0;
            for x in input.chunks_exact(len) {
                squares[count] = sum_of_squares::<T, T::Vector<I>>(x);
                count += 1;
            }
            let mut scales = [T::ZERO; MOST_AT_ONCE];
            for (scale, &squares) in scales[..count].iter_mut().zip(&squares) {
                *scale = T::ONE / T::from_f64(squares / len as f64 + eps).sqrt();
            }
            let rows = input.chunks_exact(len).zip(output.chunks_exact_mut(len));
            for ((x, y), &scale) in rows.zip(&scales) {
                Measure { mean: T::ZERO, scale }.write_scaled::<T::Vector<I>>(x, weight, y);
            }
            if let Some(tape) = &mut tape {
                tape[index * (block / len)..][..count].copy_from_slice(&scales[..count]);
            }
        }
    }
}

impl<T: Float> Kernel for NormalizeRowsBackward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { weight, input, d_output, tape, mut gradients, mut d_input } = self;
        let len = weight.len();
        let rows = input.chunks_exact(len).zip(d_output.chunks_exact(len));
        for (index, ((x, d_y), &[mean, scale])) in rows.zip(tape.as_chunks().0).enumerate() {
            let (measure, sources) = (Measure { mean, scale }, [x, weight, d_y]);
            let d_x = d_input.as_mut().map(|d_input| &mut d_input[index * len..][..len]);
            match &mut gradients {
                None => measure.backward::<T::Vector<I>>(sources, None, d_x),
                Some((d_weight, Some(d_bias))) => {
                    measure.backward::<T::Vector<I>>(sources, Some([d_weight, d_bias]), d_x);
                }
                Some((d_weight, None)) => {
                    measure.backward_without_bias::<T::Vector<I>>(sources, d_weight, d_x);
                }
            }
        }
    }
}

impl<T: Float> Kernel for ScaleRowsBackward<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { len, mut affine, input, d_output, tape, mut d_input } = self;
        let rows = input.chunks_exact(len).zip(d_output.chunks_exact(len));
        for (index, ((x, d_y), &scale)) in rows.zip(tape).enumerate() {
            let measure = Measure { mean: T::ZERO, scale };
            let d_x = d_input.as_mut().map(|d_input| &mut d_input[index * len..][..len]);
            match &mut affine {
                Some((weight, d_weight)) => {
                    let d_weight = d_weight.as_deref_mut();
                    measure.backward_scaled::<T::Vector<I>>([x, weight, d_y], d_weight, d_x);
                }
                None => measure.backward_unweighted::<T::Vector<I>>([x, d_y], d_x),
            }
        }
    }
}
