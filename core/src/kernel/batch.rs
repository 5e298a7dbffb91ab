//! A dense layer for a batch: products of matrices, and what is fused around them.
//!
//! Sizes are run-time values here, so that a program has this code once and not for each layer.

use super::product::{self, Left, Product, Start};
use super::{Epilogue, elementwise, needs_pack};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};

/// Fewer samples than this do not repay copying the weights.
const FEWEST_PACKED: usize = 8;
/// Values of output that are computed before the epilogue runs over them, still in the first-level cache.
const OUTPUT_CHUNK: usize = 4096;

/// The number of inputs is told by the lengths of `weight` and `bias`.
pub(crate) fn affine<T: Float, I: InstructionSet, E: Epilogue<T>>(
    instructions: I,
    weight: &[T],
    bias: &[T],
    input: &[T],
    output: &mut [T],
    mut pre: Option<&mut [T]>,
    pack: &mut [T],
) {
    let rows = bias.len();
    if rows == 0 || output.is_empty() {
        return;
    }
    let depth = weight.len() / rows;
    let columns = output.len() / rows;
    assert!(weight.len() == rows * depth && Some(input.len()) == columns.checked_mul(depth));
    let is_packed = needs_pack(depth, rows) && columns >= FEWEST_PACKED;
    assert!(
        !is_packed || pack.len() >= product::pack_len(rows, depth),
        "scratch memory is too small"
    );
    // A packed product copies the weights, so it runs once; whole tiles of columns otherwise.
    let chunk = if is_packed { columns } else { (OUTPUT_CHUNK / rows).next_multiple_of(24) };

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
            start: Start::Bias(bias.as_ptr()),
            pack: pack.as_mut_ptr(),
        };
        // SAFETY: the lengths were checked above.
        unsafe { product.run(instructions) };
        match pre {
            Some(pre) => {
                instructions.outline(ApplyFrom::<T, E>(pre, output, core::marker::PhantomData))
            }
            None if E::IS_IDENTITY => {}
            None => instructions.outline(Apply::<T, E>(output, core::marker::PhantomData)),
        }
        column += chunk;
    }
}

/// Applies the epilogue to values in place.
struct Apply<'a, T, E>(&'a mut [T], core::marker::PhantomData<E>);

impl<T: Float, E: Epilogue<T>> Kernel for Apply<'_, T, E> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        elementwise::map_in_place::<T, I, E>(instructions, self.0);
    }
}

/// Applies the epilogue to the first values and stores into the second.
struct ApplyFrom<'a, T, E>(&'a [T], &'a mut [T], core::marker::PhantomData<E>);

impl<T: Float, E: Epilogue<T>> Kernel for ApplyFrom<'_, T, E> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        elementwise::map::<T, I, E>(instructions, self.0, self.1);
    }
}

/// The number of outputs is told by the length of `bias_gradient`.
pub(crate) fn gradient<T: Float, I: InstructionSet>(
    instructions: I,
    d_output: &[T],
    input: &[T],
    weight_gradient: &mut [T],
    bias_gradient: &mut [T],
    pack: &mut [T],
) {
    let rows = bias_gradient.len();
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
    let is_packed =
        needs_pack(columns, rows) && samples >= FEWEST_PACKED && columns >= FEWEST_PACKED;
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
    // SAFETY: the lengths were checked above.
    unsafe { product.run(instructions) };
    instructions.outline(AddColumns { matrix: d_output, sums: bias_gradient });
}

/// Adds all columns of a matrix to a vector.
struct AddColumns<'a, T> {
    matrix: &'a [T],
    sums: &'a mut [T],
}

impl<T: Float> Kernel for AddColumns<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let rows = self.sums.len();
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        let mut row = 0;
        while row < rows {
            let count = lanes.min(rows - row);
            let mut sum = T::Vector::<I>::load_partial(&self.sums[row..], count);
            for column in self.matrix.chunks_exact(rows) {
                sum = sum + T::Vector::<I>::load_partial(&column[row..], count);
            }
            sum.store_partial(&mut self.sums[row..], count);
            row += lanes;
        }
    }
}

/// `inputs` is the number of values that a sample of `d_input` has.
pub(crate) fn input_gradient<T: Float, I: InstructionSet>(
    instructions: I,
    weight: &[T],
    d_output: &[T],
    d_input: &mut [T],
    inputs: usize,
    pack: &mut [T],
) {
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
    // SAFETY: the lengths were checked above.
    unsafe { product.run(instructions) };
}
