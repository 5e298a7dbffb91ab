//! A larger plane.

use core::marker::PhantomData;

use super::{keeps_channels, planes, pool_passes};
use crate::layer::Needs;
use crate::layer::parameter_free::ParameterFree;
use crate::parameters::Parameters;
use crate::shape::Shape;

/// Repeats each value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest;

/// Goes linearly from one value to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilinear;

/// What stands between two values: [`Nearest`] or [`Bilinear`].
pub trait Interpolation: Send + Sync + 'static {
    /// Whether it is interpolated.
    const IS_LINEAR: bool;
}

impl Interpolation for Nearest {
    const IS_LINEAR: bool = false;
}

impl Interpolation for Bilinear {
    const IS_LINEAR: bool = true;
}

/// Planes of a larger size, as `torch.nn.Upsample`: `upsample(2)` or `upsample(2, mode: bilinear)` in the language.
///
/// From `[c, h, w]` to `[c, f h, g w]`. [`Nearest`] repeats each value; [`Bilinear`] goes linearly from the middle of
/// one value to that of the next (`linear` for `[channels, length]`). With `ALIGN_CORNERS`, `align_corners: true`, the
/// first and last values keep their places at the edges, as in `torch.nn.UpsamplingBilinear2d`; without, which is
/// PyTorch's default, the edges of pixels do.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [1, 1, 2] => upsample([1, 2]) >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0]);
/// assert_eq!(y.as_slice(), [1.0, 1.0, 2.0, 2.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Upsample<S, O, M = Nearest, const ALIGN_CORNERS: bool = false>(
    PhantomData<fn() -> (S, O, M)>,
);

impl<S: Shape, O: Shape, K: Interpolation, const ALIGN_CORNERS: bool> ParameterFree
    for Upsample<S, O, K, ALIGN_CORNERS>
{
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
        let (small, large) = (super::plane(S::DIMS), super::plane(O::DIMS));
        assert!(
            large[0].is_multiple_of(small[0]) && large[1].is_multiple_of(small[1]),
            "upsampling multiplies the size"
        );
        assert!(K::IS_LINEAR || !ALIGN_CORNERS, "only interpolated values align corners");
        Needs::NOTHING
    };

    pool_passes!(
        planes::<S, O>(), Upsample, UpsampleBackward[],
        is_linear: K::IS_LINEAR, aligns_corners: ALIGN_CORNERS,
    );
}
