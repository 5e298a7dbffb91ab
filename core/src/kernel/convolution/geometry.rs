//! Where the values of a convolution lie: in images, and in the planes that windows slide over.
//!
//! An image is copied into *planes* in which every place of the window is the same plane, only shifted: zeros
//! stand around the image, and where windows move by more than one, each residue of a row's or column's number
//! has a plane of its own. All outputs of a channel, one row after the other in the width of a plane, are then
//! a *run*: place `p` of the window, times the run of its plane that begins at the offset of `p`. Between two
//! rows of outputs a run has a gap, whose values mean nothing or are zero.

use crate::simd::MOST_LANES;

/// Positions of the result that are computed by channel at a time: a multiple of the columns of every tile,
/// few enough that their channels stay in the first-level cache.
pub(super) const BLOCK: usize = 192;

/// The window of a convolution: height first, then width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sliding {
    /// How many values it has.
    pub kernel: [usize; 2],
    /// How far it moves.
    pub stride: [usize; 2],
    /// Rows of zeros above the image and columns on its left.
    pub padding: [usize; 2],
    /// How far apart its values lie in the image.
    pub dilation: [usize; 2],
}

/// The sizes of a convolution, from images to results; a transposed one goes the other way.
///
/// All of them were checked when it was made, so that loops can trust them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// How many groups of channels are convolved separately.
    pub(super) groups: usize,
    /// Channels of the image in each group.
    pub(super) inputs: usize,
    /// Channels of the result in each group.
    pub(super) outputs: usize,
    /// Height and width of the image.
    pub(super) image: [usize; 2],
    /// Height and width of the result.
    pub(super) result: [usize; 2],
    /// Height and width of the window.
    pub(super) kernel: [usize; 2],
    /// How far the window moves.
    pub(super) stride: [usize; 2],
    /// Rows of zeros above the image and columns on its left.
    pub(super) padding: [usize; 2],
    /// How far apart the window's values lie in the image.
    pub(super) dilation: [usize; 2],
}

impl Geometry {
    /// A convolution of so many groups, each with so many channels of image and result, which have these heights and
    /// widths.
    ///
    /// # Panics
    /// If the sizes do not fit together, or are more than memory holds. `is_floor` says that the result is as large as
    /// it can be, as `torch.nn.Conv2d` makes it; a transposed convolution may leave more of the image out.
    pub const fn new(
        groups: usize,
        [inputs, outputs]: [usize; 2],
        [image, result]: [[usize; 2]; 2],
        window: Sliding,
        is_floor: bool,
    ) -> Self {
        let Sliding { kernel, stride, padding, dilation } = window;
        let geometry =
            Geometry { groups, inputs, outputs, image, result, kernel, stride, padding, dilation };
        geometry.check(is_floor);
        geometry
    }

    /// Height and width of a sample: `[channels, height, width]` or `[channels, length]`, which is one high.
    pub const fn plane_of(sizes: &[usize]) -> [usize; 2] {
        match sizes {
            [_, height, width] => [*height, *width],
            [_, length] => [1, *length],
            _ => panic!("a convolution takes [channels, height, width] or [channels, length]"),
        }
    }

    /// How far a window reaches along an axis.
    pub(super) const fn extent(&self, axis: usize) -> usize {
        (self.kernel[axis] - 1) * self.dilation[axis] + 1
    }

    /// Places of a window.
    pub const fn taps(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// Weights of one output channel.
    pub const fn depth(&self) -> usize {
        self.inputs * self.taps()
    }

    /// Channels of the result in each group.
    pub(crate) const fn outputs(&self) -> usize {
        self.outputs
    }

    /// Values of one channel of the image.
    pub const fn image_len(&self) -> usize {
        self.image[0] * self.image[1]
    }

    /// Values of one channel of the result.
    pub const fn result_len(&self) -> usize {
        self.result[0] * self.result[1]
    }

    /// Values of all channels of the image.
    pub const fn image_values(&self) -> usize {
        self.groups * self.inputs * self.image_len()
    }

    /// Values of all channels of the result.
    pub const fn result_values(&self) -> usize {
        self.groups * self.outputs * self.result_len()
    }

    /// Values of all weights.
    pub const fn weights(&self) -> usize {
        self.groups * self.outputs * self.depth()
    }

    /// Height and width of a plane.
    pub(super) const fn plane(&self) -> [usize; 2] {
        [
            self.result[0] + (self.extent(0) - 1) / self.stride[0],
            self.result[1] + (self.extent(1) - 1) / self.stride[1],
        ]
    }

    /// How many residues of rows and columns have a plane: those that a place of the window meets.
    pub(super) const fn phases(&self) -> [usize; 2] {
        [smaller(self.stride[0], self.extent(0)), smaller(self.stride[1], self.extent(1))]
    }

    /// Whether an image is its own plane, so that it need not be copied.
    pub(super) const fn is_plane(&self) -> bool {
        self.stride[0] == 1
            && self.stride[1] == 1
            && self.padding[0] == 0
            && self.padding[1] == 0
            && self.plane()[0] <= self.image[0]
            && self.plane()[1] <= self.image[1]
            && (self.plane()[1] == self.image[1] || self.image[0] == 1)
    }

    /// Values of the planes of one channel.
    pub(super) const fn channel(&self) -> usize {
        if self.is_plane() {
            return self.image_len();
        }
        let ([height, width], [rows, columns]) = (self.plane(), self.phases());
        rows * columns * height * width
    }

    /// Values of the planes of all channels.
    pub(super) const fn planes(&self) -> usize {
        self.groups * self.inputs * self.channel()
    }

    /// Where the run of a place of the window begins in the planes of its channel.
    pub(super) const fn offset(&self, row: usize, column: usize) -> usize {
        let [height, width] = self.plane();
        let (row, column) = (row * self.dilation[0], column * self.dilation[1]);
        let phase = row % self.stride[0] * self.phases()[1] + column % self.stride[1];
        (phase * height + row / self.stride[0]) * width + column / self.stride[1]
    }

    /// Whether a run has no gaps, so that it is a channel of the result.
    pub(super) const fn is_run(&self) -> bool {
        self.result[0] == 1 || self.plane()[1] == self.result[1]
    }

    /// Values of a run.
    pub(super) const fn run_len(&self) -> usize {
        (self.result[0] - 1) * self.plane()[1] + self.result[1]
    }

    /// Values of the runs of all channels.
    pub(super) const fn runs(&self) -> usize {
        self.groups * self.outputs * self.run_len()
    }

    /// Where a value of the result lies in its run.
    pub(super) const fn position(&self, place: usize) -> usize {
        place / self.result[1] * self.plane()[1] + place % self.result[1]
    }

    /// Whether channels fill vectors of so many lanes better than the positions of a run do, in the product
    /// that gives the result.
    pub(super) const fn is_by_channel(&self, lanes: usize) -> bool {
        let by_channel = self.padded_outputs(lanes) * self.result_len().next_multiple_of(4);
        let by_position = self.outputs * self.run_len().next_multiple_of(lanes);
        // Channels are transposed once more.
        17 * by_channel * (self.depth() + 4) < 16 * by_position * self.depth()
    }

    /// As [`is_by_channel`](Geometry::is_by_channel), in the product that gives the gradient of the weights.
    /// That along positions reads nearly as often as it multiplies.
    pub(super) const fn is_gradient_by_channel(&self, lanes: usize) -> bool {
        let by_channel = self.padded_outputs(lanes) * self.result_len();
        let by_position = self.outputs * self.run_len().next_multiple_of(lanes);
        2 * by_channel < 3 * by_position
    }

    /// Whether a result or a gradient is computed by channel on some machine.
    pub(super) const fn may_be_by_channel(&self) -> bool {
        let mut lanes = 2;
        while lanes <= MOST_LANES {
            if self.is_by_channel(lanes) || self.is_gradient_by_channel(lanes) {
                return true;
            }
            lanes *= 2;
        }
        false
    }

    /// The convolution that goes the other way, if windows move by one: its window is turned by half a circle,
    /// and inputs and outputs change places.
    pub(super) const fn adjoint(&self) -> Geometry {
        Geometry {
            groups: self.groups,
            inputs: self.outputs,
            outputs: self.inputs,
            image: self.result,
            result: self.image,
            padding: [
                (self.extent(0) - 1).saturating_sub(self.padding[0]),
                (self.extent(1) - 1).saturating_sub(self.padding[1]),
            ],
            ..*self
        }
    }

    /// Whether going the other way takes less time by a convolution than by adding up multiples of windows.
    pub(super) const fn is_by_adjoint(&self) -> bool {
        let adjoint = self.adjoint();
        let by_channel =
            adjoint.padded_outputs(MOST_LANES) * adjoint.result_len().next_multiple_of(4);
        let by_position = adjoint.outputs * adjoint.run_len().next_multiple_of(MOST_LANES);
        // What is added up is read and written once for each place of the window.
        let by_window =
            self.inputs * self.run_len().next_multiple_of(MOST_LANES) * (self.outputs + 4);
        self.stride[0] == 1
            && self.stride[1] == 1
            && self.padding[0] < self.extent(0)
            && self.padding[1] < self.extent(1)
            && smaller(by_channel, by_position) * self.outputs <= by_window
    }

    /// Channels of a group of the result in whole vectors.
    pub(super) const fn padded_outputs(&self, lanes: usize) -> usize {
        self.outputs.next_multiple_of(lanes)
    }
}

pub(super) const fn larger(left: usize, right: usize) -> usize {
    if left > right { left } else { right }
}

pub(super) const fn smaller(left: usize, right: usize) -> usize {
    if left < right { left } else { right }
}
