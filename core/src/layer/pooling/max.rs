//! The largest value of each window.

use core::marker::PhantomData;

use rand::Rng;

use super::{keeps_channels, windows};
use crate::kernel::pooling::{Pool, pool};
use crate::layer::{Backward, Layer, Mode, Needs, Pass, Windowed, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

/// The largest value of each window, as `torch.nn.MaxPool2d` and `MaxPool1d`: `max_pool(2)` in the language.
///
/// From `[c, h, w]` to `[c, h', w']` with `h' = (h + 2 padding - dilation (kernel - 1) - 1) / stride + 1`, rounded
/// down. Padding never is the largest; a NaN always is. The gradient goes to the first of equal values, and to
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

impl<T: Float, S: Numbers<T>, O: Numbers<T>, W: Windowed> Layer<T> for MaxPool<S, O, W> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
        windows::<S, O, W>().check();
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
        pool(pass.instructions(), &const { windows::<S, O, W>() }, max);
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
        pool(pass.instructions(), &const { windows::<S, O, W>() }, max);
    }
}
