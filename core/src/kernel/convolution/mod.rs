//! The numeric work of convolutions and transposed convolutions.
//!
//! A convolution is a product of matrices, one of them the image shifted by each place of the window. The image is
//! copied once at most, into planes (`geometry`), whatever the window: not for each of its places. Either the
//! vectors hold neighbouring positions of the result (`tile`, `correlate`), or they hold its channels
//! (`broadcast`); [`Geometry`] chooses what leaves fewer lanes empty. Windows of three by three over many channels
//! are computed by tiles instead (`winograd`), with 4/9 of the multiplications: [`Geometry::method`] says from which
//! sizes on. That goes for results and, as the adjoint convolution, for gradients with respect to images; the
//! gradient of the weights is always direct.
//!
//! A convolution that repays it is split over threads (`split`), unless it is part of a batch that already is.
//!
//! Sizes are run-time values and the loops are compiled with this crate, so that a program has them once and not for
//! each layer. An activation is handed on as a value.

mod broadcast;
mod compute;
mod correlate;
mod finish;
mod geometry;
mod limits;
mod memory;
mod planes;
mod prepare;
#[cfg(feature = "threads")]
mod split;
#[cfg(test)]
mod tests;
mod tile;
mod winograd;

pub use geometry::{Geometry, Sliding};
pub use winograd::Method;

use super::{Applied, Epilogue};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};
use finish::Finish;
use geometry::smaller;
use planes::add_up;

/// `result = epilogue(weight * image + bias)` for each sample, where `*` is the cross-correlation that
/// `torch.nn.Conv2d` computes.
///
/// `bias` has a value for each channel of the result, or none. `pre`, if given, gets the values before the
/// epilogue. `scratch` holds [`Geometry::convolve_scratch`] values.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "what a convolution has")]
pub fn convolve<T: Float, I: InstructionSet, E: Epilogue<T>>(
    instructions: I,
    geometry: &Geometry,
    weight: &[T],
    bias: &[T],
    image: &[T],
    result: &mut [T],
    pre: Option<&mut [T]>,
    scratch: &mut [T],
) {
    let method = geometry.method();
    convolve_by::<T, I, E>(
        method,
        instructions,
        geometry,
        weight,
        bias,
        image,
        result,
        pre,
        scratch,
    );
}

/// The convolution by a method of the caller's choice, so that they can be compared. `scratch` holds
/// [`Geometry::method_scratch`] values.
///
/// # Panics
/// If a slice is too short, or the convolution [cannot be tiled](Geometry::can_be_tiled) and shall be.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "what a convolution has")]
pub fn convolve_by<T: Float, I: InstructionSet, E: Epilogue<T>>(
    method: Method,
    instructions: I,
    geometry: &Geometry,
    weight: &[T],
    bias: &[T],
    image: &[T],
    result: &mut [T],
    pre: Option<&mut [T]>,
    scratch: &mut [T],
) {
    let finish = Finish { epilogue: Applied::of::<I, E>(instructions), pre };
    Convolve { method, geometry, weight, bias, image, result, finish, scratch }.call(instructions);
}

/// `image = epilogue(weight^T * result + bias)` for each sample: what `torch.nn.ConvTranspose2d` computes, and
/// without bias and epilogue the gradient of [`convolve`] with respect to its image.
///
/// `bias` has a value for each channel of the image, or none. `pre`, if given, gets the values before the
/// epilogue. `scratch` holds [`Geometry::transposed_scratch`] values.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "what a convolution has")]
pub fn convolve_transposed<T: Float, I: InstructionSet, E: Epilogue<T>>(
    instructions: I,
    geometry: &Geometry,
    weight: &[T],
    bias: &[T],
    result: &[T],
    image: &mut [T],
    pre: Option<&mut [T]>,
    scratch: &mut [T],
) {
    let finish = Finish { epilogue: Applied::of::<I, E>(instructions), pre };
    ConvolveTransposed { geometry, weight, bias, result, image, finish, scratch }
        .call(instructions);
}

/// Adds to `gradient` how the weights of [`convolve`] change a loss whose gradient with respect to the result
/// is given, summed over the samples.
///
/// `scratch` holds [`Geometry::gradient_batch_scratch`] values, for one sample
/// [`Geometry::gradient_scratch`].
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
pub fn weight_gradient<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    image: &[T],
    d_result: &[T],
    gradient: &mut [T],
    scratch: &mut [T],
) {
    WeightGradient { geometry, image, d_result, gradient, scratch }.call(instructions);
}

/// Adds to `gradient` the sums over samples and positions of the gradient with respect to each channel's
/// values, of which there are `len`.
///
/// # Panics
/// If `d_output` is no whole number of samples.
#[inline(always)]
pub fn bias_gradient<T: Float, I: InstructionSet>(
    instructions: I,
    len: usize,
    d_output: &[T],
    gradient: &mut [T],
) {
    if !gradient.is_empty() {
        BiasGradient { len, d_output, gradient }.call(instructions);
    }
}

/// [`convolve`].
struct Convolve<'a, T> {
    method: Method,
    geometry: &'a Geometry,
    weight: &'a [T],
    bias: &'a [T],
    image: &'a [T],
    result: &'a mut [T],
    finish: Finish<'a, T>,
    scratch: &'a mut [T],
}

/// [`convolve_transposed`].
struct ConvolveTransposed<'a, T> {
    geometry: &'a Geometry,
    weight: &'a [T],
    bias: &'a [T],
    result: &'a [T],
    image: &'a mut [T],
    finish: Finish<'a, T>,
    scratch: &'a mut [T],
}

/// [`weight_gradient`].
struct WeightGradient<'a, T> {
    geometry: &'a Geometry,
    image: &'a [T],
    d_result: &'a [T],
    gradient: &'a mut [T],
    scratch: &'a mut [T],
}

/// [`bias_gradient`].
struct BiasGradient<'a, T> {
    len: usize,
    d_output: &'a [T],
    gradient: &'a mut [T],
}

compiled_here!(
    Convolve<'a, T>,
    ConvolveTransposed<'a, T>,
    WeightGradient<'a, T>,
    BiasGradient<'a, T>,
);

impl<T: Float> Kernel for Convolve<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        #[cfg(feature = "threads")]
        if let parts @ 2.. = self.parts() {
            return self.run_in_parts(instructions, parts);
        }
        let Self { method, geometry, weight, bias, image, result, mut finish, scratch } = self;
        let samples = samples(geometry, image, result);
        assert!(weight.len() == geometry.weights());
        assert!(bias.is_empty() || bias.len() == geometry.groups * geometry.outputs);
        assert!(finish.pre.as_ref().is_none_or(|pre| pre.len() == result.len()));
        if method == Method::Tiled {
            assert!(geometry.can_be_tiled());
            // SAFETY: image and result hold so many samples, as `samples` has checked; as many weights as the geometry
            // says, and a bias for each output or none, were asserted, and that it can be tiled.
            return unsafe {
                winograd::convolve(
                    instructions,
                    geometry,
                    samples,
                    [weight, bias],
                    image,
                    result,
                    finish,
                    scratch,
                )
            };
        }
        let memory = geometry.memory(1, weight, bias, scratch);
        let is_by_channel = geometry.is_by_channel(<T::Vector<I> as Vector<T>>::LANES);
        // SAFETY: `memory` was made for one sample of this geometry, of which there are as many weights as it says; it
        // has places for positions and packed weights wherever a result is computed by channel.
        unsafe {
            prepare::planes::<T, I>(geometry, memory, 1);
            if is_by_channel {
                prepare::positions(geometry, memory.positions);
                prepare::packed_weights::<T, I>(geometry, memory);
            }
        }
        // Whether the result is computed where it belongs, without gaps.
        let is_direct = is_by_channel || geometry.is_run();
        for sample in 0..samples {
            let image = &image[sample * geometry.image_values()..][..geometry.image_values()];
            let range = sample * geometry.result_values()..(sample + 1) * geometry.result_values();
            let result = &mut result[range.clone()];
            let runs = if is_direct { result.as_mut_ptr() } else { memory.runs };
            // SAFETY: image and result were sliced to one sample. `memory` was prepared above; its runs are those of
            // one sample where the result is not written directly.
            unsafe {
                compute::convolve(instructions, geometry, memory, image.as_ptr(), runs);
                if !is_direct {
                    planes::close::<T, T::Vector<I>>(geometry, runs, result.as_mut_ptr());
                }
            }
            finish.run(range, result);
        }
    }
}

impl<T: Float> Kernel for ConvolveTransposed<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        #[cfg(feature = "threads")]
        if let parts @ 2.. = self.parts() {
            return self.run_in_parts(instructions, parts);
        }
        let Self { geometry, weight, bias, result, image, mut finish, scratch } = self;
        assert!(weight.len() == geometry.weights());
        if geometry.is_by_adjoint() {
            let (turned, scratch) = scratch.split_at_mut(geometry.weights());
            // SAFETY: both have as many weights as the geometry says, by the assertion and by the split; one is
            // borrowed to be changed, so they do not overlap.
            unsafe { prepare::turn(geometry, weight.as_ptr(), turned.as_mut_ptr()) };
            let geometry = &geometry.adjoint();
            let (method, weight) = (geometry.method(), &*turned);
            let (image, result) = (result, image);
            return Convolve { method, geometry, weight, bias, image, result, finish, scratch }
                .call(instructions);
        }
        let samples = samples(geometry, image, result);
        assert!(bias.is_empty() || bias.len() == geometry.groups * geometry.inputs);
        assert!(finish.pre.as_ref().is_none_or(|pre| pre.len() == image.len()));
        let memory = geometry.memory(1, weight, bias, scratch);
        // SAFETY: `memory` was made for this geometry, so that it has an offset for each output.
        unsafe { prepare::runs(geometry, memory.offsets) };
        for sample in 0..samples {
            let result = &result[sample * geometry.result_values()..][..geometry.result_values()];
            let range = sample * geometry.image_values()..(sample + 1) * geometry.image_values();
            let image = &mut image[range.clone()];
            let (source, target) = (result.as_ptr(), image.as_mut_ptr());
            // SAFETY: result and image were sliced to one sample; `memory` was made for one, with as many weights as
            // the geometry says and a bias for each channel of the image or none, as was asserted.
            unsafe { compute::convolve_transposed(instructions, geometry, memory, source, target) };
            finish.run(range, image);
        }
    }
}

impl<T: Float> Kernel for WeightGradient<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { geometry, image, d_result, gradient, scratch } = self;
        assert!(gradient.len() == geometry.weights());
        let samples = samples(geometry, image, d_result);
        let at_once = if samples > 1 { geometry.samples_at_once() } else { 1 };
        let memory = geometry.memory(at_once, &[], &[], scratch);
        let gradient = gradient.as_mut_ptr();
        let is_by_channel = geometry.is_gradient_by_channel(<T::Vector<I> as Vector<T>>::LANES);
        // SAFETY: `memory` was made for `at_once` samples of this geometry, and `count` is no more. `sample + count` is
        // at most the number of samples in `image` and `d_result`, as `samples` has checked. There are as many
        // gradients as weights, as was asserted, and places for packed ones wherever they are computed by channel.
        unsafe {
            prepare::planes::<T, I>(geometry, memory, at_once);
            if is_by_channel {
                prepare::positions(geometry, memory.positions);
                prepare::packed_gradient::<T, I>(geometry, memory);
            }
            let mut sample = 0;
            while sample < samples {
                let count = smaller(at_once, samples - sample);
                let image = image.as_ptr().add(sample * geometry.image_values());
                let d_result = d_result.as_ptr().add(sample * geometry.result_values());
                let pointers = [image, d_result];
                compute::add_gradient(instructions, geometry, memory, count, pointers, gradient);
                sample += at_once;
            }
            if is_by_channel {
                compute::add_packed::<T, I>(geometry, memory, gradient);
            }
        }
    }
}

impl<T: Float> Kernel for BiasGradient<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let Self { len, d_output, gradient } = self;
        let channels = gradient.len();
        let sample = channels.checked_mul(len).expect("a sample of more values than memory holds");
        let samples = d_output.len() / sample;
        assert!(samples * sample == d_output.len());
        let (values, sums) = (d_output.as_ptr(), gradient.as_mut_ptr());
        // SAFETY: `d_output` has `samples` times `channels` times `len` values, as was asserted of a product that does
        // not wrap round; `gradient` has `channels`.
        unsafe { add_up::<T, T::Vector<I>>([samples, channels, len], values, sums) };
    }
}

/// How many samples there are in both.
#[inline(always)]
fn samples<T>(geometry: &Geometry, image: &[T], result: &[T]) -> usize {
    let samples = image.len() / geometry.image_values();
    assert!(
        image.len() == samples * geometry.image_values()
            && Some(result.len()) == samples.checked_mul(geometry.result_values())
    );
    samples
}
