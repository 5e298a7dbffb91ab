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
//! Sizes are run-time values, so that a program has the loops once and not for each layer; only what applies the
//! activation is compiled where it is used, once for each activation.

mod broadcast;
mod compute;
mod correlate;
mod finish;
mod geometry;
mod memory;
mod planes;
mod prepare;
mod step;
#[cfg(test)]
mod tests;
mod tile;
mod winograd;

pub use geometry::Geometry;
pub use winograd::Method;

use core::marker::PhantomData;

use super::Epilogue;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};
use finish::Finish;
use geometry::smaller;
use step::{Call, Memory, Step};

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

/// [`convolve`] by a method of the caller's choice, so that they can be compared. `scratch` holds
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
    let epilogue = PhantomData;
    instructions.outline(Convolve::<T, E> {
        method,
        geometry,
        weight,
        bias,
        image,
        result,
        pre,
        scratch,
        epilogue,
    });
}

/// [`convolve`], in a function that is compiled once for each epilogue.
struct Convolve<'a, T, E> {
    method: Method,
    geometry: &'a Geometry,
    weight: &'a [T],
    bias: &'a [T],
    image: &'a [T],
    result: &'a mut [T],
    pre: Option<&'a mut [T]>,
    scratch: &'a mut [T],
    epilogue: PhantomData<E>,
}

impl<T: Float, E: Epilogue<T>> Kernel for Convolve<'_, T, E> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { method, geometry, weight, bias, image, result, mut pre, scratch, .. } = self;
        let samples = samples(geometry, image, result);
        assert!(weight.len() == geometry.weights());
        assert!(bias.is_empty() || bias.len() == geometry.groups * geometry.outputs);
        assert!(pre.as_ref().is_none_or(|pre| pre.len() == result.len()));
        if method == Method::Tiled {
            assert!(geometry.can_be_tiled());
            let bias = if bias.is_empty() { core::ptr::null() } else { bias.as_ptr() };
            let (weight, image) = (weight.as_ptr(), image.as_ptr());
            // SAFETY: the lengths were checked.
            return unsafe {
                winograd::convolve::<T, I, E>(
                    instructions,
                    geometry,
                    samples,
                    weight,
                    bias,
                    image,
                    result,
                    pre,
                    scratch,
                )
            };
        }
        let memory = geometry.memory(1, weight, bias, scratch);
        let is_by_channel = geometry.is_by_channel(<T::Vector<I> as Vector<T>>::LANES);
        // SAFETY: the lengths were checked, and `memory` has room for one sample.
        unsafe {
            let step = Step::PreparePlanes { samples: 1 };
            Call { geometry, memory, step }.run(instructions);
            if is_by_channel {
                Call { geometry, memory, step: Step::PackWeights }.run(instructions);
            }
        }
        // Whether the result is computed where it belongs, without gaps.
        let is_direct = is_by_channel || geometry.is_run();
        for sample in 0..samples {
            let image = &image[sample * geometry.image_values()..][..geometry.image_values()];
            let range = sample * geometry.result_values()..(sample + 1) * geometry.result_values();
            let pre = pre
                .as_deref_mut()
                .map_or(core::ptr::null_mut(), |pre| pre[range.clone()].as_mut_ptr());
            let result = &mut result[range];
            let runs = if is_direct { result.as_mut_ptr() } else { memory.runs };
            let finish = if is_direct {
                Finish::<T, E>::in_place(result, pre)
            } else {
                Finish {
                    sizes: [
                        geometry.groups * geometry.outputs,
                        geometry.result[0],
                        geometry.result[1],
                    ],
                    source: runs,
                    channel: geometry.run(),
                    row: geometry.plane()[1],
                    target: result.as_mut_ptr(),
                    pre,
                    epilogue: PhantomData,
                }
            };
            let step = Step::Convolve { image: image.as_ptr(), runs };
            // SAFETY: the image and the runs have the sizes of one sample.
            unsafe {
                Call { geometry, memory, step }.run(instructions);
                finish.run(instructions);
            }
        }
    }
}

/// `image = epilogue(weight^T * result + bias)` for each sample: what `torch.nn.ConvTranspose2d` computes, and
/// without bias and epilogue the gradient of [`convolve`] with respect to its image.
///
/// `bias` has a value for each channel of the image, or none. `pre`, if given, gets the values before the
/// epilogue. `scratch` holds [`Geometry::transpose_scratch`] values.
///
/// # Panics
/// If a slice is too short.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "what a convolution has")]
pub fn transpose<T: Float, I: InstructionSet, E: Epilogue<T>>(
    instructions: I,
    geometry: &Geometry,
    weight: &[T],
    bias: &[T],
    result: &[T],
    image: &mut [T],
    pre: Option<&mut [T]>,
    scratch: &mut [T],
) {
    assert!(weight.len() == geometry.weights());
    if geometry.is_by_adjoint() {
        let (turned, scratch) = scratch.split_at_mut(geometry.weights());
        let memory = Memory { weight: weight.as_ptr(), ..Memory::NONE };
        let step = Step::Turn { target: turned.as_mut_ptr() };
        // SAFETY: there are as many weights as the geometry says.
        unsafe { Call { geometry, memory, step }.run(instructions) };
        let adjoint = geometry.adjoint();
        return convolve::<T, I, E>(
            instructions,
            &adjoint,
            turned,
            bias,
            result,
            image,
            pre,
            scratch,
        );
    }
    let epilogue = PhantomData;
    instructions.outline(Transpose::<T, E> {
        geometry,
        weight,
        bias,
        result,
        image,
        pre,
        scratch,
        epilogue,
    });
}

/// [`transpose`], in a function that is compiled once for each epilogue.
struct Transpose<'a, T, E> {
    geometry: &'a Geometry,
    weight: &'a [T],
    bias: &'a [T],
    result: &'a [T],
    image: &'a mut [T],
    pre: Option<&'a mut [T]>,
    scratch: &'a mut [T],
    epilogue: PhantomData<E>,
}

impl<T: Float, E: Epilogue<T>> Kernel for Transpose<'_, T, E> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { geometry, weight, bias, result, image, mut pre, scratch, .. } = self;
        let samples = samples(geometry, image, result);
        assert!(bias.is_empty() || bias.len() == geometry.groups * geometry.inputs);
        assert!(pre.as_ref().is_none_or(|pre| pre.len() == image.len()));
        let memory = geometry.memory(1, weight, bias, scratch);
        // SAFETY: the lengths were checked, and `memory` has room for one sample.
        unsafe { Call { geometry, memory, step: Step::PrepareRuns }.run(instructions) };
        for sample in 0..samples {
            let result = &result[sample * geometry.result_values()..][..geometry.result_values()];
            let range = sample * geometry.image_values()..(sample + 1) * geometry.image_values();
            let pre = pre
                .as_deref_mut()
                .map_or(core::ptr::null_mut(), |pre| pre[range.clone()].as_mut_ptr());
            let image = &mut image[range];
            let step = Step::Transpose { result: result.as_ptr(), image: image.as_mut_ptr() };
            // SAFETY: the image and the result have the sizes of one sample.
            unsafe {
                Call { geometry, memory, step }.run(instructions);
                Finish::<T, E>::in_place(image, pre).run(instructions);
            }
        }
    }
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
    instructions.outline(WeightGradient { geometry, image, d_result, gradient, scratch });
}

/// [`weight_gradient`], in a function that is compiled once.
struct WeightGradient<'a, T> {
    geometry: &'a Geometry,
    image: &'a [T],
    d_result: &'a [T],
    gradient: &'a mut [T],
    scratch: &'a mut [T],
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
        // SAFETY: the lengths were checked, and `memory` has room for the samples of one step.
        unsafe {
            let step = Step::PreparePlanes { samples: at_once };
            Call { geometry, memory, step }.run(instructions);
            if is_by_channel {
                Call { geometry, memory, step: Step::ClearPacked }.run(instructions);
            }
            let mut sample = 0;
            while sample < samples {
                let step = Step::Gradient {
                    samples: smaller(at_once, samples - sample),
                    image: image.as_ptr().add(sample * geometry.image_values()),
                    result: d_result.as_ptr().add(sample * geometry.result_values()),
                    gradient,
                };
                Call { geometry, memory, step }.run(instructions);
                sample += at_once;
            }
            if is_by_channel {
                Call { geometry, memory, step: Step::AddPacked { gradient } }.run(instructions);
            }
        }
    }
}

/// Adds to `gradient` the sums over samples and positions of the gradient with respect to each channel's
/// values, of which there are `len`.
///
/// # Panics
/// If `d_output` is no whole number of samples.
#[inline(always)]
pub fn bias_gradient<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    len: usize,
    d_output: &[T],
    gradient: &mut [T],
) {
    let channels = gradient.len();
    if channels == 0 {
        return;
    }
    let samples = d_output.len() / (channels * len);
    assert!(samples * channels * len == d_output.len());
    let (values, sums) = (d_output.as_ptr(), gradient.as_mut_ptr());
    let step = Step::AddUp { samples, channels, len, values, sums };
    // SAFETY: the length was checked.
    unsafe { Call { geometry, memory: Memory::NONE, step }.run(instructions) };
}

/// How many samples there are in both.
#[inline(always)]
fn samples<T>(geometry: &Geometry, image: &[T], result: &[T]) -> usize {
    let samples = image.len() / geometry.image_values();
    assert!(
        image.len() == samples * geometry.image_values()
            && result.len() == samples * geometry.result_values()
    );
    samples
}
