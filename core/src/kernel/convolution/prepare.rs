//! What is made ready once for all samples: tables of offsets, and weights in another order.

use super::geometry::Geometry;
use crate::scalar::Float;

/// Writes where the run of each weight begins in the planes of its group.
///
/// # Safety
/// There is room for the offsets.
pub(super) unsafe fn prepare_planes(geometry: &Geometry, offsets: *mut u32) {
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

/// Writes the weights of the adjoint convolution.
///
/// # Safety
/// There are as many weights as the geometry says, and do not overlap.
pub(super) unsafe fn turn<T: Float>(geometry: &Geometry, weight: *const T, target: *mut T) {
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

/// Writes where each value of the result lies in its run.
///
/// # Safety
/// There is room for the positions.
pub(super) unsafe fn prepare_positions(geometry: &Geometry, positions: *mut u32) {
    for place in 0..geometry.result_len() {
        // SAFETY: the caller promises it.
        unsafe { *positions.add(place) = geometry.position(place) as u32 };
    }
}
