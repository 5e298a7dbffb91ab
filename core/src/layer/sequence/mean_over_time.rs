//! The mean of a sequence.

use core::marker::PhantomData;

use super::gives_features;
use crate::kernel::elementwise::{Function, update};
use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{Mode, Needs, Pass};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Shape;
use crate::simd::{InstructionSet, Vector};

/// The mean of each feature over all steps of a sequence: `mean_over_time` in the language, from `[L, F]` to `[F]`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< [3, 2] => mean_over_time >; }
///
/// let y = Net::zeros().forward(&[1.0, 2.0, 3.0, 4.0, 5.0, 9.0]);
/// assert_eq!(y.as_slice(), [3.0, 5.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct MeanOverTime<S, O>(PhantomData<fn() -> (S, O)>);

impl<S: Shape, O: Shape> ParameterFree for MeanOverTime<S, O> {
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
        pass: &mut Pass<'_, T, I, M>,
    ) {
        output.fill(T::ZERO);
        for (x, y) in input.chunks_exact(S::LEN).zip(output.chunks_exact_mut(O::LEN)) {
            for step in x.chunks_exact(O::LEN) {
                update(pass.instructions(), &share::<T, S>(), [step], y);
            }
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(
        step: InputGradient<'_, T>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let InputGradient { d_output, d_input, .. } = step;
        d_input.fill(T::ZERO);
        for (d_x, d_y) in d_input.chunks_exact_mut(S::LEN).zip(d_output.chunks_exact(O::LEN)) {
            for step in d_x.chunks_exact_mut(O::LEN) {
                update(pass.instructions(), &share::<T, S>(), [d_y], step);
            }
        }
    }
}

/// Adds values with the weight that each step has in the mean.
struct Share<T>(T);

fn share<T: Float, S: Shape>() -> Share<T> {
    Share(T::ONE / T::from_usize(S::DIMS[0]))
}

impl<T: Float> Function<T, 1> for Share<T> {
    #[inline(always)]
    fn apply<V: Vector<T>>(&self, target: V, [source]: [V; 1]) -> V {
        source.mul_add(V::splat(self.0), target)
    }
}
