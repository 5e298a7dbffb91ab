//! The numeric work of pooling and resizing: windows over planes, without weights.
//!
//! Sizes are run-time values and the loops are compiled with this crate, once for each number type and
//! instruction set, so that a program has them once and not for each layer. Each plane is a channel of a sample.

mod average;
mod max;
mod resize;
mod windows;

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
    /// A larger plane, each value repeated or between its neighbours.
    Upsample {
        /// The planes.
        input: &'a [T],
        /// The larger planes.
        output: &'a mut [T],
        /// Whether values between neighbours are interpolated.
        is_linear: bool,
    },
    /// The other way.
    UpsampleBackward {
        /// The gradient of the larger planes.
        d_output: &'a [T],
        /// The gradient of the planes.
        d_input: &'a mut [T],
        /// Whether values between neighbours were interpolated.
        is_linear: bool,
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
        Pool::Adaptive { input, output } => resize::adaptive(windows, input, output),
        Pool::AdaptiveBackward { d_output, d_input } => {
            resize::adaptive_backward(windows, d_output, d_input);
        }
        Pool::Upsample { input, output, is_linear } => {
            resize::upsample(windows, is_linear, input, output);
        }
        Pool::UpsampleBackward { d_output, d_input, is_linear } => {
            resize::upsample_backward(windows, is_linear, d_output, d_input);
        }
    }
}
