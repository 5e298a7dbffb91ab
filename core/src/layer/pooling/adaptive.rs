//! One value of each of as many bins as there are outputs.

use core::marker::PhantomData;

use super::{keeps_channels, planes, pool_passes};
use crate::layer::Needs;
use crate::layer::parameter_free::ParameterFree;
use crate::parameters::Parameters;
use crate::shape::Shape;

/// The mean of each of so many bins, as `torch.nn.AdaptiveAvgPool2d` and `AdaptiveAvgPool1d`:
/// `adaptive_avg_pool([2, 2])` in the language.
///
/// Bin `i` of `n` over `h` values goes from `i h / n`, rounded down, to `(i + 1) h / n`, rounded up.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [1, 1, 5] => adaptive_avg_pool([1, 2]) >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0]);
/// assert_eq!(y.as_slice(), [2.0, 4.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct AdaptiveAvgPool<S, O>(PhantomData<fn() -> (S, O)>);

impl<S: Shape, O: Shape> ParameterFree for AdaptiveAvgPool<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
        Needs::NOTHING
    };

    pool_passes!(planes::<S, O>(), Adaptive, AdaptiveBackward[]);
}

/// The largest value of each of so many bins, as `torch.nn.AdaptiveMaxPool2d` and `AdaptiveMaxPool1d`:
/// `adaptive_max_pool([2, 2])` in the language.
///
/// Bins are those of [`AdaptiveAvgPool`], and a NaN and equal values are treated as [`MaxPool`](super::MaxPool) does.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [1, 1, 5] => adaptive_max_pool([1, 2]) >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 5.0, 4.0]);
/// assert_eq!(y.as_slice(), [3.0, 5.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct AdaptiveMaxPool<S, O>(PhantomData<fn() -> (S, O)>);

impl<S: Shape, O: Shape> ParameterFree for AdaptiveMaxPool<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
        Needs::OUTPUT
    };

    pool_passes!(planes::<S, O>(), AdaptiveMax, AdaptiveMaxBackward[input, output]);
}
