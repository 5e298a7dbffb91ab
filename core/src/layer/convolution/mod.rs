//! Convolutions.

mod conv;
mod conv_transpose;
mod direction;
mod passes;
mod past;

pub use conv::Conv;
pub use conv_transpose::ConvTranspose;

use core::marker::PhantomData;

use crate::kernel::convolution::Sliding;
use crate::layer::Windowed;
use crate::parameters::{Kind, Tensors};
use crate::scalar::Float;
use crate::shape::Shape;

/// What a convolution is beyond its parameters: shapes and an activation.
type Marker<S, O, A> = PhantomData<fn() -> (S, O, A)>;

/// All weights of a convolution, in memory order.
#[inline(always)]
fn weights<T: Float, W: Windowed, const A: usize, const B: usize>(
    weight: &[[W::Values<T>; A]; B],
) -> &[T] {
    // SAFETY: `Windowed` is sealed; its `Values` are a matrix, which is values of `T` without padding.
    unsafe { core::slice::from_raw_parts(weight.as_ptr().cast(), B * A * taps::<W>()) }
}

/// All weights of a convolution, in memory order, to be changed.
#[inline(always)]
fn weights_mut<T: Float, W: Windowed, const A: usize, const B: usize>(
    weight: &mut [[W::Values<T>; A]; B],
) -> &mut [T] {
    // SAFETY: as in `weights`; any values make a valid matrix.
    unsafe { core::slice::from_raw_parts_mut(weight.as_mut_ptr().cast(), B * A * taps::<W>()) }
}

/// What `W` says of the window.
const fn window<W: Windowed>() -> Sliding {
    Sliding { kernel: W::KERNEL, stride: W::STRIDE, padding: W::PADDING, dilation: W::DILATION }
}

/// Places of a window.
const fn taps<W: Windowed>() -> usize {
    W::KERNEL[0] * W::KERNEL[1]
}

/// The weights of a convolution of signals or images of shape `S`, `[OUTER, INNER]` windows, as one tensor.
fn describe_weight<S: Shape, W: Windowed, const OUTER: usize, const INNER: usize>(
    tensors: &mut Tensors,
    name: &str,
) {
    let [height, width] = W::KERNEL;
    let window = height * width;
    // nalgebra keeps a window column by column.
    if S::DIMS.len() == 2 {
        let strides = [INNER * window, window, height];
        tensors.tensor(name, &[OUTER, INNER, width], &strides, Kind::Trained);
    } else {
        let strides = [INNER * window, window, 1, height];
        tensors.tensor(name, &[OUTER, INNER, height, width], &strides, Kind::Trained);
    }
}
