//! The numeric work of convolutions and transposed convolutions.
//!
//! A convolution is a product of matrices whose left one is the image, shifted by each place of the window.
//! Nothing is copied for that but the image once, into [planes](geometry), and not even that where it has no
//! padding and windows move by one. Sizes are run-time values, so that a program has the loops once and not
//! for each layer; only the activation is compiled where it is used.

mod correlate;
mod geometry;
mod planes;
mod step;
mod tile;

pub use geometry::Geometry;

use core::marker::PhantomData;

use super::Epilogue;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector};
use geometry::{larger, smaller};
use step::{Call, Memory, Step};

/// Values of working memory that the planes and runs of the samples of one step may take.
const CHUNK: usize = 1 << 16;
/// Samples of one step at most. Sums over lanes are made once in a step.
const MOST_SAMPLES: usize = 8;

impl Geometry {
    /// Working memory of [`convolve`] and [`transpose`].
    pub const fn scratch(&self) -> usize {
        self.offsets() + self.planes_scratch() + self.runs_scratch()
    }

    /// Working memory of [`weight_gradient`] and the others, for a batch of one sample.
    pub const fn backward_scratch(&self) -> usize {
        self.scratch()
    }

    /// What [`weight_gradient`] needs besides for larger batches.
    pub const fn backward_batch_scratch(&self) -> usize {
        (self.samples_at_once() - 1) * (self.planes_scratch() + self.runs_scratch())
    }

    /// Samples whose weight gradients are summed at a time.
    const fn samples_at_once(&self) -> usize {
        let values = larger(self.planes() + self.runs(), 1);
        larger(1, smaller(MOST_SAMPLES, CHUNK / values))
    }

    const fn offsets(&self) -> usize {
        larger(self.depth(), self.outputs)
    }

    const fn planes_scratch(&self) -> usize {
        if self.is_plane() { 0 } else { self.planes() }
    }

    const fn runs_scratch(&self) -> usize {
        if self.is_run() { 0 } else { self.runs() }
    }

    /// Working memory for so many samples, in parts.
    fn memory<T: Float>(
        &self,
        samples: usize,
        weight: &[T],
        bias: &[T],
        scratch: &mut [T],
    ) -> Memory<T> {
        let (offsets, rest) = scratch.split_at_mut(self.offsets());
        let (planes, rest) = rest.split_at_mut(samples * self.planes_scratch());
        let (runs, _) = rest.split_at_mut(samples * self.runs_scratch());
        Memory {
            // Numbers of 32 bits in memory of floats, which are at least as large.
            offsets: offsets.as_mut_ptr().cast(),
            planes: planes.as_mut_ptr(),
            runs: runs.as_mut_ptr(),
            weight: weight.as_ptr(),
            bias: if bias.is_empty() { core::ptr::null() } else { bias.as_ptr() },
        }
    }
}

/// `result = epilogue(weight * image + bias)` for each sample, where `*` is the cross-correlation that
/// `torch.nn.Conv2d` computes.
///
/// `bias` has a value for each channel of the result, or none. `pre`, if given, gets the values before the
/// epilogue.
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
    mut pre: Option<&mut [T]>,
    scratch: &mut [T],
) {
    assert!(weight.len() == geometry.weights());
    let samples = samples(geometry, image, result, pre.as_deref());
    let memory = geometry.memory(1, weight, bias, scratch);
    let prepare = Step::PreparePlanes { samples: 1 };
    // SAFETY: the lengths were checked, and `memory` has room for one sample.
    unsafe { Call { geometry, memory, step: prepare }.run(instructions) };
    for sample in 0..samples {
        let image = &image[sample * geometry.image_values()..][..geometry.image_values()];
        let range = sample * geometry.result_values()..(sample + 1) * geometry.result_values();
        let pre = pre.as_deref_mut().map(|pre| &mut pre[range.clone()]);
        let result = &mut result[range];
        let runs = if geometry.is_run() { result.as_mut_ptr() } else { memory.runs };
        let step = Step::Convolve { image: image.as_ptr(), runs };
        // SAFETY: the image and the runs have the sizes of one sample.
        unsafe { Call { geometry, memory, step }.run(instructions) };
        let [rows, columns] = geometry.result;
        let channels = geometry.groups * geometry.outputs;
        let finish = Finish::<T, E> {
            channels: if geometry.is_run() { 1 } else { channels },
            rows: if geometry.is_run() { 1 } else { rows },
            columns: if geometry.is_run() { geometry.result_values() } else { columns },
            source: runs,
            source_channel: geometry.run(),
            source_row: geometry.plane()[1],
            target: result.as_mut_ptr(),
            pre: pre.map(<[T]>::as_mut_ptr),
            epilogue: PhantomData,
        };
        if !(geometry.is_run() && E::IS_IDENTITY && finish.pre.is_none()) {
            instructions.outline(finish);
        }
    }
}

/// `image = epilogue(weight^T * result + bias)` for each sample: what `torch.nn.ConvTranspose2d` computes, and
/// without bias and epilogue the gradient of [`convolve`] with respect to its image.
///
/// `bias` has a value for each channel of the image, or none. `pre`, if given, gets the values before the
/// epilogue.
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
    mut pre: Option<&mut [T]>,
    scratch: &mut [T],
) {
    assert!(weight.len() == geometry.weights());
    let samples = samples(geometry, image, result, None);
    let memory = geometry.memory(1, weight, bias, scratch);
    // SAFETY: the lengths were checked, and `memory` has room for one sample.
    unsafe { Call { geometry, memory, step: Step::PrepareRuns }.run(instructions) };
    for sample in 0..samples {
        let result = &result[sample * geometry.result_values()..][..geometry.result_values()];
        let range = sample * geometry.image_values()..(sample + 1) * geometry.image_values();
        let pre = pre.as_deref_mut().map(|pre| &mut pre[range.clone()]);
        let image = &mut image[range];
        let step = Step::Transpose { result: result.as_ptr(), image: image.as_mut_ptr() };
        // SAFETY: the image and the result have the sizes of one sample.
        unsafe { Call { geometry, memory, step }.run(instructions) };
        if !(E::IS_IDENTITY && pre.is_none()) {
            instructions.outline(Finish::<T, E> {
                channels: 1,
                rows: 1,
                columns: image.len(),
                source: image.as_ptr(),
                source_channel: 0,
                source_row: 0,
                target: image.as_mut_ptr(),
                pre: pre.map(<[T]>::as_mut_ptr),
                epilogue: PhantomData,
            });
        }
    }
}

/// Adds to `gradient` how the weights of [`convolve`] change a loss whose gradient with respect to the result
/// is given, summed over the samples.
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
    assert!(gradient.len() == geometry.weights());
    let samples = samples(geometry, image, d_result, None);
    let at_once = if samples > 1 { geometry.samples_at_once() } else { 1 };
    let memory = geometry.memory(at_once, &[], &[], scratch);
    let prepare = Step::PreparePlanes { samples: at_once };
    // SAFETY: the lengths were checked, and `memory` has room for the samples.
    unsafe { Call { geometry, memory, step: prepare }.run(instructions) };
    let mut sample = 0;
    while sample < samples {
        let step = Step::Gradient {
            samples: smaller(at_once, samples - sample),
            image: image[sample * geometry.image_values()..].as_ptr(),
            result: d_result[sample * geometry.result_values()..].as_ptr(),
            gradient: gradient.as_mut_ptr(),
        };
        // SAFETY: there are that many samples.
        unsafe { Call { geometry, memory, step }.run(instructions) };
        sample += at_once;
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
    let memory = Memory {
        offsets: core::ptr::null_mut(),
        planes: core::ptr::null_mut(),
        runs: core::ptr::null_mut(),
        weight: core::ptr::null(),
        bias: core::ptr::null(),
    };
    let (values, sums) = (d_output.as_ptr(), gradient.as_mut_ptr());
    let step = Step::AddUp { samples, channels, len, values, sums };
    // SAFETY: the length was checked.
    unsafe { Call { geometry, memory, step }.run(instructions) };
}

/// How many samples there are in all of these.
#[inline(always)]
fn samples<T>(geometry: &Geometry, image: &[T], result: &[T], pre: Option<&[T]>) -> usize {
    let samples = image.len() / geometry.image_values();
    assert!(
        image.len() == samples * geometry.image_values()
            && result.len() == samples * geometry.result_values()
            && pre.is_none_or(|pre| pre.len() == result.len())
    );
    samples
}

/// Applies the epilogue to rows of values and stores them without gaps.
struct Finish<T, E> {
    channels: usize,
    rows: usize,
    columns: usize,
    source: *const T,
    source_channel: usize,
    source_row: usize,
    /// The source itself, or memory that does not overlap with it.
    target: *mut T,
    pre: Option<*mut T>,
    epilogue: PhantomData<E>,
}

impl<T: Float, E: Epilogue<T>> Kernel for Finish<T, E> {
    type Output = ();
    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        let mut place = 0;
        for channel in 0..self.channels {
            for row in 0..self.rows {
                let mut column = 0;
                while column < self.columns {
                    let count = smaller(lanes, self.columns - column);
                    // SAFETY: only `convolve` and `transpose` make it, for rows that exist.
                    unsafe {
                        let source = self
                            .source
                            .add(channel * self.source_channel + row * self.source_row + column);
                        let value = T::Vector::<I>::load_partial_pointer(source, count);
                        if let Some(pre) = self.pre {
                            value.store_partial_pointer(pre.add(place), count);
                        }
                        E::apply(value).store_partial_pointer(self.target.add(place), count);
                    }
                    column += count;
                    place += count;
                }
            }
        }
    }
}
