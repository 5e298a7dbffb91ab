//! The largest value of each window.

use core::marker::PhantomData;

use super::{keeps_channels, pool_passes, windows};
use crate::layer::parameter_free::ParameterFree;
use crate::layer::{Needs, Windowed};
use crate::parameters::Parameters;
use crate::shape::Shape;

/// The largest value of each window, as `torch.nn.MaxPool2d` and `MaxPool1d`: `max_pool(2)` in the language.
///
/// From `[c, h, w]` to `[c, h', w']` with `h' = (h + 2 padding - dilation (kernel - 1) - 1) / stride + 1`, rounded
/// down. With `ceil_mode: true` it is rounded up, so that the last window may reach over the edge, but starts inside
/// the plane or in front of it: `O` tells which. A window of padding only does not compile. Padding never is the largest; a NaN always is. The gradient goes to the first of equal values, and to
/// the first NaN where there are several (PyTorch takes the last).
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [1, 2, 4] => max_pool(2) >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 0.0]);
/// assert_eq!(y.as_slice(), [6.0, 7.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct MaxPool<S, O, W>(PhantomData<fn() -> (S, O, W)>);

impl<S: Shape, O: Shape, W: Windowed> ParameterFree for MaxPool<S, O, W> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
        let windows = windows::<S, O, W>();
        windows.check();
        assert!(windows.see_values(), "a window of padding only has no largest value");
        Needs::OUTPUT
    };

    pool_passes!(windows::<S, O, W>(), Max, MaxBackward[input, output]);
}
