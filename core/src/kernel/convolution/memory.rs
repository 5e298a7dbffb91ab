//! How much working memory a convolution takes, and what is where in it.

use super::geometry::{BLOCK, Geometry, larger, smaller};
use super::winograd::Method;
use crate::scalar::Float;
use crate::simd::MOST_LANES;

/// Working memory and weights. What a computation does not use may be dangling.
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
    /// The result of one group at [`BLOCK`] positions, with all channels side by side, in whole vectors.
    pub(super) columns: *mut T,
    pub(super) weight: *const T,
    /// One for each channel that is computed, or null.
    pub(super) bias: *const T,
}

/// Values of working memory that the planes and runs of the samples of one step may take.
const CHUNK: usize = 1 << 16;
/// Samples of one step at most. Sums over lanes are made once in a step.
const MOST_SAMPLES: usize = 8;

impl Geometry {
    /// Working memory of [`convolve`](super::convolve).
    pub const fn convolve_scratch(&self) -> usize {
        self.method_scratch(self.method())
    }

    /// Working memory of [`convolve_by`](super::convolve_by).
    pub const fn method_scratch(&self, method: Method) -> usize {
        match method {
            Method::Direct => self.scratch(1),
            Method::Tiled => self.tiled_scratch(),
        }
    }

    /// Working memory of [`transpose`](super::transpose).
    pub const fn transposed_scratch(&self) -> usize {
        if self.is_by_adjoint() {
            self.weights() + self.adjoint().convolve_scratch()
        } else {
            self.scratch(1)
        }
    }

    /// Working memory of [`weight_gradient`](super::weight_gradient) for a batch of one sample.
    pub const fn gradient_scratch(&self) -> usize {
        self.scratch(1)
    }

    /// Working memory of [`weight_gradient`](super::weight_gradient) for larger batches.
    pub const fn gradient_batch_scratch(&self) -> usize {
        self.scratch(self.samples_at_once())
    }

    /// Samples whose weight gradients are summed at a time.
    pub(super) const fn samples_at_once(&self) -> usize {
        let values = larger(self.planes() + self.runs(), 1);
        larger(1, smaller(MOST_SAMPLES, CHUNK / values))
    }

    /// All parts, for so many samples at a time.
    const fn scratch(&self, samples: usize) -> usize {
        let once = self.offsets() + self.positions() + self.packed() + self.columns();
        once + samples * (self.planes_scratch() + self.runs_scratch())
    }

    const fn offsets(&self) -> usize {
        larger(self.depth(), self.outputs)
    }

    const fn positions(&self) -> usize {
        if self.may_be_by_channel() { self.result_len() } else { 0 }
    }

    const fn packed(&self) -> usize {
        let is_packed = self.may_be_by_channel();
        if is_packed { self.groups * self.padded_outputs(MOST_LANES) * self.depth() } else { 0 }
    }

    const fn columns(&self) -> usize {
        self.padded_outputs(MOST_LANES) * smaller(self.positions(), BLOCK)
    }

    const fn planes_scratch(&self) -> usize {
        if self.is_plane() { 0 } else { self.planes() }
    }

    const fn runs_scratch(&self) -> usize {
        if self.is_run() { 0 } else { self.runs() }
    }

    /// Takes working memory for so many samples apart.
    pub(super) fn memory<T: Float>(
        &self,
        samples: usize,
        weight: &[T],
        bias: &[T],
        scratch: &mut [T],
    ) -> Memory<T> {
        let (offsets, rest) = scratch.split_at_mut(self.offsets());
        let (positions, rest) = rest.split_at_mut(self.positions());
        let (packed, rest) = rest.split_at_mut(self.packed());
        let (columns, rest) = rest.split_at_mut(self.columns());
        let (planes, rest) = rest.split_at_mut(samples * self.planes_scratch());
        let (runs, _) = rest.split_at_mut(samples * self.runs_scratch());
        Memory {
            // Numbers of 32 bits in memory of floats, which are at least as large.
            offsets: offsets.as_mut_ptr().cast(),
            positions: positions.as_mut_ptr().cast(),
            packed: packed.as_mut_ptr(),
            columns: columns.as_mut_ptr(),
            planes: planes.as_mut_ptr(),
            runs: runs.as_mut_ptr(),
            weight: weight.as_ptr(),
            bias: if bias.is_empty() { core::ptr::null() } else { bias.as_ptr() },
        }
    }
}
