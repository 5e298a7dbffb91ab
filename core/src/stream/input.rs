//! What a stream takes for a step.

use nalgebra::Const;

use crate::element::Element;
use crate::network::{Input, Network};
use crate::samples::Samples;
use crate::scalar::Float;
use crate::shape::{Rank1, Shape, StepOfSeveral, TokenOutOfRange, to_numbers};

/// One step of a sequence: [`Samples`] of `N` values, of which it is one; of a network with several inputs its struct of them,
/// with a step of each, of which `K` says the sizes.
#[diagnostic::on_unimplemented(
    message = "a stream that takes {N} `{T}` in a step cannot take `{Self}`",
    label = "not one step of {N} `{T}`",
    note = "give one step as `SVector<{T}, {N}>` or `[{T}; {N}]`, and of several inputs the struct of them, with a step of each"
)]
pub trait StepInput<T: Element, const N: usize, K = [T; N]> {
    /// Its values, where they lie one behind the other.
    fn as_step(&self) -> Option<&[T; N]>;

    /// Copies its values.
    ///
    /// # Errors
    /// If there are tokens among several inputs, and one is none of the vocabulary.
    fn copy_step(&self, step: &mut [T; N]) -> Result<(), TokenOutOfRange>;
}

// Else rustc would speak of batches that a network could run on.
#[diagnostic::do_not_recommend]
impl<T: Element, const N: usize, X: Samples<T, N, Batch = Const<1>> + ?Sized> StepInput<T, N>
    for X
{
    #[inline]
    fn as_step(&self) -> Option<&[T; N]> {
        self.as_samples().map(|samples| &samples[0])
    }

    #[inline]
    fn copy_step(&self, step: &mut [T; N]) -> Result<(), TokenOutOfRange> {
        self.copy_samples(0, core::slice::from_mut(step));
        Ok(())
    }
}

/// The values of a step, all of which the network knows: where they lie, or copied.
///
/// # Errors
/// If there is a token that is none of the vocabulary.
#[inline(always)]
pub(super) fn checked_step<'a, N, X, K, const IN: usize>(
    x: &'a X,
    copy: &'a mut [Input<N>; IN],
) -> Result<&'a [Input<N>; IN], TokenOutOfRange>
where
    N: Network,
    X: StepInput<Input<N>, IN, K> + ?Sized,
{
    match x.as_step() {
        Some(x) => {
            <N::Input as Shape>::check::<N::Scalar>(x)?;
            Ok(x)
        }
        None => {
            copy_checked_step::<N, X, K, IN>(x, copy)?;
            Ok(copy)
        }
    }
}

/// Copies a step, all of whose values the network knows.
///
/// # Errors
/// If there is a token that is none of the vocabulary.
#[inline(always)]
pub(super) fn copy_checked_step<N, X, K, const IN: usize>(
    x: &X,
    copy: &mut [Input<N>; IN],
) -> Result<(), TokenOutOfRange>
where
    N: Network,
    X: StepInput<Input<N>, IN, K> + ?Sized,
{
    x.copy_step(copy)?;
    <N::Input as Shape>::check::<N::Scalar>(copy)
}

/// The shape of a step of `N` elements that a network takes.
pub trait TakenStep<E: Element, const N: usize>: Shape {
    /// What a step is, as [`StepInput`] names it.
    type Taken;
}

#[diagnostic::do_not_recommend]
impl<E: Element, const N: usize> TakenStep<E, N> for Rank1<N> {
    type Taken = [E; N];
}

#[diagnostic::do_not_recommend]
impl<E: Element, K: 'static, const N: usize> TakenStep<E, N> for StepOfSeveral<K, N> {
    type Taken = K;
}

/// Puts the step of an input at the front of those of all.
#[inline(always)]
pub fn put_step<'a, T: Float, const N: usize, X: Samples<T, N>>(
    input: &X,
    steps: &'a mut [T],
) -> &'a mut [T] {
    let (own, behind) = steps.split_at_mut(N);
    input.copy_samples(0, own.as_chunks_mut().0);
    behind
}

/// The same of an input of tokens, as numbers.
///
/// # Errors
/// If one is none of the vocabulary.
#[inline(always)]
pub fn put_step_of_tokens<'a, T: Float, const N: usize, X: Samples<u32, N>>(
    input: &X,
    vocabularies: &[usize],
    steps: &'a mut [T],
) -> Result<&'a mut [T], TokenOutOfRange> {
    let (own, behind) = steps.split_at_mut(N);
    let mut ids = [[0; N]];
    input.copy_samples(0, &mut ids);
    to_numbers(ids.as_flattened(), vocabularies, own)?;
    Ok(behind)
}

/// Makes the struct of a network's inputs what a stream of it takes.
#[doc(hidden)]
#[macro_export]
macro_rules! step_of_inputs {
    ($inputs:ident $scalar:ident; $($input:ident: $Input:ident $element:ident $len:ident $vocabularies:tt;)*) => {
        #[allow(non_upper_case_globals)]
        impl<const ALL: usize, $(const $len: usize,)* $($Input),*>
            $crate::stream::StepInput<$scalar, ALL, $inputs<$([$element; $len]),*>> for $inputs<$($Input),*>
        where
            $($Input: $crate::Samples<$element, $len, Batch = $crate::nalgebra::Const<1>>,)*
        {
            #[inline]
            fn as_step(&self) -> ::core::option::Option<&[$scalar; ALL]> {
                ::core::option::Option::None
            }

            #[inline]
            fn copy_step(
                &self,
                step: &mut [$scalar; ALL],
            ) -> ::core::result::Result<(), $crate::shape::TokenOutOfRange> {
                let steps = &mut step[..];
                $(let steps = $crate::__private::put_step_of!(self steps $input $len $vocabularies);)*
                assert!(steps.is_empty(), "a step of each input");
                ::core::result::Result::Ok(())
            }
        }
    };
}

/// Puts the step of one of them: numbers, or tokens out of vocabularies of these sizes.
#[doc(hidden)]
#[macro_export]
macro_rules! put_step_of {
    ($self:ident $steps:ident $input:ident $len:ident []) => {
        $crate::__private::put_step::<_, $len, _>(&$self.$input, $steps)
    };
    ($self:ident $steps:ident $input:ident $len:ident $vocabularies:tt) => {
        $crate::__private::put_step_of_tokens::<_, $len, _>(&$self.$input, &$vocabularies, $steps)?
    };
}
