//! One of several inputs or outputs.

use core::marker::PhantomData;
use core::ops::Range;

use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{Mode, Needs, Pass, Sequence, Streaming, TimeAxis, step_len};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Around, Numbers, Shape, length};
use crate::simd::InstructionSet;

/// One of several inputs, or one output of a network that is a stage, of shape `O`: what begins at `OFFSET` among the `WHOLE`
/// values of all, which stand one behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct InputPart<O, const WHOLE: usize, const OFFSET: usize>(PhantomData<fn() -> O>);

impl<O: Shape, const WHOLE: usize, const OFFSET: usize> ParameterFree
    for InputPart<O, WHOLE, OFFSET>
{
    type Input = Around<O, WHOLE>;
    type Output = O;

    const NEEDS: Needs = {
        assert!(OFFSET + O::LEN <= WHOLE, "an input is part of all inputs");
        Needs::NOTHING
    };

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        _: &mut Pass<'_, T, I, M>,
    ) {
        for (whole, part) in input.chunks_exact(WHOLE).zip(output.chunks_exact_mut(O::LEN)) {
            part.copy_from_slice(&whole[OFFSET..][..O::LEN]);
        }
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(step: InputGradient<'_, T>, _: &mut Pass<'_, T, I>) {
        step.d_input.fill(T::ZERO);
        let d_parts = step.d_output.chunks_exact(O::LEN);
        for (d_whole, d_part) in step.d_input.chunks_exact_mut(WHOLE).zip(d_parts) {
            d_whole[OFFSET..][..O::LEN].copy_from_slice(d_part);
        }
    }
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, O, Time, const WHOLE: usize, const OFFSET: usize> Streaming<T, Time>
    for InputPart<O, WHOLE, OFFSET>
where
    T: Float,
    O: Sequence<Time> + Numbers<T>,
    Time: TimeAxis,
{
    type Behind = Time;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        _: &mut [T],
        _: usize,
        _: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(&input[const { step_range::<O, Time>(OFFSET) }]);
    }
}

/// Which of the values of a step of all inputs are the step of one of shape `S`, which begins at `offset` among all values.
pub(super) const fn step_range<S: Shape, Time: TimeAxis>(offset: usize) -> Range<usize> {
    let len = step_len::<S, Time>();
    let first = offset / length(S::LEN, len);
    first..first + len
}
