//! A dense layer for a batch: products of matrices, and what is fused around them.
//!
//! Sizes are run-time values here, so that a program has this code once and not for each layer.

use super::sizes::is_packed;
use crate::kernel::product::{self, Left, Product, Start};
use crate::kernel::{Applied, Epilogue};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};
#[cfg(feature = "threads")]
use {
    super::affine_scratch,
    crate::threads::{self, Halves, join, with_scratch},
};

/// Values of output that are computed before the epilogue runs over them, still in the first-level cache.
const OUTPUT_CHUNK: usize = 4096;

/// `output = epilogue(weight * input + bias)`, with a weight of so many rows, or without a bias.
#[inline(always)]
pub(crate) fn affine_rows<T: Float, I: InstructionSet, E: Epilogue<T>>(
    instructions: I,
    (weight, rows): (&[T], usize),
    bias: Option<&[T]>,
    input: &[T],
    output: &mut [T],
    pre: Option<&mut [T]>,
    pack: &mut [T],
) {
    let epilogue = Applied::of::<I, E>(instructions);
    AffineRows { weight, rows, bias, input, output, pre, pack, epilogue }.call(instructions);
}

/// [`affine_rows`], for any epilogue.
struct AffineRows<'a, T> {
    weight: &'a [T],
    rows: usize,
    bias: Option<&'a [T]>,
    input: &'a [T],
    output: &'a mut [T],
    pre: Option<&'a mut [T]>,
    pack: &'a mut [T],
    epilogue: Option<Applied<T>>,
}

/// [`affine_gradient_rows`].
struct GradientRows<'a, T> {
    d_output: &'a [T],
    rows: usize,
    input: &'a [T],
    weight_gradient: &'a mut [T],
    bias_gradient: Option<&'a mut [T]>,
    pack: &'a mut [T],
}

/// [`affine_input_gradient_rows`].
struct InputGradientRows<'a, T> {
    weight: &'a [T],
    d_output: &'a [T],
    d_input: &'a mut [T],
    inputs: usize,
    pack: &'a mut [T],
}

compiled_here!(AffineRows<'a, T>, GradientRows<'a, T>, InputGradientRows<'a, T>);

#[cfg(feature = "threads")]
impl<T: Float> AffineRows<'_, T> {
    /// Computes so many parts side by side, of some samples each.
    fn run_in_parts<I: InstructionSet>(self, instructions: I, parts: usize) {
        let each = affine_scratch(self.weight.len() / self.rows, self.rows);
        with_scratch(parts * each, |pack| AffineRows { pack, ..self }.split(instructions, parts));
    }

    /// The same with working memory for all parts.
    fn split<I: InstructionSet>(self, instructions: I, parts: usize) {
        if parts == 1 {
            return self.call(instructions);
        }
        let Self { weight, rows, bias, input, output, pre, pack, epilogue } = self;
        let halves = Halves::of(parts, output.len() / rows);
        let [input, input_behind] = halves.samples(input);
        let [output, output_behind] = halves.samples(output);
        let [pre, pre_behind] = halves.samples(pre);
        let [pack, pack_behind] = halves.parts(pack);
        let front = AffineRows { weight, rows, bias, input, output, pre, pack, epilogue };
        let behind = AffineRows {
            weight,
            rows,
            bias,
            input: input_behind,
            output: output_behind,
            pre: pre_behind,
            pack: pack_behind,
            epilogue,
        };
        let [parts, parts_behind] = halves.parts;
        join(|| front.split(instructions, parts), || behind.split(instructions, parts_behind));
    }
}

impl<T: Float> Kernel for AffineRows<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        if self.rows == 0 || self.output.is_empty() {
            return;
        }
        #[cfg(feature = "threads")]
        {
            let samples = self.output.len() / self.rows;
            let parts = threads::parts(self.weight.len().saturating_mul(samples), samples);
            if parts > 1 {
                return self.run_in_parts(instructions, parts);
            }
        }
        let Self { weight, rows, bias, input, output, mut pre, pack, epilogue } = self;
        let depth = weight.len() / rows;
        let columns = output.len() / rows;
        assert!(weight.len() == rows * depth && Some(input.len()) == columns.checked_mul(depth));
        assert!(bias.is_none_or(|bias| bias.len() == rows));
        let is_packed = is_packed(depth, rows, columns);
        assert!(
            !is_packed || pack.len() >= product::pack_len(rows, depth),
            "scratch memory is too small"
        );
        // A packed product copies the weights, so it runs once; whole tiles of columns otherwise.
        let chunk =
            if is_packed { columns } else { (OUTPUT_CHUNK / rows).max(1).next_multiple_of(24) };

        let mut column = 0;
        while column < columns {
            let chunk = chunk.min(columns - column);
            let output = &mut output[column * rows..][..chunk * rows];
            let mut pre = pre.as_deref_mut().map(|pre| &mut pre[column * rows..][..chunk * rows]);
            let target = pre.as_deref_mut().unwrap_or(&mut *output);
            let product = Product {
                rows,
                columns: chunk,
                depth,
                order: if is_packed { Left::Packed } else { Left::Direct },
                left: weight.as_ptr(),
                left_stride: rows,
                right: input[column * depth..].as_ptr(),
                right_row: 1,
                right_column: depth,
                output: target.as_mut_ptr(),
                start: bias.map_or(Start::Zero, |bias| Start::Bias(bias.as_ptr())),
                pack: pack.as_mut_ptr(),
            };
            // SAFETY: `weight` has `rows` times `depth` values and `input` `depth` for each column, as was asserted,
            // and the scratch memory enough if it is used; `target` was sliced to `chunk` columns of `rows`, as many as
            // `bias` has, if there is one.
            unsafe { product.run(instructions) };
            match (pre, epilogue) {
                (Some(pre), Some(epilogue)) => epilogue.from(pre, output),
                (Some(pre), None) => output.copy_from_slice(pre),
                (None, Some(epilogue)) => epilogue.in_place(output),
                (None, None) => {}
            }
            column += chunk;
        }
    }
}

/// `weight_gradient += d_output * input^T` and, where there is a bias, `bias_gradient += d_output`, summed over the
/// samples, of which each has so many values of `d_output`.
#[inline(always)]
pub(crate) fn affine_gradient_rows<T: Float, I: InstructionSet>(
    instructions: I,
    (d_output, rows): (&[T], usize),
    input: &[T],
    weight_gradient: &mut [T],
    bias_gradient: Option<&mut [T]>,
    pack: &mut [T],
) {
    GradientRows { d_output, rows, input, weight_gradient, bias_gradient, pack }.call(instructions);
}

impl<T: Float> Kernel for GradientRows<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { d_output, rows, input, weight_gradient, bias_gradient, pack } = self;
        if rows == 0 || d_output.is_empty() {
            return;
        }
        let columns = weight_gradient.len() / rows;
        let samples = d_output.len() / rows;
        assert!(
            weight_gradient.len() == rows * columns
                && d_output.len() == samples * rows
                && Some(input.len()) == samples.checked_mul(columns)
        );
        assert!(bias_gradient.as_ref().is_none_or(|bias| bias.len() == rows));
        let is_packed = is_packed(columns, rows, samples);
        assert!(
            !is_packed || pack.len() >= product::pack_len(rows, samples),
            "scratch memory is too small"
        );
        let product = Product {
            rows,
            columns,
            depth: samples,
            order: if is_packed { Left::Packed } else { Left::Direct },
            left: d_output.as_ptr(),
            left_stride: rows,
            right: input.as_ptr(),
            right_row: columns,
            right_column: 1,
            output: weight_gradient.as_mut_ptr(),
            start: Start::Output,
            pack: pack.as_mut_ptr(),
        };
        // SAFETY: of each sample there are `rows` values of `d_output` and `columns` of `input`, and `rows` times
        // `columns` of the gradient, as was asserted, and scratch memory enough if it is used.
        unsafe { product.run(instructions) };
        if let Some(bias_gradient) = bias_gradient {
            add_columns::<T, T::Vector<I>>(d_output, bias_gradient);
        }
    }
}

/// Adds all columns of a matrix to a vector.
#[inline(always)]
fn add_columns<T: Float, V: Vector<T>>(matrix: &[T], sums: &mut [T]) {
    let rows = sums.len();
    let mut row = 0;
    while row < rows {
        let count = V::LANES.min(rows - row);
        let mut sum = V::load_partial(&sums[row..], count);
        for column in matrix.chunks_exact(rows) {
            sum = sum + V::load_partial(&column[row..], count);
        }
        sum.store_partial(&mut sums[row..], count);
        row += V::LANES;
    }
}

/// `d_input = weight^T * d_output`. `inputs` is the number of values that a sample of `d_input` has.
#[inline(always)]
pub(crate) fn affine_input_gradient_rows<T: Float, I: InstructionSet>(
    instructions: I,
    weight: &[T],
    d_output: &[T],
    d_input: &mut [T],
    inputs: usize,
    pack: &mut [T],
) {
    InputGradientRows { weight, d_output, d_input, inputs, pack }.call(instructions);
}

impl<T: Float> Kernel for InputGradientRows<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { weight, d_output, d_input, inputs, pack } = self;
        if inputs == 0 || d_input.is_empty() {
            return;
        }
        let depth = weight.len() / inputs;
        let columns = d_input.len() / inputs;
        assert!(
            weight.len() == depth * inputs
                && Some(d_output.len()) == columns.checked_mul(depth)
                && d_input.len() == columns * inputs
        );
        assert!(pack.len() >= product::pack_len(inputs, depth), "scratch memory is too small");
        let product = Product {
            rows: inputs,
            columns,
            depth,
            order: Left::Transposed,
            left: weight.as_ptr(),
            left_stride: depth,
            right: d_output.as_ptr(),
            right_row: 1,
            right_column: depth,
            output: d_input.as_mut_ptr(),
            start: Start::Zero,
            pack: pack.as_mut_ptr(),
        };
        // SAFETY: there are `inputs` times `depth` weights, and of each of `columns` samples `depth` values of
        // `d_output` and `inputs` of `d_input`, as was asserted, and scratch memory enough.
        unsafe { product.run(instructions) };
    }
}
