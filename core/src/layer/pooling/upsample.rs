//! A larger plane.

use core::marker::PhantomData;

use rand::Rng;

use super::{keeps_channels, planes};
use crate::kernel::pooling::{Pool, pool};
use crate::layer::{Backward, Layer, Mode, Needs, Pass, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

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
/// one value to that of the next (`align_corners=False`; `linear` for `[channels, length]`).
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
pub struct Upsample<S, O, M = Nearest>(PhantomData<fn() -> (S, O, M)>);

impl<T: Float, S: Numbers<T>, O: Numbers<T>, K: Interpolation> Layer<T> for Upsample<S, O, K> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
        let (small, large) = (super::plane(S::DIMS), super::plane(O::DIMS));
        assert!(
            large[0].is_multiple_of(small[0]) && large[1].is_multiple_of(small[1]),
            "upsampling multiplies the size"
        );
        Needs::NOTHING
    };

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<O, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let input = values::<S, T>(input);
        let output = values_mut::<O, T>(output);
        let upsample = Pool::Upsample { input, output, is_linear: K::IS_LINEAR };
        pool(pass.instructions(), &const { planes::<S, O>() }, upsample);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        _: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        let Some(d_input) = step.d_input else { return };
        let d_input = values_mut::<S, T>(d_input);
        let d_output = values::<O, T>(step.d_output);
        let upsample = Pool::UpsampleBackward { d_output, d_input, is_linear: K::IS_LINEAR };
        pool(pass.instructions(), &const { planes::<S, O>() }, upsample);
    }
}
