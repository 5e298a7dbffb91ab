//! The same values in another shape.

use core::marker::PhantomData;

use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{Mode, Needs, Pass};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Shape;
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

impl<S: Shape, O: Shape> ParameterFree for Reshape<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = Needs::NOTHING;

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        const {
            assert!(S::LEN == O::LEN, "another shape of the same values has as many of them");
        };
        output.copy_from_slice(input);
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(step: InputGradient<'_, T>, _: &mut Pass<'_, T, I>) {
        step.d_input.copy_from_slice(step.d_output);
    }
}
