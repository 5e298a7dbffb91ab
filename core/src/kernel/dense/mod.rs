//! Dense layers.
//!
//! Weights are column-major with one row for each output, samples lie one after another. One sample of a small layer is
//! computed in code unrolled for the layer's size, which is meant to be inlined into a network's; batches and larger
//! layers go through products that take their sizes as values.

mod batch;
mod single;
mod single_gradient;
mod sizes;
#[cfg(test)]
mod tests;

use core::marker::PhantomData;

pub(crate) use batch::{affine_gradient_rows, affine_input_gradient_rows, affine_rows};
pub(crate) use sizes::is_unrolled;
use sizes::needs_pack;

use super::epilogue::{Epilogue, Map};
use super::product;
use crate::capacity;
use crate::scalar::Float;
use crate::simd::{self, InstructionSet};

/// Whether one sample goes through code unrolled for its layer's size, rather than through the product for
/// batches.
///
/// Unrolled code is compiled for each size and instruction set, in the user's crate. Where nothing is
/// optimised that gains no speed, and costs twenty layers a second of every build.
const SINGLE_SAMPLES: bool = !cfg!(debug_assertions);

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
    if SINGLE_SAMPLES && let ([input], [output]) = (input, &mut *output) {
        if const { !is_unrolled(IN, OUT) } {
            single::AffineGiven { weight, bias, input, output }.call(instructions);
            if let Some(pre) = pre {
                pre[..OUT].copy_from_slice(output);
            }
            if !E::IS_IDENTITY {
                E::map(instructions, Map::new(None, output));
            }
            return;
        }
        let layer = single::Affine::<T, E, IN, OUT> {
            weight: weight.as_ptr(),
            bias: bias.map(<[T]>::as_ptr),
            input: input.as_ptr(),
            output: output.as_mut_ptr(),
            pre: pre.map(<[T]>::as_mut_ptr),
            epilogue: PhantomData,
        };
        return simd::separate(instructions, layer);
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
    if SINGLE_SAMPLES && let ([d_output], [input]) = (d_output, input) {
        if const { !is_unrolled(IN, OUT) } {
            single_gradient::GradientGiven { d_output, input, weight_gradient, bias_gradient }
                .call(instructions);
            return;
        }
        let gradient = single_gradient::Gradient::<T, IN, OUT> {
            d_output: d_output.as_ptr(),
            input: input.as_ptr(),
            weight_gradient: weight_gradient.as_mut_ptr(),
            bias_gradient: bias_gradient.map(<[T]>::as_mut_ptr),
        };
        return simd::separate(instructions, gradient);
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
    if SINGLE_SAMPLES && let ([d_output], [d_input]) = (d_output, &mut *d_input) {
        if const { !is_unrolled(IN, OUT) } {
            let d_input = d_input.as_mut_slice();
            single_gradient::InputGradientGiven { weight, d_output, d_input }.call(instructions);
            return;
        }
        let gradient = single_gradient::InputGradient::<T, IN, OUT> {
            weight: weight.as_ptr(),
            d_output: d_output.as_ptr(),
            d_input: d_input.as_mut_ptr(),
        };
        return simd::separate(instructions, gradient);
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
