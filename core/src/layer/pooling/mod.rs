//! Layers that change the size of planes: pooling, upsampling and padding. They have no values.
//!
//! All take `[channels, height, width]` or `[channels, length]`, which is treated as one high, and work on each
//! channel for itself.

mod passes;

mod adaptive;
mod average;
mod global;
mod max;
mod pad;
mod upsample;

pub use adaptive::{AdaptiveAvgPool, AdaptiveMaxPool};
pub use average::AvgPool;
pub use global::{GlobalAvgPool, GlobalMaxPool};
pub use max::MaxPool;
pub use pad::{Pad, PaddingMode, Reflect, Replicate, Zeros};
pub use upsample::{Bilinear, Interpolation, Nearest, Upsample};

pub(in crate::layer) use passes::pool_passes;

use crate::kernel::pooling::Windows;
use crate::layer::Windowed;
use crate::shape::Shape;

/// Height and width of a sample.
const fn plane(sizes: &[usize]) -> [usize; 2] {
    match sizes {
        [_, height, width] => [*height, *width],
        [_, length] => [1, *length],
        _ => panic!("a pool takes [channels, height, width] or [channels, length]"),
    }
}

/// The planes of a sample of shape `S` and of what a window makes of it.
const fn windows<S: Shape, O: Shape, W: Windowed>() -> Windows {
    Windows {
        image: plane(S::DIMS),
        result: plane(O::DIMS),
        kernel: W::KERNEL,
        stride: W::STRIDE,
        padding: W::PADDING,
        dilation: W::DILATION,
    }
}

/// Planes of two sizes without a window.
const fn planes<S: Shape, O: Shape>() -> Windows {
    Windows {
        image: plane(S::DIMS),
        result: plane(O::DIMS),
        kernel: [1, 1],
        stride: [1, 1],
        padding: [0, 0],
        dilation: [1, 1],
    }
}

/// Fails to compile where a layer does not keep axes and channels.
const fn keeps_channels<S: Shape, O: Shape>() {
    assert!(
        S::DIMS.len() == O::DIMS.len() && S::DIMS[0] == O::DIMS[0],
        "a pool keeps the number of axes and channels"
    );
}
