//! Means over as many bins as there are outputs.

use core::marker::PhantomData;

use rand::Rng;

use super::{keeps_channels, planes};
use crate::kernel::pooling::{Pool, pool};
use crate::layer::{Backward, Layer, Mode, Needs, Pass, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

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

impl<T: Float, S: Numbers<T>, O: Numbers<T>> Layer<T> for AdaptiveAvgPool<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        keeps_channels::<S, O>();
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
        pool(pass.instructions(), &const { planes::<S, O>() }, adaptive);
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
        pool(pass.instructions(), &const { planes::<S, O>() }, adaptive);
    }
}
