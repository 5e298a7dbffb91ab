//! The mean of each window.

use core::marker::PhantomData;

use super::{keeps_channels, pool_passes, windows};
use crate::layer::parameter_free::ParameterFree;
use crate::layer::{Needs, Windowed};
use crate::parameters::Parameters;
use crate::shape::Shape;

/// The mean of each window, as `torch.nn.AvgPool2d` and `AvgPool1d`: `avg_pool(2)` in the language.
///
/// Sizes are those of [`MaxPool`](super::MaxPool) without dilation. With `COUNT_INCLUDE_PAD`, which is PyTorch's
/// default, zeros of the padding count as values. What a window with `ceil_mode: true` has behind them never does.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [1, 2, 4] => avg_pool(2) >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 0.0]);
/// assert_eq!(y.as_slice(), [3.5, 3.5]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct AvgPool<S, O, W, const COUNT_INCLUDE_PAD: bool = true>(PhantomData<fn() -> (S, O, W)>);

impl<S: Shape, O: Shape, W: Windowed, const COUNT_INCLUDE_PAD: bool> ParameterFree
    for AvgPool<S, O, W, COUNT_INCLUDE_PAD>
{
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
        windows::<S, O, W>().check();
        assert!(W::DILATION[0] == 1 && W::DILATION[1] == 1, "an average pool has no dilation");
        Needs::NOTHING
    };

    pool_passes!(windows::<S, O, W>(), Average, AverageBackward[], includes_padding: COUNT_INCLUDE_PAD);
}
