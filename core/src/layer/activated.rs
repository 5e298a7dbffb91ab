//! Activations as stages of their own, or behind a layer that does not compute them itself.

use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use rand::Rng;

use crate::activation::Activation;
use crate::layer::{
    Backward, Layer, Pass, Scratch, Sequence, StepElement, StreamMemory, Streaming,
    StreamingActivation, TimeAxis,
};
use crate::network::Structure;
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, samples, values, values_mut};
use crate::simd::InstructionSet;

/// An activation that stands alone: `=> relu =>`.
///
/// Softmax and log-softmax run over the last axis of the shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Parameters)]
#[repr(C)]
pub struct Activate<A, S>(PhantomData<fn() -> (A, S)>);

impl<T: Float, A: Activation, S: Numbers<T>> Layer<T> for Activate<A, S> {
    type Input = S;
    type Output = S;

    const NEEDS_OUTPUT: bool = A::NEEDS_OUTPUT;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    #[inline(always)]
    fn forward<I: InstructionSet>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<S, T>],
        pass: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(input);
        activate::<T, A, S, I>(values_mut::<S, T>(output), pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        _: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        if let Some(d_input) = step.d_input {
            d_input.copy_from_slice(step.d_output);
            A::backward(
                pass.instructions(),
                last_axis::<S>(),
                values::<S, T>(step.input),
                values::<S, T>(step.output),
                values_mut::<S, T>(d_input),
            );
        }
    }
}

impl<T, A, S, Time> Streaming<T, Time> for Activate<A, S>
where
    T: Float,
    A: StreamingActivation<Time, S>,
    S: Sequence<Time> + Numbers<T>,
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
        pass: &mut Pass<'_, T, I>,
    ) {
        output.copy_from_slice(input);
        crate::activation::apply::<T, I, A>(pass.instructions(), output.len(), output);
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

impl<L, A> Deref for Activated<L, A> {
    type Target = L;

    fn deref(&self) -> &L {
        &self.layer
    }
}

impl<L, A> DerefMut for Activated<L, A> {
    fn deref_mut(&mut self) -> &mut L {
        &mut self.layer
    }
}

impl<T: Float, L: Layer<T>, A: Activation> Layer<T> for Activated<L, A> {
    type Input = L::Input;
    type Output = L::Output;

    const CHECKS: () = L::CHECKS;
    /// The output before the activation, where it is needed, then the layer's own tape.
    const TAPE: usize = L::TAPE + pre_activation_len::<T, L, A>();
    const BATCH_TAPE: usize = L::BATCH_TAPE;
    const NEEDS_OUTPUT: bool = A::NEEDS_OUTPUT;
    const TRAINING_SAMPLES: usize = L::TRAINING_SAMPLES;
    const MULTIPLY_ADDS: usize = L::MULTIPLY_ADDS;
    const STRUCTURE: Structure = L::STRUCTURE;
    const FORWARD_SCRATCH: Scratch = L::FORWARD_SCRATCH;
    const BACKWARD_SCRATCH: Scratch = L::BACKWARD_SCRATCH;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.layer.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I>,
    ) {
        self.layer.forward(input, output, pass);
        activate::<T, A, L::Output, I>(values_mut::<L::Output, T>(output), pass);
    }

    #[inline(always)]
    fn record<I: InstructionSet>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
    ) {
        let (pre_activation, tape) =
            tape.split_at_mut(input.len() * pre_activation_len::<T, L, A>());
        self.layer.record(input, output, tape, pass);
        Self::activate(output, pre_activation, pass);
    }

    #[inline(always)]
    fn train<I: InstructionSet>(
        &mut self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
        rng: &mut dyn Rng,
    ) {
        let (pre_activation, tape) =
            tape.split_at_mut(input.len() * pre_activation_len::<T, L, A>());
        self.layer.train(input, output, tape, pass, rng);
        Self::activate(output, pre_activation, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        let (pre_activation, tape) =
            step.tape.split_at(step.input.len() * pre_activation_len::<T, L, A>());
        A::backward(
            pass.instructions(),
            last_axis::<L::Output>(),
            pre_activation,
            values::<L::Output, T>(step.output),
            values_mut::<L::Output, T>(step.d_output),
        );
        let step = Backward {
            input: step.input,
            output: if L::NEEDS_OUTPUT {
                samples::<L::Output, T>(pre_activation)
            } else {
                step.output
            },
            tape,
            d_output: step.d_output,
            d_input: step.d_input,
        };
        self.layer.backward(step, &mut gradient.layer, pass);
    }
}

impl<T, L, A, Time> Streaming<T, Time> for Activated<L, A>
where
    T: Float,
    L: Streaming<T, Time>,
    A: StreamingActivation<L::Behind, L::Output>,
    Time: TimeAxis,
{
    type Behind = L::Behind;

    const MEMORY: StreamMemory = L::MEMORY;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[StepElement<T, L>],
        output: &mut [T],
        state: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        self.layer.step(input, output, state, position, pass);
        crate::activation::apply::<T, I, A>(pass.instructions(), output.len(), output);
    }
}

impl<L, A: Activation> Activated<L, A> {
    #[inline(always)]
    fn activate<T: Float, I: InstructionSet>(
        output: &mut [Sample<L::Output, T>],
        pre_activation: &mut [T],
        pass: &Pass<'_, T, I>,
    ) where
        L: Layer<T>,
    {
        if A::NEEDS_INPUT || L::NEEDS_OUTPUT {
            pre_activation.copy_from_slice(values::<L::Output, T>(output));
        }
        activate::<T, A, L::Output, I>(values_mut::<L::Output, T>(output), pass);
    }
}

#[inline(always)]
fn activate<T: Float, A: Activation, S: Numbers<T>, I: InstructionSet>(
    values: &mut [T],
    pass: &Pass<'_, T, I>,
) {
    crate::activation::apply::<T, I, A>(pass.instructions(), last_axis::<S>(), values);
}

/// How many values per sample are kept from before the activation.
const fn pre_activation_len<T: Float, L: Layer<T>, A: Activation>() -> usize {
    if A::NEEDS_INPUT || L::NEEDS_OUTPUT { <L::Output as Shape>::LEN } else { 0 }
}

const fn last_axis<S: Shape>() -> usize {
    S::DIMS[S::DIMS.len() - 1]
}
