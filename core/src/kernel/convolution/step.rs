//! The steps of a convolution, in functions that are compiled once for each number type and instruction set.

use core::any::TypeId;

use super::broadcast::{Broadcast, broadcast, transpose as pack, transpose_back};
use super::correlate::{Correlation, correlate};
use super::geometry::Geometry;
use super::planes::{add_up, fill, gather, set, spread};
use super::tile::{Shifted, Start, multiply};
use crate::scalar::Float;
use crate::simd::{self, InstructionSet, Vector};

/// Working memory and weights. What a step does not name may be dangling.
#[derive(Clone, Copy)]
pub(super) struct Memory<T> {
    /// [`Geometry::depth`] offsets of runs in planes, or of channels in runs.
    pub(super) offsets: *mut u32,
    /// [`Geometry::result_len`] positions of values in runs.
    pub(super) positions: *mut u32,
    /// [`Geometry::planes`] for each sample, unless the image is its own plane.
    pub(super) planes: *mut T,
    /// [`Geometry::runs`] for each sample, unless the result is its own run.
    pub(super) runs: *mut T,
    /// Weights, or their gradient, with all channels of the result side by side, in whole vectors.
    pub(super) packed: *mut T,
    /// The result of one group, with all channels side by side, in whole vectors.
    pub(super) columns: *mut T,
    pub(super) weight: *const T,
    /// One for each channel that a step computes, or null.
    pub(super) bias: *const T,
}

/// What to do; pointers to images and results are those of one sample, or of the first of several.
#[derive(Clone, Copy)]
pub(super) enum Step<T> {
    /// Writes the offsets of runs in planes, and zeros into the planes of so many samples.
    PreparePlanes { samples: usize },
    /// Writes the positions of values in runs, and packs the weights.
    PackWeights,
    /// Writes the positions of values in runs, and zeros for the packed gradient.
    ClearPacked,
    /// Adds the packed gradient.
    AddPacked { gradient: *mut T },
    /// Writes the weights of the [adjoint](Geometry::adjoint) convolution.
    Turn { target: *mut T },
    /// Writes the offsets of channels in runs.
    PrepareRuns,
    /// From an image to the runs of its result, or to the result itself where it is computed by channel.
    Convolve { image: *const T, runs: *mut T },
    /// From a result to the image, the other way.
    Transpose { result: *const T, image: *mut T },
    /// Adds the weights' gradient.
    Gradient { samples: usize, image: *const T, result: *const T, gradient: *mut T },
    /// Adds up `channels` runs of `len` values.
    AddUp { samples: usize, channels: usize, len: usize, values: *const T, sums: *mut T },
}

/// A step of a convolution of these sizes.
pub(super) struct Call<'a, T> {
    pub(super) geometry: &'a Geometry,
    pub(super) memory: Memory<T>,
    pub(super) step: Step<T>,
}

impl<T: Float> Call<'_, T> {
    /// Does the step.
    ///
    /// # Safety
    /// All pointers that the step uses are valid for the sizes, and what it writes overlaps with nothing else.
    #[inline(always)]
    pub(super) unsafe fn run<I: InstructionSet>(&self, instructions: I) {
        if TypeId::of::<T>() == TypeId::of::<f32>() {
            // SAFETY: `T` is `f32`; the caller promises the rest.
            unsafe { run_f32(instructions, &*core::ptr::from_ref(self).cast::<Call<'_, f32>>()) }
        } else {
            debug_assert!(TypeId::of::<T>() == TypeId::of::<f64>());
            // SAFETY: `T` is one of two types, and not `f32`; the caller promises the rest.
            unsafe { run_f64(instructions, &*core::ptr::from_ref(self).cast::<Call<'_, f64>>()) }
        }
    }
}

/// Functions without type parameters: they are compiled with this crate, not again in each that uses it.
macro_rules! instances {
    ($run:ident, $float:ident, $($name:ident, $level:ident, $features:literal);*) => {
        #[inline(always)]
        unsafe fn $run<I: InstructionSet>(_: I, call: &Call<'_, $float>) {
            match I::LEVEL {
                $(
                    // SAFETY: there is an `I`, so the machine has its features; the caller promises the rest.
                    #[cfg(target_arch = "x86_64")]
                    simd::Level::$level => unsafe {
                        #[target_feature(enable = $features)]
                        #[inline(never)]
                        unsafe fn $name(call: &Call<'_, $float>) {
                            // SAFETY: as promised to `Call::run`.
                            unsafe { perform(simd::$level::assume(), call) }
                        }
                        $name(call)
                    },
                )*
                _ => {
                    #[inline(never)]
                    unsafe fn baseline(call: &Call<'_, $float>) {
                        // SAFETY: as promised to `Call::run`.
                        unsafe { perform(simd::Baseline, call) }
                    }
                    // SAFETY: the caller promises it.
                    unsafe { baseline(call) }
                }
            }
        }
    };
}

instances!(run_f32, f32, avx2, Avx2, "avx2,fma"; avx512, Avx512, "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma");
instances!(run_f64, f64, avx2, Avx2, "avx2,fma"; avx512, Avx512, "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma");

/// # Safety
/// As for [`Call::run`].
#[inline(always)]
unsafe fn perform<T: Float, I: InstructionSet>(instructions: I, call: &Call<'_, T>) {
    let &Call { geometry, memory, step } = call;
    // SAFETY: the caller promises it for the step.
    unsafe {
        match step {
            Step::PreparePlanes { samples } => {
                prepare_planes(geometry, memory.offsets);
                if !geometry.is_plane() {
                    set::<T, T::Vector<I>>(memory.planes, samples * geometry.planes(), T::ZERO);
                }
            }
            Step::PackWeights => {
                prepare_positions(geometry, memory.positions);
                let padded = geometry.padded_outputs(<T::Vector<I> as Vector<T>>::LANES);
                let (outputs, depth) = (geometry.outputs, geometry.depth());
                for group in 0..geometry.groups {
                    pack::<T, T::Vector<I>>(
                        [outputs, depth],
                        memory.weight.add(group * outputs * depth),
                        depth,
                        memory.packed.add(group * padded * depth),
                        padded,
                    );
                }
            }
            Step::ClearPacked => {
                prepare_positions(geometry, memory.positions);
                let padded = geometry.padded_outputs(<T::Vector<I> as Vector<T>>::LANES);
                let len = geometry.groups * padded * geometry.depth();
                set::<T, T::Vector<I>>(memory.packed, len, T::ZERO);
            }
            Step::AddPacked { gradient } => {
                let padded = geometry.padded_outputs(<T::Vector<I> as Vector<T>>::LANES);
                let (outputs, depth) = (geometry.outputs, geometry.depth());
                for group in 0..geometry.groups {
                    transpose_back::<T, T::Vector<I>, true>(
                        [outputs, depth],
                        memory.packed.add(group * padded * depth),
                        padded,
                        gradient.add(group * outputs * depth),
                    );
                }
            }
            Step::Turn { target } => turn(geometry, memory.weight, target),
            Step::PrepareRuns => {
                for output in 0..geometry.outputs {
                    *memory.offsets.add(output) = (output * geometry.run()) as u32;
                }
            }
            Step::Convolve { image, runs } => {
                convolve(instructions, geometry, memory, image, runs);
            }
            Step::Transpose { result, image } => {
                transpose(instructions, geometry, memory, result, image);
            }
            Step::Gradient { samples, image, result, gradient } => {
                add_gradient(instructions, geometry, memory, samples, [image, result], gradient);
            }
            Step::AddUp { samples, channels, len, values, sums } => {
                add_up::<T, T::Vector<I>>([samples, channels, len], values, sums);
            }
        }
    }
}

/// # Safety
/// There is room for the offsets.
unsafe fn prepare_planes(geometry: &Geometry, offsets: *mut u32) {
    let [rows, columns] = geometry.kernel;
    let mut offsets = offsets;
    for input in 0..geometry.inputs {
        for column in 0..columns {
            for row in 0..rows {
                // SAFETY: one for each of `Geometry::depth` weights, in their order.
                unsafe {
                    *offsets = (input * geometry.channel() + geometry.offset(row, column)) as u32;
                    offsets = offsets.add(1);
                }
            }
        }
    }
}

/// # Safety
/// There are as many weights as the geometry says, and do not overlap.
unsafe fn turn<T: Float>(geometry: &Geometry, weight: *const T, target: *mut T) {
    let &Geometry { groups, inputs, outputs, .. } = geometry;
    let taps = geometry.taps();
    for group in 0..groups {
        for output in 0..outputs {
            for input in 0..inputs {
                // SAFETY: a window of each, and all its places.
                unsafe {
                    let source = weight.add(((group * outputs + output) * inputs + input) * taps);
                    let target = target.add(((group * inputs + input) * outputs + output) * taps);
                    for tap in 0..taps {
                        *target.add(taps - 1 - tap) = *source.add(tap);
                    }
                }
            }
        }
    }
}

/// # Safety
/// There is room for the positions.
unsafe fn prepare_positions(geometry: &Geometry, positions: *mut u32) {
    for place in 0..geometry.result_len() {
        // SAFETY: the caller promises it.
        unsafe { *positions.add(place) = geometry.position(place) as u32 };
    }
}

/// # Safety
/// As for [`Call::run`].
#[inline(always)]
unsafe fn convolve<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    memory: Memory<T>,
    image: *const T,
    runs: *mut T,
) {
    let &Geometry { groups, inputs, outputs, .. } = geometry;
    // SAFETY: the caller promises it; each group has its part of all memory.
    unsafe {
        let mut planes = image;
        if !geometry.is_plane() {
            fill::<T, T::Vector<I>>(geometry, image, memory.planes);
            planes = memory.planes;
        }
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        for group in 0..groups {
            let start = if memory.bias.is_null() {
                Start::Zero
            } else {
                Start::Bias(memory.bias.add(group * outputs))
            };
            if geometry.is_by_channel(lanes) {
                let stride = geometry.padded_outputs(lanes);
                let product = Broadcast {
                    rows: outputs,
                    columns: geometry.result_len(),
                    depth: geometry.depth(),
                    left: memory.packed.add(group * stride * geometry.depth()),
                    stride,
                    right: planes.add(group * inputs * geometry.channel()),
                    depth_offsets: memory.offsets,
                    column_offsets: memory.positions,
                    output: memory.columns,
                    start,
                };
                broadcast(instructions, &product);
                transpose_back::<T, T::Vector<I>, false>(
                    [outputs, geometry.result_len()],
                    memory.columns,
                    stride,
                    runs.add(group * outputs * geometry.result_len()),
                );
                continue;
            }
            let product = Shifted {
                rows: geometry.run(),
                columns: outputs,
                depth: geometry.depth(),
                left: planes.add(group * inputs * geometry.channel()),
                offsets: memory.offsets,
                right: memory.weight.add(group * outputs * geometry.depth()),
                right_row: 1,
                right_column: geometry.depth(),
                output: runs.add(group * outputs * geometry.run()),
                output_stride: geometry.run(),
                start,
            };
            multiply(instructions, &product);
        }
    }
}

/// # Safety
/// As for [`Call::run`].
#[inline(always)]
unsafe fn transpose<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    memory: Memory<T>,
    result: *const T,
    image: *mut T,
) {
    let &Geometry { groups, inputs, outputs, .. } = geometry;
    let (taps, depth) = (geometry.taps(), geometry.depth());
    // SAFETY: the caller promises it; each group has its part of all memory.
    unsafe {
        let mut runs = result;
        if !geometry.is_run() {
            spread::<T, T::Vector<I>>(geometry, result, memory.runs);
            runs = memory.runs;
        }
        // Values of the image that no window meets are the bias too.
        let planes = if geometry.is_plane() { image } else { memory.planes };
        for channel in 0..groups * inputs {
            let bias = if memory.bias.is_null() { T::ZERO } else { *memory.bias.add(channel) };
            let len = geometry.image_len();
            set::<T, T::Vector<I>>(image.add(channel * len), len, bias);
            if !geometry.is_plane() {
                let len = geometry.channel();
                set::<T, T::Vector<I>>(planes.add(channel * len), len, bias);
            }
        }
        for group in 0..groups {
            let weight = memory.weight.add(group * outputs * depth);
            for column in 0..geometry.kernel[1] {
                for row in 0..geometry.kernel[0] {
                    let product = Shifted {
                        rows: geometry.run(),
                        columns: inputs,
                        depth: outputs,
                        left: runs.add(group * outputs * geometry.run()),
                        offsets: memory.offsets,
                        right: weight.add(column * geometry.kernel[0] + row),
                        right_row: depth,
                        right_column: taps,
                        output: planes.add(
                            group * inputs * geometry.channel() + geometry.offset(row, column),
                        ),
                        output_stride: geometry.channel(),
                        start: Start::Output,
                    };
                    multiply(instructions, &product);
                }
            }
        }
        if !geometry.is_plane() {
            gather::<T, T::Vector<I>>(geometry, planes, image);
        }
    }
}

/// # Safety
/// As for [`Call::run`].
#[inline(always)]
unsafe fn add_gradient<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    memory: Memory<T>,
    samples: usize,
    [image, result]: [*const T; 2],
    gradient: *mut T,
) {
    let &Geometry { groups, inputs, outputs, .. } = geometry;
    // SAFETY: the caller promises it; each group and sample has its part of all memory.
    unsafe {
        let (mut planes, mut runs) = (image, result);
        if !geometry.is_plane() {
            for sample in 0..samples {
                let image = image.add(sample * geometry.image_values());
                let planes = memory.planes.add(sample * geometry.planes());
                fill::<T, T::Vector<I>>(geometry, image, planes);
            }
            planes = memory.planes;
        }
        let lanes = <T::Vector<I> as Vector<T>>::LANES;
        if geometry.is_gradient_by_channel(lanes) {
            let stride = geometry.padded_outputs(lanes);
            for sample in 0..samples {
                let (planes, result) = (
                    planes.add(sample * geometry.planes()),
                    result.add(sample * geometry.result_values()),
                );
                for group in 0..groups {
                    let len = geometry.result_len();
                    pack::<T, T::Vector<I>>(
                        [outputs, len],
                        result.add(group * outputs * len),
                        len,
                        memory.columns,
                        stride,
                    );
                    let product = Broadcast {
                        rows: outputs,
                        columns: geometry.depth(),
                        depth: len,
                        left: memory.columns,
                        stride,
                        right: planes.add(group * inputs * geometry.channel()),
                        depth_offsets: memory.positions,
                        column_offsets: memory.offsets,
                        output: memory.packed.add(group * stride * geometry.depth()),
                        start: Start::Output,
                    };
                    broadcast(instructions, &product);
                }
            }
            return;
        }
        if !geometry.is_run() {
            for sample in 0..samples {
                let result = result.add(sample * geometry.result_values());
                let runs = memory.runs.add(sample * geometry.runs());
                spread::<T, T::Vector<I>>(geometry, result, runs);
            }
            runs = memory.runs;
        }
        for group in 0..groups {
            let correlation = Correlation {
                rows: geometry.run(),
                samples,
                columns: outputs,
                depth: geometry.depth(),
                image: planes.add(group * inputs * geometry.channel()),
                image_sample: geometry.planes(),
                offsets: memory.offsets,
                flat: runs.add(group * outputs * geometry.run()),
                flat_sample: geometry.runs(),
                flat_column: geometry.run(),
                sums: gradient.add(group * outputs * geometry.depth()),
            };
            correlate(instructions, &correlation);
        }
    }
}
