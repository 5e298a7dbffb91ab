//! The numeric work of pooling and resizing: windows over planes, without weights.
//!
//! Sizes are run-time values and the loops are compiled with this crate, once for each number type and
//! instruction set, so that a program has them once and not for each layer. Each plane is a channel of a sample.

mod average;
mod bins;
mod max;
mod pad;
mod resize;
mod windows;

pub use pad::Border;
pub use windows::Windows;

use crate::scalar::Float;
use crate::simd::{InstructionSet, Kernel, compiled_here};

/// What to do with planes.
#[derive(Debug)]
pub enum Pool<'a, T> {
    /// The largest value of each window.
    Max {
        /// The planes.
        input: &'a [T],
        /// The largest values.
        output: &'a mut [T],
    },
    /// The gradient goes to the first largest value of each window. `d_output` is overwritten.
    MaxBackward {
        /// The planes.
        input: &'a [T],
        /// The largest values.
        output: &'a [T],
        /// The gradient of the largest values.
        d_output: &'a mut [T],
        /// The gradient of the planes.
        d_input: &'a mut [T],
    },
    /// The mean of each window.
    Average {
        /// The planes.
        input: &'a [T],
        /// The means.
        output: &'a mut [T],
        /// Whether padding counts.
        includes_padding: bool,
    },
    /// The gradient goes to all values of each window alike. `d_output` is overwritten.
    AverageBackward {
        /// The gradient of the means.
        d_output: &'a mut [T],
        /// The gradient of the planes.
        d_input: &'a mut [T],
        /// Whether padding counts.
        includes_padding: bool,
    },
    /// The mean of each bin, of which there are as many as outputs.
    Adaptive {
        /// The planes.
        input: &'a [T],
        /// The means.
        output: &'a mut [T],
    },
    /// The gradient goes to all values of each bin alike.
    AdaptiveBackward {
        /// The gradient of the means.
        d_output: &'a [T],
        /// The gradient of the planes.
        d_input: &'a mut [T],
    },
    /// The largest value of each bin.
    AdaptiveMax {
        /// The planes.
        input: &'a [T],
        /// The largest values.
        output: &'a mut [T],
    },
    /// The gradient goes to the first largest value of each bin.
    AdaptiveMaxBackward {
        /// The planes.
        input: &'a [T],
        /// The largest values.
        output: &'a [T],
        /// The gradient of the largest values.
        d_output: &'a [T],
        /// The gradient of the planes.
        d_input: &'a mut [T],
    },
    /// Each plane with values around it.
    Pad {
        /// The planes.
        input: &'a [T],
        /// The larger planes.
        output: &'a mut [T],
        /// What stands around.
        border: Border,
    },
    /// The gradient goes to the value of the plane that stands there, where one does.
    PadBackward {
        /// The gradient of the larger planes.
        d_output: &'a [T],
        /// The gradient of the planes.
        d_input: &'a mut [T],
        /// What stands around.
        border: Border,
    },
    /// A larger plane, each value repeated or between its neighbours.
    Upsample {
        /// The planes.
        input: &'a [T],
        /// The larger planes.
        output: &'a mut [T],
        /// Whether values between neighbours are interpolated.
        is_linear: bool,
        /// Whether the first and last values of both lie on each other, and not the edges of their pixels.
        aligns_corners: bool,
    },
    /// The other way.
    UpsampleBackward {
        /// The gradient of the larger planes.
        d_output: &'a [T],
        /// The gradient of the planes.
        d_input: &'a mut [T],
        /// Whether values between neighbours were interpolated.
        is_linear: bool,
        /// Whether the first and last values of both lie on each other.
        aligns_corners: bool,
    },
}

struct Call<'a, T> {
    windows: &'a Windows,
    pool: Pool<'a, T>,
}

/// Does that to all planes.
///
/// # Panics
/// If a slice has not the length that the planes need.
#[inline(always)]
pub fn pool<T: Float, I: InstructionSet>(instructions: I, windows: &Windows, pool: Pool<'_, T>) {
    Call { windows, pool }.call(instructions);
}

compiled_here!(Call<'a, T>);

impl<T: Float> Kernel for Call<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, _: I) {
        perform(self.windows, self.pool);
    }
}

#[inline(always)]
fn perform<T: Float>(windows: &Windows, pool: Pool<'_, T>) {
    match pool {
        Pool::Max { input, output } => max::forward(windows, input, output),
        Pool::MaxBackward { input, output, d_output, d_input } => {
            max::backward(windows, input, output, d_output, d_input);
        }
        Pool::Average { input, output, includes_padding } => {
            average::forward(windows, includes_padding, input, output);
        }
        Pool::AverageBackward { d_output, d_input, includes_padding } => {
            average::backward(windows, includes_padding, d_output, d_input);
        }
        Pool::Adaptive { input, output } => bins::mean(windows, input, output),
        Pool::AdaptiveBackward { d_output, d_input } => {
            bins::mean_backward(windows, d_output, d_input);
        }
        Pool::AdaptiveMax { input, output } => bins::max(windows, input, output),
        Pool::AdaptiveMaxBackward { input, output, d_output, d_input } => {
            bins::max_backward(windows, input, output, d_output, d_input);
        }
        Pool::Pad { input, output, border } => pad::forward(windows, border, input, output),
        Pool::PadBackward { d_output, d_input, border } => {
            pad::backward(windows, border, d_output, d_input);
        }
        Pool::Upsample { input, output, is_linear, aligns_corners } => {
            resize::upsample(windows, is_linear, aligns_corners, input, output);
        }
        Pool::UpsampleBackward { d_output, d_input, is_linear, aligns_corners } => {
            resize::upsample_backward(windows, is_linear, aligns_corners, d_output, d_input);
        }
    }
}
