//! Dense layers.
//!
//! Weights are column-major with one row for each output, samples lie one after another. One sample of a small layer is
//! computed in code unrolled for the layer's size, which is meant to be inlined into a network's; batches and larger
//! layers go through products that take their sizes as values.

mod batch;
// One sample goes through code unrolled for its layer's size, rather than through the product for batches, where that is
// optimised. Unrolled code is compiled for each size and instruction set, in the user's crate: where nothing is optimised
// that gains no speed, and costs twenty layers a second of every build.
#[cfg_attr(debug_assertions, allow(dead_code, reason = "called where it is optimised"))]
mod single;
#[cfg_attr(debug_assertions, allow(dead_code, reason = "called where it is optimised"))]
mod single_gradient;
mod sizes;
#[cfg(test)]
mod tests;

pub(crate) use batch::{affine_gradient_rows, affine_input_gradient_rows, affine_rows};
pub(crate) use sizes::is_unrolled;
use sizes::needs_pack;

use super::epilogue::Epilogue;
use super::product;
use crate::capacity;
use crate::scalar::Float;
use crate::simd::InstructionSet;

/// The weights of a layer of this size.
const fn weights(input: usize, output: usize) -> usize {
    capacity::product(input, output, "weights")
}

/// Values of scratch memory that [`affine`] needs for a layer of this size, whatever the batch.
pub const fn affine_scratch(input: usize, output: usize) -> usize {
    if needs_pack(input, output) { product::pack_len(output, input) } else { 0 }
}

/// Values of scratch memory that [`affine_gradient`] and [`affine_input_gradient`] need for a layer of this
/// size, whatever the batch.
pub const fn affine_backward_scratch(input: usize, output: usize) -> usize {
    let transposed = product::pack_len(input, output);
    let packed =
        if needs_pack(input, output) { product::pack_len(output, product::BLOCK_DEPTH) } else { 0 };
    if transposed > packed { transposed } else { packed }
}

/// `output = epilogue(weight * input + bias)` for each sample, or without a bias.
///
/// `pre`, if given, holds `OUT` values for each sample and gets them as they are before the epilogue. `pack`
/// holds at least [`affine_scratch`] values; one sample needs none.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
pub fn affine<T: Float, I: InstructionSet, E: Epilogue<T>, const IN: usize, const OUT: usize>(
    instructions: I,
    weight: &[T],
    bias: Option<&[T]>,
    input: &[[T; IN]],
    output: &mut [[T; OUT]],
    pre: Option<&mut [T]>,
    pack: &mut [T],
) {
    assert!(weight.len() == const { weights(IN, OUT) });
    assert!(bias.is_none_or(|bias| bias.len() == OUT));
    assert!(output.len() == input.len());
    if let Some(pre) = &pre {
        assert!(pre.len() >= output.as_flattened().len());
    }
    #[cfg(not(debug_assertions))]
    if let ([input], [output]) = (input, &mut *output) {
        return single::affine::<T, I, E, IN, OUT>(instructions, weight, bias, input, output, pre);
    }
    affine_rows::<T, I, E>(
        instructions,
        (weight, OUT),
        bias,
        input.as_flattened(),
        output.as_flattened_mut(),
        pre,
        pack,
    );
}

/// `weight_gradient += d_output * input^T` and, where there is a bias, `bias_gradient += d_output`, summed over the
/// samples.
///
/// `pack` holds at least [`affine_backward_scratch`] values; one sample needs none.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
pub fn affine_gradient<T: Float, I: InstructionSet, const IN: usize, const OUT: usize>(
    instructions: I,
    d_output: &[[T; OUT]],
    input: &[[T; IN]],
    weight_gradient: &mut [T],
    bias_gradient: Option<&mut [T]>,
    pack: &mut [T],
) {
    assert!(weight_gradient.len() == const { weights(IN, OUT) } && d_output.len() == input.len());
    assert!(bias_gradient.as_ref().is_none_or(|bias| bias.len() == OUT));
    #[cfg(not(debug_assertions))]
    if let ([d_output], [input]) = (d_output, input) {
        let gradients = (weight_gradient, bias_gradient);
        return single_gradient::affine_gradient(instructions, d_output, input, gradients);
    }
    affine_gradient_rows(
        instructions,
        (d_output.as_flattened(), OUT),
        input.as_flattened(),
        weight_gradient,
        bias_gradient,
        pack,
    );
}

/// `d_input = weight^T * d_output` for each sample.
///
/// `pack` holds at least [`affine_backward_scratch`] values; one sample needs none.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
pub fn affine_input_gradient<T: Float, I: InstructionSet, const IN: usize, const OUT: usize>(
    instructions: I,
    weight: &[T],
    d_output: &[[T; OUT]],
    d_input: &mut [[T; IN]],
    pack: &mut [T],
) {
    assert!(weight.len() == const { weights(IN, OUT) } && d_output.len() == d_input.len());
    #[cfg(not(debug_assertions))]
    if let ([d_output], [d_input]) = (d_output, &mut *d_input) {
        return single_gradient::affine_input_gradient(instructions, weight, d_output, d_input);
    }
    affine_input_gradient_rows(
        instructions,
        weight,
        d_output.as_flattened(),
        d_input.as_flattened_mut(),
        IN,
        pack,
    );
}
