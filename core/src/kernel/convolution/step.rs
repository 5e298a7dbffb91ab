//! The steps of a convolution, in functions that are compiled once for each number type and instruction set.

use super::broadcast::{transpose as pack, transpose_back};
use super::compute::{add_gradient, convolve, transpose};
use super::geometry::Geometry;
use super::planes::{add_up, set};
use super::prepare::{prepare_planes, prepare_positions, turn};
use super::winograd::{self, Tiles};
use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, Vector, compiled_here};

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
    /// The result of one group at [`BLOCK`](super::geometry::BLOCK) positions, with all channels side by side, in whole vectors.
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
    /// Transforms the weights for a convolution by tiles.
    TransformWeights { tiles: Tiles<T> },
    /// From images to results, by tiles.
    ConvolveTiles { tiles: Tiles<T>, samples: usize, image: *const T, result: *mut T },
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
        Perform(self).call(instructions);
    }
}

struct Perform<'a, T>(&'a Call<'a, T>);
compiled_here!(Perform<'a, T>);

impl<T: Float> Kernel for Perform<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        // SAFETY: as promised to whoever made this.
        unsafe { perform(instructions, self.0) }
    }
}

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
                        depth,
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
            Step::TransformWeights { tiles } => {
                winograd::prepare::<T, T::Vector<I>>(geometry, memory.weight, tiles);
            }
            Step::ConvolveTiles { tiles, samples, image, result } => {
                let pointers = [image, result.cast_const()];
                winograd::perform(instructions, geometry, memory.bias, tiles, samples, pointers);
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
