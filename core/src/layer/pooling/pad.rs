//! Values around a plane.

use core::marker::PhantomData;

use super::{keeps_channels, plane, planes, pool_passes};
use crate::kernel::pooling::{Border, Windows};
use crate::layer::Needs;
use crate::layer::parameter_free::ParameterFree;
use crate::parameters::Parameters;
use crate::shape::Shape;

/// Zeros stand around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zeros;

/// What a mirror at the value on the edge shows stands around: `c b [a b c] b a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reflect;

/// The value on the edge stands around: `a a [a b c] c c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replicate;

mod sealed {
    use crate::kernel::pooling::Border;

    pub trait Sealed {
        const BORDER: Border;
    }

    impl Sealed for super::Zeros {
        const BORDER: Border = Border::Zeros;
    }

    impl Sealed for super::Reflect {
        const BORDER: Border = Border::Reflect;
    }

    impl Sealed for super::Replicate {
        const BORDER: Border = Border::Replicate;
    }
}

/// What stands around a plane: [`Zeros`], [`Reflect`] or [`Replicate`].
pub trait PaddingMode: sealed::Sealed + Send + Sync + 'static {}

impl PaddingMode for Zeros {}
impl PaddingMode for Reflect {}
impl PaddingMode for Replicate {}

/// Values around each plane, as `torch.nn.ZeroPad2d`, `ReflectionPad2d`, `ReplicationPad2d` and their like for signals:
/// `pad(1)`, `pad([1, 2], after: 0, mode: reflect)` in the language.
///
/// From `[c, h, w]` to `[c, t + h + b, l + w + r]`. `TOP` rows stand above and `LEFT` columns on the left; how many stand
/// below and on the right is what `O` has more. The gradient of a value that stands at several places is the sum of
/// theirs.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [1, 3] => pad(2, after: 1, mode: reflect) >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0]);
/// assert_eq!(y.as_slice(), [3.0, 2.0, 1.0, 2.0, 3.0, 2.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Pad<S, O, M, const TOP: usize, const LEFT: usize>(PhantomData<fn() -> (S, O, M)>);

impl<S: Shape, O: Shape, K: PaddingMode, const TOP: usize, const LEFT: usize>
    Pad<S, O, K, TOP, LEFT>
{
    const PLANES: Windows = Windows { padding: [TOP, LEFT], ..planes::<S, O>() };
}

impl<S: Shape, O: Shape, K: PaddingMode, const TOP: usize, const LEFT: usize> ParameterFree
    for Pad<S, O, K, TOP, LEFT>
{
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
        let (small, large, before) = (plane(S::DIMS), plane(O::DIMS), [TOP, LEFT]);
        let mut axis = 0;
        while axis < 2 {
            let inside = before[axis] + small[axis];
            assert!(large[axis] >= inside, "the output holds the input and what stands in front");
            let after = large[axis] - inside;
            assert!(
                !matches!(K::BORDER, Border::Reflect)
                    || before[axis] < small[axis] && after < small[axis],
                "as many values are reflected as stand behind the edge"
            );
            axis += 1;
        }
        Needs::NOTHING
    };

    pool_passes!(Self::PLANES, Pad, PadBackward[], border: K::BORDER);
}
