//! The mean of each window.

use core::marker::PhantomData;

use rand::Rng;

use super::{keeps_channels, windows};
use crate::kernel::pooling::{Pool, pool};
use crate::layer::{Backward, Layer, Mode, Needs, Pass, Windowed, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

/// The mean of each window, as `torch.nn.AvgPool2d` and `AvgPool1d`: `avg_pool(2)` in the language.
///
/// Sizes are those of [`MaxPool`](super::MaxPool) without dilation. With `COUNT_INCLUDE_PAD`, which is PyTorch's
/// default, zeros of the padding count as values.
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

impl<T: Float, S: Numbers<T>, O: Numbers<T>, W: Windowed, const COUNT_INCLUDE_PAD: bool> Layer<T>
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
        let average = Pool::Average { input, output, includes_padding: COUNT_INCLUDE_PAD };
        pool(pass.instructions(), &const { windows::<S, O, W>() }, average);
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
        let average = Pool::AverageBackward {
            d_output: values_mut::<O, T>(step.d_output),
            d_input,
            includes_padding: COUNT_INCLUDE_PAD,
        };
        pool(pass.instructions(), &const { windows::<S, O, W>() }, average);
    }
}
