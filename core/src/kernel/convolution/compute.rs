//! The products that a convolution, its transpose and its gradient are made of.

use super::broadcast::{Broadcast, broadcast, transpose as pack, transpose_back};
use super::correlate::{Correlation, correlate};
use super::geometry::{BLOCK, Geometry, smaller};
use super::memory::Memory;
use super::planes::{fill, gather, set, spread};
use super::tile::{Shifted, Start, multiply};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector};

/// One sample from its image to the runs of its result, or to the result itself.
///
/// # Safety
/// `image` can be read for one sample. `runs` can be written for all runs, or for a result where it is computed by
/// channel. `memory` was made for a sample of this geometry and [prepared](super::prepare::planes), for channels too
/// where the result is computed by them, and its weights and bias are as many as the geometry says. What is written
/// overlaps with nothing else.
#[inline(always)]
pub(super) unsafe fn convolve<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    memory: Memory<T>,
    image: *const T,
    runs: *mut T,
) {
    let &Geometry { groups, inputs, outputs, .. } = geometry;
    // SAFETY: of all that the caller promises, each group has the part that begins behind those of the groups before
    // it. A run ends in the planes of its channel, wherever its window begins there; a block of positions ends with the
    // last of the result, and `memory.columns` has room for it.
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
                let len = geometry.result_len();
                let mut place = 0;
                while place < len {
                    let columns = smaller(BLOCK, len - place);
                    let product = Broadcast {
                        rows: outputs,
                        columns,
                        depth: geometry.depth(),
                        left: memory.packed.add(group * stride * geometry.depth()),
                        stride,
                        right: planes.add(group * inputs * geometry.channel()),
                        depth_offsets: memory.offsets,
                        column_offsets: memory.positions.add(place),
                        output: memory.columns,
                        start,
                    };
                    broadcast(instructions, &product);
                    transpose_back::<T, T::Vector<I>, false>(
                        [outputs, columns],
                        memory.columns,
                        stride,
                        runs.add(group * outputs * len + place),
                        len,
                    );
                    place += BLOCK;
                }
                continue;
            }
            let product = Shifted {
                rows: geometry.run_len(),
                columns: outputs,
                depth: geometry.depth(),
                left: planes.add(group * inputs * geometry.channel()),
                offsets: memory.offsets,
                right: memory.weight.add(group * outputs * geometry.depth()),
                right_row: 1,
                right_column: geometry.depth(),
                output: runs.add(group * outputs * geometry.run_len()),
                output_stride: geometry.run_len(),
                start,
            };
            multiply(instructions, &product);
        }
    }
}

/// One sample from its result to its image.
///
/// # Safety
/// `result` can be read and `image` written for one sample. `memory` was made for a sample of this geometry, has the
/// [offsets of runs](super::prepare::runs), and its weights are as many as the geometry says, its bias one for each
/// channel of the image. What is written overlaps with nothing else.
#[inline(always)]
pub(super) unsafe fn convolve_transposed<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    memory: Memory<T>,
    result: *const T,
    image: *mut T,
) {
    let &Geometry { groups, inputs, outputs, .. } = geometry;
    let (taps, depth) = (geometry.taps(), geometry.depth());
    // SAFETY: of all that the caller promises, each group and channel has the part that begins behind those before it.
    // What is added to a plane is a run, which ends in the planes of its channel, wherever its window begins there.
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
                        rows: geometry.run_len(),
                        columns: inputs,
                        depth: outputs,
                        left: runs.add(group * outputs * geometry.run_len()),
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

/// Adds the gradient of the weights, or adds to the packed one.
///
/// # Safety
/// `image` and `result` can be read for `samples` samples, for which `memory` was made and
/// [prepared](super::prepare::planes), for channels too where the gradient is computed by them. `gradient` can be
/// written for all weights. What is written overlaps with nothing else.
#[inline(always)]
pub(super) unsafe fn add_gradient<T: Float, I: InstructionSet>(
    instructions: I,
    geometry: &Geometry,
    memory: Memory<T>,
    samples: usize,
    [image, result]: [*const T; 2],
    gradient: *mut T,
) {
    let &Geometry { groups, inputs, outputs, .. } = geometry;
    // SAFETY: of all that the caller promises, each sample and group has the part that begins behind those before it. A
    // run ends in the planes of its channel, wherever its window begins there; a block of positions ends with the last
    // of the result, and `memory.columns` has room for it.
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
                let len = geometry.result_len();
                for (group, place) in (0..groups)
                    .flat_map(|group| (0..len).step_by(BLOCK).map(move |place| (group, place)))
                {
                    let depth = smaller(BLOCK, len - place);
                    pack::<T, T::Vector<I>>(
                        [outputs, depth],
                        result.add(group * outputs * len + place),
                        len,
                        memory.columns,
                        stride,
                    );
                    let product = Broadcast {
                        rows: outputs,
                        columns: geometry.depth(),
                        depth,
                        left: memory.columns,
                        stride,
                        right: planes.add(group * inputs * geometry.channel()),
                        depth_offsets: memory.positions.add(place),
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
                rows: geometry.run_len(),
                samples,
                columns: outputs,
                depth: geometry.depth(),
                image: planes.add(group * inputs * geometry.channel()),
                image_sample: geometry.planes(),
                offsets: memory.offsets,
                flat: runs.add(group * outputs * geometry.run_len()),
                flat_sample: geometry.runs(),
                flat_column: geometry.run_len(),
                sums: gradient.add(group * outputs * geometry.depth()),
            };
            correlate(instructions, &correlation);
        }
    }
}

/// Adds the packed gradient of the weights.
///
/// # Safety
/// `memory` was made for this geometry, which is computed by channel, and `gradient` has a value for each weight.
#[inline(always)]
pub(super) unsafe fn add_packed<T: Float, I: InstructionSet>(
    geometry: &Geometry,
    memory: Memory<T>,
    gradient: *mut T,
) {
    let padded = geometry.padded_outputs(<T::Vector<I> as Vector<T>>::LANES);
    let (outputs, depth) = (geometry.outputs, geometry.depth());
    for group in 0..geometry.groups {
        // SAFETY: `group` is one of the groups, each of which has `depth` times `padded` packed values and `outputs`
        // times `depth` weights.
        unsafe {
            transpose_back::<T, T::Vector<I>, true>(
                [outputs, depth],
                memory.packed.add(group * padded * depth),
                padded,
                gradient.add(group * outputs * depth),
                depth,
            );
        }
    }
}
