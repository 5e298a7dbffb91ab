//! What is made ready once for all samples: tables of offsets, and weights in another order.

use super::broadcast::transpose as pack;
use super::geometry::Geometry;
use super::memory::Memory;
use super::planes::set;
use crate::scalar::Float;
use crate::simd::{InstructionSet, Vector};

/// Writes the offsets of runs in planes, and zeros into the planes of so many samples.
///
/// # Safety
/// The memory was made for so many samples of this geometry.
#[inline(always)]
pub(super) unsafe fn planes<T: Float, I: InstructionSet>(
    geometry: &Geometry,
    memory: Memory<T>,
    samples: usize,
) {
    // SAFETY: memory of a geometry has `depth` offsets at least, and planes of each sample unless images are their own.
    unsafe {
        offsets(geometry, memory.offsets);
        if !geometry.is_plane() {
            set::<T, T::Vector<I>>(memory.planes, samples * geometry.planes(), T::ZERO);
        }
    }
}

/// Packs the weights, with all channels of the result side by side.
///
/// # Safety
/// The memory was made for this geometry, which computes results by channel, with as many weights as it says.
#[inline(always)]
pub(super) unsafe fn packed_weights<T: Float, I: InstructionSet>(
    geometry: &Geometry,
    memory: Memory<T>,
) {
    let padded = geometry.padded_outputs(<T::Vector<I> as Vector<T>>::LANES);
    let (outputs, depth) = (geometry.outputs, geometry.depth());
    for group in 0..geometry.groups {
        // SAFETY: `group` is one of the groups, each of which has `outputs` times `depth` weights and `depth` times
        // `padded` packed values: lanes of this machine are no more than the memory was made for.
        unsafe {
            pack::<T, T::Vector<I>>(
                [outputs, depth],
                memory.weight.add(group * outputs * depth),
                depth,
                memory.packed.add(group * padded * depth),
                padded,
            );
        }
    }
}

/// Writes zeros for the packed gradient.
///
/// # Safety
/// The memory was made for this geometry, which computes gradients by channel.
#[inline(always)]
pub(super) unsafe fn packed_gradient<T: Float, I: InstructionSet>(
    geometry: &Geometry,
    memory: Memory<T>,
) {
    let padded = geometry.padded_outputs(<T::Vector<I> as Vector<T>>::LANES);
    let len = geometry.groups * padded * geometry.depth();
    // SAFETY: memory of such a geometry has so many packed values, of as many lanes as any machine has.
    unsafe { set::<T, T::Vector<I>>(memory.packed, len, T::ZERO) };
}

/// Writes the offsets of channels in runs.
///
/// # Safety
/// There is room for an offset of each output.
pub(super) unsafe fn runs(geometry: &Geometry, offsets: *mut u32) {
    for output in 0..geometry.outputs {
        // SAFETY: the caller promises `outputs` offsets.
        unsafe { *offsets.add(output) = (output * geometry.run_len()) as u32 };
    }
}

/// Writes where the run of each weight begins in the planes of its group.
///
/// # Safety
/// There is room for [`Geometry::depth`] offsets.
unsafe fn offsets(geometry: &Geometry, offsets: *mut u32) {
    let [rows, columns] = geometry.kernel;
    let mut offsets = offsets;
    for input in 0..geometry.inputs {
        for column in 0..columns {
            for row in 0..rows {
                // SAFETY: this is done once for each input and place of the window, which are `Geometry::depth`
                // together; the caller promises as many.
                unsafe {
                    *offsets = (input * geometry.channel() + geometry.offset(row, column)) as u32;
                    offsets = offsets.add(1);
                }
            }
        }
    }
}

/// Writes the weights of the adjoint convolution.
///
/// # Safety
/// [`Geometry::weights`] values can be read and written, which do not overlap.
pub(super) unsafe fn turn<T: Float>(geometry: &Geometry, weight: *const T, target: *mut T) {
    let &Geometry { groups, inputs, outputs, .. } = geometry;
    let taps = geometry.taps();
    for group in 0..groups {
        for output in 0..outputs {
            for input in 0..inputs {
                // SAFETY: of `groups * outputs * inputs` windows of `taps` weights each these are one, in either order.
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

/// Writes where each value of the result lies in its run.
///
/// # Safety
/// There is room for [`Geometry::result_len`] positions.
pub(super) unsafe fn positions(geometry: &Geometry, positions: *mut u32) {
    for place in 0..geometry.result_len() {
        // SAFETY: the caller promises `result_len` positions.
        unsafe { *positions.add(place) = geometry.position(place) as u32 };
    }
}
