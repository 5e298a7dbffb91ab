//! The largest values of a sequence.

use core::marker::PhantomData;

use super::gives_features;
use crate::kernel::pooling::Windows;
use crate::layer::Needs;
use crate::layer::parameter_free::ParameterFree;
use crate::layer::pooling::pool_passes;
use crate::parameters::Parameters;
use crate::shape::Shape;

/// The largest value of each feature over all steps of a sequence: `max_over_time` in the language, from `[L, F]` to
/// `[F]`.
///
/// A NaN and equal values are treated as [`MaxPool`](crate::layer::MaxPool) does.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [3, 2] => max_over_time >; }
///
/// let y = Net::zeros().forward(&[1.0, 9.0, 3.0, 4.0, 2.0, 5.0]);
/// assert_eq!(y.as_slice(), [3.0, 9.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct MaxOverTime<S, O>(PhantomData<fn() -> (S, O)>);

/// The sequence as a plane, and a window that is as high and one value wide.
const fn columns<S: Shape>() -> Windows {
    let (length, features) = (S::DIMS[0], S::DIMS[1]);
    Windows {
        image: [length, features],
        result: [1, features],
        kernel: [length, 1],
        stride: [1, 1],
        padding: [0, 0],
        dilation: [1, 1],
    }
}

impl<S: Shape, O: Shape> ParameterFree for MaxOverTime<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        gives_features::<S, O>();
        Needs::OUTPUT
    };

    pool_passes!(columns::<S>(), Max, MaxBackward[input, output]);
}
