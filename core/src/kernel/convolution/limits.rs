//! What the sizes of a convolution must fulfil, for its loops trust them.

use super::geometry::{Geometry, larger};
use crate::simd::MOST_LANES;

/// Values that any part of a convolution's memory may have at most: a vector of all of them, of any number type, has
/// fewer bytes than an allocation may have.
const MOST_VALUES: u128 = isize::MAX as u128 / 16;

impl Geometry {
    /// Fails to compile where the sizes do not fit together, or are more than memory holds. `is_floor` says that the
    /// result is as large as it can be, as `torch.nn.Conv2d` makes it; a transposed convolution may leave more of the
    /// image out.
    pub(super) const fn check(&self, is_floor: bool) {
        let mut axis = 0;
        while axis < 2 {
            assert!(
                self.kernel[axis] > 0 && self.stride[axis] > 0 && self.dilation[axis] > 0,
                "kernel size, stride and dilation of a convolution are at least 1"
            );
            assert!(
                self.image[axis] > 0 && self.result[axis] > 0,
                "a convolution has an input and an output"
            );
            axis += 1;
        }
        assert!(
            self.groups > 0 && self.inputs > 0 && self.outputs > 0,
            "a convolution has channels"
        );
        self.check_capacity();
        let mut axis = 0;
        while axis < 2 {
            let extent = self.extent(axis);
            let padded = self.image[axis] + self.padding[axis];
            let end = (self.result[axis] - 1) * self.stride[axis] + extent;
            let behind = larger(self.padding[axis], extent - 1);
            assert!(
                end <= padded + behind,
                "the last window of a convolution stands behind its input: the output is too large"
            );
            assert!(
                !is_floor || end + self.stride[axis] > padded,
                "windows of a convolution are left out: the output is too small"
            );
            axis += 1;
        }
    }

    /// Refuses sizes of which a product would wrap round. Sums and products of 128 bits end at the largest number.
    const fn check_capacity(&self) {
        // An image or a result with what windows reach beyond it, in each phase of the stride.
        let mut plane: u128 = 1;
        let mut axis = 0;
        while axis < 2 {
            let extent = (self.kernel[axis] as u128 - 1) * self.dilation[axis] as u128 + 1;
            let reach = (self.result[axis] as u128).saturating_mul(self.stride[axis] as u128);
            let padded = self.image[axis] as u128 + 2 * self.padding[axis] as u128;
            let len = if reach > padded { reach } else { padded };
            let len = len.saturating_add(extent).saturating_add(2);
            plane = plane.saturating_mul(len);
            axis += 1;
        }
        // Tables of places hold numbers of 32 bits.
        let channels = larger(self.inputs, self.outputs) as u128;
        let is_in_range = plane.saturating_mul(channels) <= u32::MAX as u128;
        // Tiles of four by four for each two by two values.
        let padded = channels + 2 * MOST_LANES as u128;
        let values = plane.saturating_mul(4 * padded).saturating_mul(self.groups as u128);
        let taps = (self.kernel[0] as u128).saturating_mul(self.kernel[1] as u128);
        let pairs = (self.inputs as u128 + 2 * MOST_LANES as u128)
            .saturating_mul(self.outputs as u128 + 2 * MOST_LANES as u128);
        let weights = pairs.saturating_mul(4 * self.groups as u128).saturating_mul(taps);
        assert!(
            is_in_range && values <= MOST_VALUES && weights <= MOST_VALUES,
            "a convolution of these sizes takes more values than memory holds"
        );
    }
}
