//! One value of each whole plane.

use core::marker::PhantomData;

use rand::Rng;

use super::plane;
use crate::kernel::pooling::{Pool, Windows, pool};
use crate::layer::{Backward, Layer, Mode, Needs, Pass, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;

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

impl<T: Float, S: Numbers<T>, O: Numbers<T>> Layer<T> for GlobalAvgPool<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        gives_a_value_for_each_channel::<S, O>();
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
        let adaptive = Pool::Adaptive { input, output };
        pool(pass.instructions(), &const { whole::<S>() }, adaptive);
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
        let adaptive = Pool::AdaptiveBackward { d_output, d_input };
        pool(pass.instructions(), &const { whole::<S>() }, adaptive);
    }
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

impl<T: Float, S: Numbers<T>, O: Numbers<T>> Layer<T> for GlobalMaxPool<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        gives_a_value_for_each_channel::<S, O>();
        Needs::OUTPUT
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
        let max = Pool::Max { input, output };
        pool(pass.instructions(), &const { whole::<S>() }, max);
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
        let max = Pool::MaxBackward {
            input: values::<S, T>(step.input),
            output: values::<O, T>(step.output),
            d_output: values_mut::<O, T>(step.d_output),
            d_input,
        };
        pool(pass.instructions(), &const { whole::<S>() }, max);
    }
}
