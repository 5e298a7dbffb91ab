//! What a stream gives for a step.

use nalgebra::SVector;

use crate::scalar::Float;
use crate::shape::{Rank1, Shape, StepOfSeveral};

/// What a stream gives for a step of `N` values: `SVector<T, N>`, or of a network with several outputs its struct of them, with
/// the step of each.
pub trait StepOutput<T: Float, const N: usize>: Sized {
    /// Zeros.
    fn zeros() -> Self;

    /// Has the values of a step written, one output behind the other.
    fn write(&mut self, step: impl FnOnce(&mut [T; N]));
}

impl<T: Float, const N: usize> StepOutput<T, N> for SVector<T, N> {
    #[inline]
    fn zeros() -> Self {
        SVector::zeros()
    }

    #[inline]
    fn write(&mut self, step: impl FnOnce(&mut [T; N])) {
        step(&mut self.data.0[0]);
    }
}

/// Where a step of a block goes, of a stream that gives a `Y` for a step: a `Y`, or an array where that is a vector.
#[diagnostic::on_unimplemented(
    message = "a stream that gives {N} `{T}` for a step cannot give `{Self}`",
    label = "not {N} `{T}` for each step",
    note = "give a slice of `[{T}; {N}]` or `SVector<{T}, {N}>`, and of several outputs of the struct of them"
)]
pub trait BlockOutput<T: Float, const N: usize, Y> {
    /// Takes the values of a step, one output behind the other.
    fn write_step(&mut self, step: &[T; N]);
}

#[diagnostic::do_not_recommend]
impl<T: Float, Y: StepOutput<T, N>, const N: usize> BlockOutput<T, N, Y> for Y {
    #[inline]
    fn write_step(&mut self, step: &[T; N]) {
        self.write(|own| *own = *step);
    }
}

impl<T: Float, const N: usize> BlockOutput<T, N, SVector<T, N>> for [T; N] {
    #[inline]
    fn write_step(&mut self, step: &[T; N]) {
        *self = *step;
    }
}

/// The shape of a step of `N` values that a network gives.
pub trait GivenStep<T: Float, const N: usize>: Shape {
    /// What a user is given for it.
    type Given: StepOutput<T, N>;
}

#[diagnostic::do_not_recommend]
impl<T: Float, const N: usize> GivenStep<T, N> for Rank1<N> {
    type Given = SVector<T, N>;
}

#[diagnostic::do_not_recommend]
impl<T: Float, V: StepOutput<T, N> + 'static, const N: usize> GivenStep<T, N>
    for StepOfSeveral<V, N>
{
    type Given = V;
}

/// Takes the step of an output off the front of those of all.
#[inline(always)]
pub fn take_step<'a, T: Float, const N: usize>(
    output: &mut SVector<T, N>,
    steps: &'a [T],
) -> &'a [T] {
    let (own, behind) = steps.split_at(N);
    output.copy_from_slice(own);
    behind
}

/// Makes the struct of a network's outputs what a stream of it gives.
#[doc(hidden)]
#[macro_export]
macro_rules! step_of_outputs {
    ($outputs:ident $scalar:ident; $($output:ident: $Output:ident;)*) => {
        #[allow(non_upper_case_globals)]
        impl<const ALL: usize, $(const $Output: usize),*> $crate::stream::StepOutput<$scalar, ALL>
            for $outputs<$($crate::nalgebra::SVector<$scalar, $Output>),*>
        {
            #[inline]
            fn zeros() -> Self {
                $outputs { $($output: $crate::nalgebra::SVector::zeros(),)* }
            }

            #[inline]
            fn write(&mut self, step: impl ::core::ops::FnOnce(&mut [$scalar; ALL])) {
                let mut steps = [0.0; ALL];
                step(&mut steps);
                let steps = &steps[..];
                $(let steps = $crate::__private::take_step(&mut self.$output, steps);)*
                assert!(steps.is_empty(), "a step of each output");
            }
        }
    };
}
