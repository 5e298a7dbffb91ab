//! The last step of a sequence.

use core::marker::PhantomData;

use super::gives_features;
use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{Mode, Needs, Pass};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Shape;
use crate::simd::InstructionSet;

/// The features of the last step of a sequence: `take_last` in the language, from `[L, F]` to `[F]`. With `mask: &mask` of
/// the last that the mask, `[L]`, has no zero for; zeros, where it hides all.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [3, 2] => take_last >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(y.as_slice(), [5.0, 6.0]);
///
/// network! { struct Masked< (x: [3, 2], mask: [3]) => &x => take_last(mask: &mask) >; }
///
/// let y = Masked::zeros().forward(&MaskedInput { x: [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], mask: [1.0, 1.0, 0.0] });
/// assert_eq!(y.as_slice(), [3.0, 4.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct TakeLast<S, O>(PhantomData<fn() -> (S, O)>);

impl<S: Shape, O: Shape> ParameterFree for TakeLast<S, O> {
    type Input = S;
    type Output = O;

    const NEEDS: Needs = {
        gives_features::<S, O>();
        Needs::NOTHING
    };

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        for (x, y) in input.chunks_exact(S::LEN).zip(output.chunks_exact_mut(O::LEN)) {
            y.copy_from_slice(&x[S::LEN - O::LEN..]);
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(step: InputGradient<'_, T>, _: &mut Pass<'_, T, I>) {
        let InputGradient { d_output, d_input, .. } = step;
        for (d_x, d_y) in d_input.chunks_exact_mut(S::LEN).zip(d_output.chunks_exact(O::LEN)) {
            let (front, last) = d_x.split_at_mut(S::LEN - O::LEN);
            front.fill(T::ZERO);
            last.copy_from_slice(d_y);
        }
    }
}
