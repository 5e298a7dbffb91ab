//! Stages whose output is added to a projection of what went in.

use core::ops::{Deref, DerefMut};

use rand::Rng;

use super::{kept, same};
use crate::kernel::elementwise::add;
use crate::layer::{
    Backward, Layer, Pass, Scratch, StreamMemory, Streaming, TimeAxis, larger, step_len,
};
use crate::network::{Stage, Structure};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;
use crate::stage;

/// A residual with a projection: `y = P(x) + L(x)`, `residual(.. ; project: ..)` in the language.
///
/// It dereferences to `L`, whose tensors have no further prefix; those of `P` are under `project`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => residual(up: relu 4 => down: 3; project: 3) >; }
///
/// let mut net = Net::zeros();
/// net.stage1.down.bias = SVector::<f32, 3>::new(1.0, 2.0, 3.0);
/// net.stage1.project.bias = SVector::<f32, 3>::new(10.0, 20.0, 30.0);
/// let y = net.forward(&SVector::<f32, 2>::new(1.0, 2.0));
/// assert_eq!(y, SVector::<f32, 3>::new(11.0, 22.0, 33.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct ProjectedResidual<L, P> {
    /// What is added to the projection.
    #[tensor(name = "")]
    pub body: L,
    /// What the input goes through.
    pub project: P,
}

impl<L, P> Deref for ProjectedResidual<L, P> {
    type Target = L;

    fn deref(&self) -> &L {
        &self.body
    }
}

impl<L, P> DerefMut for ProjectedResidual<L, P> {
    fn deref_mut(&mut self) -> &mut L {
        &mut self.body
    }
}

impl<T: Float, L: Layer<T, Input: Numbers<T>>, P: Layer<T, Input: Numbers<T>>> Layer<T>
    for ProjectedResidual<L, P>
{
    type Input = L::Input;
    type Output = L::Output;

    const CHECKS: () = {
        let () = (L::CHECKS, P::CHECKS).0;
        assert!(
            same(<L::Input as Shape>::DIMS, <P::Input as Shape>::DIMS)
                && same(<L::Output as Shape>::DIMS, <P::Output as Shape>::DIMS),
            "the projection of a residual takes and gives what its stages take and give"
        );
    };
    /// Both outputs, where they are needed, then the tapes of projection and stages.
    const TAPE: usize = kept::<T, L>() + kept::<T, P>() + L::TAPE + P::TAPE;
    const BATCH_TAPE: usize = L::BATCH_TAPE + P::BATCH_TAPE;
    const NEEDS_OUTPUT: bool = false;
    const TRAINING_SAMPLES: usize = larger(L::TRAINING_SAMPLES, P::TRAINING_SAMPLES);
    const MULTIPLY_ADDS: usize = L::MULTIPLY_ADDS + P::MULTIPLY_ADDS;
    const STRUCTURE: Structure = Structure::Residual {
        body: &Stage::inside::<T, L>(),
        project: Some(&Stage::inside::<T, P>()),
    };
    const FORWARD_SCRATCH: Scratch = L::FORWARD_SCRATCH
        .or(P::FORWARD_SCRATCH)
        .and(Scratch::per_sample(<L::Output as Shape>::LEN));
    const BACKWARD_SCRATCH: Scratch = L::BACKWARD_SCRATCH
        .or(P::BACKWARD_SCRATCH)
        .and(Scratch::per_sample(<L::Output as Shape>::LEN + <L::Input as Shape>::LEN));

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.body.initialize(rng);
        self.project.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I>,
    ) {
        let input = values::<L::Input, T>(input);
        let output = values_mut::<L::Output, T>(output);
        let (projected, _, mut pass) = pass.buffers(output.len(), 0);
        stage::forward(&self.project, input, projected, &mut pass);
        stage::forward(&self.body, input, output, &mut pass);
        add(pass.instructions(), projected, output);
    }

    #[inline(always)]
    fn record<I: InstructionSet>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
    ) {
        let samples = input.len();
        let (kept_body, tape) = tape.split_at_mut(samples * kept::<T, L>());
        let (kept_projected, tape) = tape.split_at_mut(samples * kept::<T, P>());
        let input = values::<L::Input, T>(input);
        let output = values_mut::<L::Output, T>(output);
        let (projected, _, mut pass) = pass.buffers(output.len(), 0);
        let tape = stage::record(&self.project, input, projected, tape, &mut pass);
        stage::record(&self.body, input, output, tape, &mut pass);
        if L::NEEDS_OUTPUT {
            kept_body.copy_from_slice(output);
        }
        if P::NEEDS_OUTPUT {
            kept_projected.copy_from_slice(projected);
        }
        add(pass.instructions(), projected, output);
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
        let samples = input.len();
        let (kept_body, tape) = tape.split_at_mut(samples * kept::<T, L>());
        let (kept_projected, tape) = tape.split_at_mut(samples * kept::<T, P>());
        let input = values::<L::Input, T>(input);
        let output = values_mut::<L::Output, T>(output);
        let (projected, _, mut pass) = pass.buffers(output.len(), 0);
        let tape = stage::train(&mut self.project, input, projected, tape, &mut pass, rng);
        stage::train(&mut self.body, input, output, tape, &mut pass, rng);
        if L::NEEDS_OUTPUT {
            kept_body.copy_from_slice(output);
        }
        if P::NEEDS_OUTPUT {
            kept_projected.copy_from_slice(projected);
        }
        add(pass.instructions(), projected, output);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        let samples = step.input.len();
        let (kept_body, tape) = step.tape.split_at(samples * kept::<T, L>());
        let (kept_projected, tape) = tape.split_at(samples * kept::<T, P>());
        let input = values::<L::Input, T>(step.input);
        let output = values::<L::Output, T>(step.output);
        let d_output = values_mut::<L::Output, T>(step.d_output);
        let mut d_input = step.d_input.map(values_mut::<L::Input, T>);
        // The stages may overwrite what the projection still needs.
        let (d_body, d_projected, mut pass) = pass.buffers(d_output.len(), input.len());
        d_body.copy_from_slice(d_output);
        let tape = stage::backward(
            &self.body,
            input,
            if L::NEEDS_OUTPUT { kept_body } else { output },
            tape,
            d_body,
            d_input.as_deref_mut(),
            &mut gradient.body,
            &mut pass,
        );
        stage::backward(
            &self.project,
            input,
            if P::NEEDS_OUTPUT { kept_projected } else { output },
            tape,
            d_output,
            d_input.is_some().then_some(&mut *d_projected),
            &mut gradient.project,
            &mut pass,
        );
        if let Some(d_input) = d_input {
            add(pass.instructions(), d_projected, d_input);
        }
    }
}

impl<T, L, P, Time> Streaming<T, Time> for ProjectedResidual<L, P>
where
    T: Float,
    L: Streaming<T, Time, Input: Numbers<T>>,
    P: Streaming<T, Time, Behind = L::Behind, Input: Numbers<T>>,
    Time: TimeAxis,
{
    type Behind = L::Behind;

    const MEMORY: StreamMemory =
        P::MEMORY.and(L::MEMORY).with_scratch(step_len::<L::Output, L::Behind>());

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        state: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let (projected, _, mut pass) = pass.buffers(output.len(), 0);
        let (projected, state) = stage::step::<T, P, Time, I, _>(
            &self.project,
            input,
            projected,
            state,
            position,
            &mut pass,
        );
        stage::step::<T, L, Time, I, _>(&self.body, input, output, state, position, &mut pass);
        add(pass.instructions(), projected, output);
    }
}
