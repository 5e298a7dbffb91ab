//! Windows over planes: their sizes, and which outputs a place of theirs meets.

use core::ops::Range;

/// Planes of one size, and windows over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// Height and width of a plane that goes in.
    pub image: [usize; 2],
    /// Height and width of a plane that comes out.
    pub result: [usize; 2],
    /// Height and width of the window.
    pub kernel: [usize; 2],
    /// How far the window moves.
    pub stride: [usize; 2],
    /// Rows of padding above the plane and columns on its left.
    pub padding: [usize; 2],
    /// How far apart the window's values lie.
    pub dilation: [usize; 2],
}

impl Windows {
    /// Fails to compile where the sizes do not fit together.
    pub const fn check(&self) {
        let mut axis = 0;
        while axis < 2 {
            let (kernel, stride, dilation) =
                (self.kernel[axis], self.stride[axis], self.dilation[axis]);
            assert!(
                kernel > 0 && stride > 0 && dilation > 0,
                "kernel size, stride and dilation of a pool are at least 1"
            );
            let extent = (kernel - 1) * dilation + 1;
            assert!(
                2 * self.padding[axis] <= kernel,
                "the padding of a pool is at most half its kernel size"
            );
            let padded = self.image[axis] + 2 * self.padding[axis];
            assert!(
                padded + stride > extent,
                "the window of a pool is larger than its padded input"
            );
            let is_down = padded >= extent && self.result[axis] == (padded - extent) / stride + 1;
            assert!(
                is_down || self.result[axis] == self.rounded_up(axis, padded, extent),
                "the output of a pool has the wrong size"
            );
            axis += 1;
        }
    }

    /// How many windows there are with `ceil_mode`, where the last starts inside the plane or in front of it.
    const fn rounded_up(&self, axis: usize, padded: usize, extent: usize) -> usize {
        let stride = self.stride[axis];
        let last = (padded + stride - 1 - extent) / stride;
        if last * stride >= self.image[axis] + self.padding[axis] { last } else { last + 1 }
    }

    /// Whether each window holds a value of the plane. A first one whose values lie apart may step over all of them.
    pub const fn see_values(&self) -> bool {
        let mut axis = 0;
        while axis < 2 {
            let (padding, dilation) = (self.padding[axis], self.dilation[axis]);
            if padding.div_ceil(dilation) * dilation - padding >= self.image[axis] {
                return false;
            }
            axis += 1;
        }
        true
    }

    pub(super) const fn image_len(&self) -> usize {
        self.image[0] * self.image[1]
    }

    pub(super) const fn result_len(&self) -> usize {
        self.result[0] * self.result[1]
    }

    /// The outputs along an axis whose window has its place `place` inside the plane, and where the first of
    /// them has it.
    pub(super) fn reach(&self, axis: usize, place: usize) -> (Range<usize>, usize) {
        let offset = place * self.dilation[axis];
        let (padding, stride) = (self.padding[axis], self.stride[axis]);
        let first = padding.saturating_sub(offset).div_ceil(stride);
        // The last one is at `output * stride + offset - padding < image`.
        let last = (self.image[axis] + padding).saturating_sub(offset).div_ceil(stride);
        let range = first..last.min(self.result[axis]);
        if range.is_empty() {
            // A small plane with much padding: the place never meets it, and `first` may lie behind all outputs.
            return (0..0, 0);
        }
        (range, first * stride + offset - padding)
    }
}
