//! How many tiles there are, what they take of working memory, and whether they pay.

use super::super::geometry::{Geometry, larger};
use crate::kernel::product::{ALIGNMENT_SLACK, WIDEST_PANEL};
use crate::simd::MOST_LANES;

/// Values of a tile of the image.
pub(super) const PLACES: usize = 16;
/// Channels of the image whose weights are transposed at a time, so that they are still in the first-level cache
/// when they are transformed.
pub(super) const CHANNELS_AT_ONCE: usize = 8;
/// Tiles that are multiplied at a time, about: enough that weights are read from cache to register for many of
/// them, few enough that what goes through the products stays in the second-level cache.
const TILES: usize = 64;

/// How a convolution is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By the definition: each value of a window times the image, shifted.
    Direct,
    /// By tiles of two by two results, with fewer multiplications.
    Tiled,
}

/// Working memory.
#[derive(Clone, Copy)]
pub(in super::super) struct Tiles<T> {
    /// For each place the transformed weights, in the panels that the product reads.
    pub(super) weights: *mut T,
    /// The weights of some channels, in panels.
    pub(super) windows: *mut T,
    /// `[rows, columns, channels]`: the image of a sample with zeros around it.
    pub(super) plane: *mut T,
    /// For each place `[tiles, channels]` of the image's transform.
    pub(super) inputs: *mut T,
    /// For each place `[tiles, channels]` of the products.
    pub(super) outputs: *mut T,
    /// `[rows, columns, channels]`: the result of a sample.
    pub(super) columns: *mut T,
}

impl Geometry {
    /// Whether a convolution can be computed by tiles.
    pub const fn can_be_tiled(&self) -> bool {
        let [a, b] = self.kernel;
        let [c, d] = self.stride;
        let [e, f] = self.dilation;
        self.groups == 1 && a == 3 && b == 3 && c == 1 && d == 1 && e == 1 && f == 1
    }

    /// How the convolution is computed: by tiles from 16 channels on each side and 512 pairs of them on, where the
    /// transforms, which each channel pays once, are outweighed by the products, which each pair pays.
    ///
    /// Measured on one core of an AVX-512 machine with 1, 2 and 16 samples of 4x4 to 112x112 values, in units of
    /// the direct way's time with AVX-512 / AVX2 / SSE2: 16 channels take 0.6 to 1.15 / 0.5 to 0.8 / 0.5 to 0.7, 24
    /// channels 0.5 to 0.9 / 0.5 to 0.75 / 0.5 to 0.65, 32 channels 0.4 to 0.7 / 0.5 to 0.7 / 0.5 to 0.65, and 64
    /// channels 0.35 to 0.55 / 0.5 to 0.65 / 0.45 to 0.6. The weights' transform pays for one sample already.
    /// Of a result one row high half of each tile is lost, and with it what there was to gain: 0.7 to 1.2.
    pub const fn method(&self) -> Method {
        let &Geometry { inputs, outputs, result, .. } = self;
        let has_channels = inputs >= 16 && outputs >= 16 && inputs * outputs >= 512;
        if self.can_be_tiled() && has_channels && result[0] > 1 && result[1] > 1 {
            Method::Tiled
        } else {
            Method::Direct
        }
    }

    /// Working memory of a convolution by tiles.
    pub(in super::super) const fn tiled_scratch(&self) -> usize {
        let mut sum = ALIGNMENT_SLACK;
        let parts = self.parts();
        let mut part = 0;
        while part < parts.len() {
            sum += parts[part].next_multiple_of(ALIGNMENT_SLACK);
            part += 1;
        }
        // The last vector of the outputs is read as a whole.
        sum + MOST_LANES
    }

    const fn parts(&self) -> [usize; 6] {
        [
            PLACES * self.tiled_weights(),
            WIDEST_PANEL * CHANNELS_AT_ONCE * 9,
            self.tiled_plane(),
            PLACES * self.tiled_inputs(),
            self.result_len() * self.padded_outputs(MOST_LANES),
            PLACES * self.tiled_outputs(),
        ]
    }

    /// Takes working memory apart.
    pub(super) fn tiles<T>(&self, scratch: &mut [T]) -> Tiles<T> {
        assert!(scratch.len() >= self.tiled_scratch(), "scratch memory is too small");
        let mut next = scratch.as_mut_ptr();
        // Loses as much as `tiled_scratch` counts at most.
        next = next.wrapping_add(next.align_offset(64).min(ALIGNMENT_SLACK));
        let [weights, windows, plane, inputs, columns, outputs] = self.parts().map(|len| {
            let part = next;
            next = next.wrapping_add(len.next_multiple_of(ALIGNMENT_SLACK));
            part
        });
        Tiles { weights, windows, plane, inputs, outputs, columns }
    }

    /// Rows and columns of tiles.
    pub(super) const fn tile_counts(&self) -> [usize; 2] {
        [self.result[0].div_ceil(2), self.result[1].div_ceil(2)]
    }

    /// Samples whose tiles are computed at a time.
    pub(super) const fn tiled_samples(&self) -> usize {
        let [rows, columns] = self.tile_counts();
        larger(1, TILES / (rows * columns))
    }

    /// Rows of tiles that are computed at a time: about as many each time.
    pub(super) const fn tiled_rows(&self) -> usize {
        let [rows, columns] = self.tile_counts();
        let most = larger(1, TILES / columns);
        rows.div_ceil(rows.div_ceil(most))
    }

    /// Tiles that are computed at a time.
    const fn tiles_at_once(&self) -> usize {
        self.tiled_samples() * self.tiled_rows() * self.tile_counts()[1]
    }

    /// Values of the transformed weights for each place. One cache line more keeps the places of a tile from sharing
    /// the few lines of a cache that are one power of two apart; so for images and products.
    pub(super) const fn tiled_weights(&self) -> usize {
        self.padded_outputs(WIDEST_PANEL) * self.inputs + MOST_LANES
    }

    /// Channels of the image in whole vectors.
    pub(super) const fn padded_inputs(&self) -> usize {
        self.inputs.next_multiple_of(MOST_LANES)
    }

    /// Height and width of the image with zeros around it, as far as tiles reach.
    pub(super) const fn tiled_extent(&self) -> [usize; 2] {
        let [rows, columns] = self.tile_counts();
        [2 * rows + 2, 2 * columns + 2]
    }

    /// Values of the image with zeros around it.
    pub(super) const fn tiled_plane(&self) -> usize {
        let [height, width] = self.tiled_extent();
        height * width * self.padded_inputs()
    }

    /// Values of the image's transform for each place.
    pub(super) const fn tiled_inputs(&self) -> usize {
        self.tiles_at_once() * self.padded_inputs() + MOST_LANES
    }

    /// Values of the products for each place.
    pub(super) const fn tiled_outputs(&self) -> usize {
        (self.tiles_at_once() * self.outputs).next_multiple_of(MOST_LANES) + MOST_LANES
    }
}
