//! What layers without parameters have in common.

use rand::Rng;

use super::{Backward, Layer, Mode, Needs, Pass, Tape, checked};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;

/// A function of samples, given as their values one behind the other. It is a [`Layer`] that learns nothing and
/// does nothing on the way back where the gradient of its input is not wanted.
pub trait ParameterFree {
    /// The shape of a sample that goes in.
    type Input: Shape;
    /// The shape of a sample that comes out.
    type Output: Shape;

    /// As [`Layer::NEEDS`].
    const NEEDS: Needs;
    /// As [`Layer::IS_IDENTITY`].
    const IS_IDENTITY: bool = false;

    /// As [`Layer::forward`].
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    );

    /// As [`Layer::backward`].
    fn backward<T: Float, I: InstructionSet>(step: InputGradient<'_, T>, pass: &mut Pass<'_, T, I>);
}

/// What [`ParameterFree::backward`] starts from, as in [`Backward`], and where the gradient of the input goes.
pub struct InputGradient<'a, T> {
    pub samples: usize,
    pub input: &'a [T],
    pub output: &'a [T],
    pub tape: Tape<'a, T>,
    pub d_output: &'a mut [T],
    pub d_input: &'a mut [T],
}

// Else rustc would ask for this of every type that is no layer.
#[diagnostic::do_not_recommend]
impl<T, L> Layer<T> for L
where
    T: Float,
    L: ParameterFree<Input: Numbers<T>, Output: Numbers<T>> + Parameters<T>,
{
    type Input = L::Input;
    type Output = L::Output;

    const NEEDS: Needs = <L as ParameterFree>::NEEDS;
    const IS_IDENTITY: bool = <L as ParameterFree>::IS_IDENTITY;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        checked::<T, Self>();
        let (input, output) = (values::<L::Input, T>(input), values_mut::<L::Output, T>(output));
        <L as ParameterFree>::forward(input, output, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        _: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        checked::<T, Self>();
        let Some(d_input) = step.d_input else { return };
        let step = InputGradient {
            samples: step.input.len(),
            input: values::<L::Input, T>(step.input),
            output: values::<L::Output, T>(step.output),
            tape: step.tape,
            d_output: values_mut::<L::Output, T>(step.d_output),
            d_input: values_mut::<L::Input, T>(d_input),
        };
        <L as ParameterFree>::backward(step, pass);
    }
}
