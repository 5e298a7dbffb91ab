//! The same values in another shape.

use core::marker::PhantomData;

use rand::Rng;

use crate::layer::{Backward, Layer, Mode, Needs, Pass, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

/// The same values in another shape: `flatten` and `reshape[..]` in the language, as `torch.nn.Flatten` and
/// `Unflatten`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [2, 1, 3] => flatten => reshape[3, 2] => flatten >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(y.as_slice(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Reshape<S, O>(PhantomData<fn() -> (S, O)>);

impl<T: Float, S: Numbers<T>, O: Numbers<T>> Layer<T> for Reshape<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        assert!(S::LEN == O::LEN, "another shape of the same values has as many of them");
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
        let _ = pass;
        output.copy_from_slice(input);
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
        let _ = pass;
        d_input.copy_from_slice(values::<O, T>(step.d_output));
    }
}
