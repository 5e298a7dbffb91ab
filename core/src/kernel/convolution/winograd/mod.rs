//! Convolutions with windows of three by three by the minimal filtering of Winograd, F(2x2, 3x3): Lavin and Gray
//! 2016, <https://arxiv.org/abs/1509.09308>.
//!
//! The result is computed by tiles of two by two values. Each comes from a tile of four by four values of the
//! image: `A^T [(G w G^T) * (B^T d B)] A`, where `*` multiplies place by place. Summed over the channels, that
//! is a product of matrices for each of the sixteen places of a tile: 16 multiplications for four values in
//! place of 36.
//!
//! All vectors hold channels, so a transform is additions of whole vectors whatever the width of an image; it is
//! the image that is transposed before, and the result behind. The bias is what the sums of the second place
//! of the second row begin with: that place has the factor 1 in each value of a tile of the result.
//!
//! Sums of four inputs are rounded before they are multiplied, and what is added to a result for one of them is taken
//! off again for another. So the error of a result grows with the largest input in its window, whatever its
//! weight is: beside inputs of 1 one of 1e5 moves results by some 1e-2 in `f32`, even where its weight is 0. By
//! the same differences an infinite input makes most results that it reaches NaN; it reaches no others than by the
//! definition.

mod sizes;
#[cfg(test)]
mod tests;
mod transform;

use super::finish::Finish;
use super::geometry::{Geometry, smaller};
use crate::kernel::product::{Left, Product, Start};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector};
pub use sizes::Method;
use sizes::PLACES;
use sizes::Tiles;
use transform::{fill, transform_inputs, transform_outputs, transform_weights, unload};

/// [`convolve`](super::convolve) by tiles.
///
/// # Safety
/// The geometry can be tiled. `image` and `result` have so many samples, there are as many weights as it says, and a
/// bias for each output or none.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "what a convolution has")]
pub(super) unsafe fn convolve<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    samples: usize,
    [weight, bias]: [&[T]; 2],
    image: &[T],
    result: &mut [T],
    mut finish: Finish<'_, T>,
    scratch: &mut [T],
) {
    let bias = if bias.is_empty() { core::ptr::null() } else { bias.as_ptr() };
    let tiles = geometry.tiles(scratch);
    let at_once = geometry.tiled_samples();
    // SAFETY: the caller promises as many weights as the geometry says, for which `tiles` was made of memory whose size
    // it has checked.
    unsafe { prepare::<T, T::Vector<I>>(geometry, weight.as_ptr(), tiles) };
    let mut sample = 0;
    while sample < samples {
        let count = smaller(at_once, samples - sample);
        let values = geometry.result_values();
        let range = sample * values..(sample + count) * values;
        let image = &image[sample * geometry.image_values()..];
        let result = &mut result[range.clone()];
        let pointers = [image.as_ptr(), result.as_mut_ptr().cast_const()];
        // SAFETY: from `sample` on there are `count` images and results, no more than `tiles` is made for at a time;
        // the result is borrowed to be changed, so it overlaps with nothing else.
        unsafe { perform(instructions, geometry, bias, tiles, count, pointers) };
        finish.run(range, result);
        sample += count;
    }
}

/// What is the same for all samples: the weights' transform, and zeros around the image.
///
/// # Safety
/// `weight` can be read for all weights of this geometry, which can be tiled, and `tiles` was made for it.
#[inline(always)]
unsafe fn prepare<T: Float, V: Vector<T>>(geometry: &Geometry, weight: *const T, tiles: Tiles<T>) {
    // SAFETY: the caller promises the weights; tiles of a geometry have a plane of `tiled_plane` values.
    unsafe {
        transform_weights::<T, V>(geometry, weight, tiles);
        super::planes::set::<T, V>(tiles.plane, geometry.tiled_plane(), T::ZERO);
    }
}

/// Some samples from their images to their results.
///
/// # Safety
/// The image can be read and the result written for so many samples, [`Geometry::tiled_samples`] at most; the bias,
/// unless it is null, has a value for each output. [`prepare`] has run for the tiles. What is written overlaps with
/// nothing else.
#[inline(always)]
unsafe fn perform<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    bias: *const T,
    tiles: Tiles<T>,
    samples: usize,
    [image, result]: [*const T; 2],
) {
    let [rows, columns] = geometry.tile_counts();
    let (inputs, outputs) = (geometry.inputs, geometry.outputs);
    let at_once = geometry.tiled_rows();
    let mut row = 0;
    while row < rows {
        let count = smaller(at_once, rows - row);
        // SAFETY: a step has `tiled_rows` rows of tiles at most, which are all rows where there are several samples, so
        // that `tiles` has room for the inputs and products of all its tiles. The weights of a place are panels of all
        // outputs.
        unsafe {
            for sample in 0..samples {
                if row == 0 {
                    let image = image.add(sample * geometry.image_values());
                    fill::<T, T::Vector<I>>(geometry, image, tiles.plane);
                }
                let first = sample * rows * columns;
                transform_inputs::<T, T::Vector<I>>(geometry, tiles, [row, count], first);
            }
            for place in 0..PLACES {
                let product = Product {
                    rows: outputs,
                    columns: samples * count * columns,
                    depth: inputs,
                    order: Left::Panels,
                    left: tiles.weights.add(place * geometry.tiled_weights()),
                    left_stride: 0,
                    right: tiles.inputs.add(place * geometry.tiled_inputs()),
                    right_row: 1,
                    right_column: geometry.padded_inputs(),
                    output: tiles.outputs.add(place * geometry.tiled_outputs()),
                    start: if place == transform::BIASED && !bias.is_null() {
                        Start::Bias(bias)
                    } else {
                        Start::Zero
                    },
                    pack: core::ptr::null_mut(),
                };
                product.run(instructions);
            }
            for sample in 0..samples {
                let first = sample * rows * columns;
                transform_outputs::<T, T::Vector<I>>(geometry, tiles, [row, count], first);
                if row + count == rows {
                    let result = result.add(sample * geometry.result_values()).cast_mut();
                    unload::<T, T::Vector<I>>(geometry, tiles.columns, result);
                }
            }
        }
        row += count;
    }
}
