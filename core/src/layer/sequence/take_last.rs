//! The last step of a sequence.

use core::marker::PhantomData;

use rand::Rng;

use super::gives_features;
use crate::layer::{Backward, Layer, Mode, Needs, Pass, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

/// The features of the last step of a sequence: `take_last` in the language, from `[L, F]` to `[F]`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [3, 2] => take_last >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(y.as_slice(), [5.0, 6.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct TakeLast<S, O>(PhantomData<fn() -> (S, O)>);

impl<T: Float, S: Numbers<T>, O: Numbers<T>> Layer<T> for TakeLast<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        gives_features::<S, O>();
        Needs::NOTHING
    };

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<O, T>],
        _: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let (input, output) = (values::<S, T>(input), values_mut::<O, T>(output));
        for (x, y) in input.chunks_exact(S::LEN).zip(output.chunks_exact_mut(O::LEN)) {
            y.copy_from_slice(&x[S::LEN - O::LEN..]);
        }
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        _: &mut Self,
        _: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        let Some(d_input) = step.d_input else { return };
        let (d_input, d_output) = (values_mut::<S, T>(d_input), values::<O, T>(step.d_output));
        for (d_x, d_y) in d_input.chunks_exact_mut(S::LEN).zip(d_output.chunks_exact(O::LEN)) {
            let (front, last) = d_x.split_at_mut(S::LEN - O::LEN);
            front.fill(T::ZERO);
            last.copy_from_slice(d_y);
        }
    }
}
