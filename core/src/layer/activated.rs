//! Activations as stages of their own, or behind a layer that does not compute them itself.

use core::marker::PhantomData;

use rand::Rng;

use crate::activation::{Activation, Line, line};
use crate::layer::Description;
use crate::layer::parameter_free::{InputGradient, ParameterFree};
use crate::layer::{
    Backward, BufferLayout, BufferSize, KeepsState, Layer, Mode, Needs, Pass, Sequence, StepCount,
    StepElement, StepState, StreamMemory, Streaming, StreamingActivation, TimeAxis, dereference,
    step_by_run, streams_as,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, samples, values, values_mut};
use crate::simd::InstructionSet;

/// An activation that stands alone: `=> relu =>`.
///
/// Softmax and log-softmax run along the last axis of the shape, or the one that they name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Activate<A, S>(PhantomData<fn() -> (A, S)>);

impl<A: Activation, S: Shape> ParameterFree for Activate<A, S> {
    type Input = S;
    type Output = S;

    const NEEDS: Needs = Needs { output: A::NEEDS_OUTPUT, ..Needs::NOTHING };
    const IS_IDENTITY: bool = A::IS_IDENTITY;

    #[inline(always)]
    fn forward<T: Float, I: InstructionSet, M: Mode<T>>(
        input: &[T],
        output: &mut [T],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        output.copy_from_slice(input);
        activate::<T, A, S, I>(pass.instructions(), output);
    }

    #[inline(always)]
    fn backward<T: Float, I: InstructionSet>(
        step: InputGradient<'_, T>,
        pass: &mut Pass<'_, T, I>,
    ) {
        step.d_input.copy_from_slice(step.d_output);
        A::backward(
            pass.instructions(),
            const { line::<A, S>() },
            step.input,
            step.output,
            step.d_input,
        );
    }
}

#[diagnostic::do_not_recommend]
impl<T, A, S, Time> Streaming<T, Time> for Activate<A, S>
where
    T: Float,
    A: StreamingActivation<Time, S>,
    S: Sequence<Time> + Numbers<T>,
    Time: TimeAxis,
{
    type Behind = Time;

    step_by_run!(T, Time);

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        input: &[T],
        output: &mut [T],
        _: StepState<'_, T>,
        _: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(input);
        activate_steps::<T, A, I, C>(pass.instructions(), count, output);
    }
}

/// A layer or network with an activation behind it: `relu Encoder`. It dereferences to the layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Activated<L, A> {
    #[tensor(name = "")]
    layer: L,
    activation: PhantomData<fn() -> A>,
}

dereference!([L, A] Activated<L, A> => layer: L);

impl<T: Float, L: Layer<T>, A: Activation> Layer<T> for Activated<L, A> {
    type Input = L::Input;
    type Output = L::Output;

    const NEEDS: Needs =
        Needs { output: A::NEEDS_OUTPUT, ..L::NEEDS.with_tape(tape::<T, L, A>().size()) };
    const DESCRIPTION: Description = L::DESCRIPTION;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.layer.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let kept = pass.keep(&tape::<T, L, A>(), input.len());
        pass.run(&self.layer, input, output);
        let output = values_mut::<L::Output, T>(output);
        if let Some([pre_activation]) = kept
            && is_kept::<T, L, A>()
        {
            pre_activation.copy_from_slice(output);
        }
        activate::<T, A, L::Output, I>(pass.instructions(), output);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let [pre_activation] = step.tape.take(&tape::<T, L, A>(), step.input.len());
        A::backward(
            pass.instructions(),
            const { line::<A, L::Output>() },
            pre_activation,
            values::<L::Output, T>(step.output),
            values_mut::<L::Output, T>(step.d_output),
        );
        let output = match L::NEEDS.output {
            true => samples::<L::Output, T>(pre_activation),
            false => step.output,
        };
        let tape = step.tape.of::<L>(step.input.len());
        let Backward { input, d_output, d_input, .. } = step;
        let step = Backward { input, output, tape, d_output, d_input };
        self.layer.backward(step, gradient.map(|gradient| &mut gradient.layer), pass);
    }
}

#[diagnostic::do_not_recommend]
impl<T: Float, L: KeepsState<T>, A: Activation> KeepsState<T> for Activated<L, A> {
    type State = L::State;
}

#[diagnostic::do_not_recommend]
impl<T, L, A, Time> Streaming<T, Time> for Activated<L, A>
where
    T: Float,
    L: Streaming<T, Time>,
    A: StreamingActivation<L::Behind, L::Output>,
    Time: TimeAxis,
{
    type Behind = L::Behind;

    const MEMORY: StreamMemory = L::MEMORY;

    streams_as!(layer: L);

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        input: &[StepElement<T, L>],
        output: &mut [T],
        state: StepState<'_, T>,
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        self.layer.run(count, input, output, state, position, pass);
        activate_steps::<T, A, I, C>(pass.instructions(), count, output);
    }
}

/// Applies an activation to steps, each of which is a line that it may go along.
#[inline(always)]
fn activate_steps<T: Float, A: Activation, I: InstructionSet, C: StepCount>(
    instructions: I,
    count: C,
    steps: &mut [T],
) {
    let line = Line::whole(steps.len() / count.get());
    crate::activation::apply::<T, I, A>(instructions, line, steps);
}

#[inline(always)]
fn activate<T: Float, A: Activation, S: Shape, I: InstructionSet>(
    instructions: I,
    values: &mut [T],
) {
    crate::activation::apply::<T, I, A>(instructions, const { line::<A, S>() }, values);
}

/// Whether what the layer gives is read on the way back, by the activation or by the layer.
const fn is_kept<T: Float, L: Layer<T>, A: Activation>() -> bool {
    A::NEEDS_INPUT || L::NEEDS.output
}

/// The output before the activation, where it is read; the layer's own tape is behind it.
const fn tape<T: Float, L: Layer<T>, A: Activation>() -> BufferLayout<1> {
    let values = if is_kept::<T, L, A>() { <L::Output as Shape>::LEN } else { 0 };
    BufferLayout::new([BufferSize::per_sample(values)])
}
