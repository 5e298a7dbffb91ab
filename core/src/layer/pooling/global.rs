//! One value of each whole plane.

use core::marker::PhantomData;

use super::{plane, pool_passes};
use crate::kernel::pooling::Windows;
use crate::layer::Needs;
use crate::layer::parameter_free::ParameterFree;
use crate::parameters::Parameters;
use crate::shape::Shape;

/// A window as large as the plane.
const fn whole<S: Shape>() -> Windows {
    let image = plane(S::DIMS);
    Windows {
        image,
        result: [1, 1],
        kernel: image,
        stride: [1, 1],
        padding: [0, 0],
        dilation: [1, 1],
    }
}

/// Fails to compile where it does not.
const fn gives_a_value_for_each_channel<S: Shape, O: Shape>() {
    assert!(
        O::DIMS.len() == 1 && O::DIMS[0] == S::DIMS[0],
        "a global pool gives one value for each channel"
    );
    let _ = plane(S::DIMS);
}

/// The mean of each channel: `global_avg_pool` in the language, `torch.nn.AdaptiveAvgPool2d(1)` and a flatten.
///
/// From `[c, h, w]` or `[c, l]` to `[c]`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [2, 1, 3] => global_avg_pool >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 4.0, 7.0]);
/// assert_eq!(y.as_slice(), [2.0, 5.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct GlobalAvgPool<S, O>(PhantomData<fn() -> (S, O)>);

impl<S: Shape, O: Shape> ParameterFree for GlobalAvgPool<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        gives_a_value_for_each_channel::<S, O>();
        Needs::NOTHING
    };

    pool_passes!(whole::<S>(), Adaptive, AdaptiveBackward[]);
}

/// The largest value of each channel: `global_max_pool` in the language, `torch.nn.AdaptiveMaxPool2d(1)` and a
/// flatten.
///
/// From `[c, h, w]` or `[c, l]` to `[c]`. The gradient goes to the first of equal values.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [2, 1, 3] => global_max_pool >; }
///
/// let y = Net::zeros().forward(&[1.0, 3.0, 2.0, 4.0, 4.0, 7.0]);
/// assert_eq!(y.as_slice(), [3.0, 7.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct GlobalMaxPool<S, O>(PhantomData<fn() -> (S, O)>);

impl<S: Shape, O: Shape> ParameterFree for GlobalMaxPool<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        gives_a_value_for_each_channel::<S, O>();
        Needs::OUTPUT
    };

    pool_passes!(whole::<S>(), Max, MaxBackward[input, output]);
}
