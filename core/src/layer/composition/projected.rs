//! Stages whose output is added to a projection of what went in.

use rand::Rng;

use super::{given, gradients, keep_output, kept, same};
use crate::kernel::elementwise::add;
use crate::layer::{
    Backward, Layer, Mode, Needs, Pass, StateParts, StepCount, StepState, StreamMemory, Streaming,
    TimeAxis, dereference, step_by_run, step_len,
};
use crate::layer::{Description, Stage, Structure};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;
use crate::stage::{self, PlainBackward};

/// A residual with a projection: `y = P(x) + L(x)`, `residual(.. ; project: ..)` in the language.
///
/// It dereferences to `L`, whose tensors have no further prefix; those of `P` are under `project`, but for
/// stages with a label.
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
    #[tensor(place)]
    pub project: P,
}

dereference!([L, P] ProjectedResidual<L, P> => body: L);

impl<T: Float, L: Layer<T, Input: Numbers<T>>, P: Layer<T, Input: Numbers<T>>> Layer<T>
    for ProjectedResidual<L, P>
{
    type Input = L::Input;
    type Output = L::Output;

    const NEEDS: Needs = {
        let needs = P::NEEDS
            .then(L::NEEDS)
            .with_tape(kept::<T, L>().size())
            .with_tape(kept::<T, P>().size())
            .with_forward(given::<T, L>().size())
            .with_backward(gradients::<T, L>().size());
        Needs { output: false, ..needs }
    };
    const DESCRIPTION: Description = Description {
        multiply_adds: L::DESCRIPTION.multiply_adds + P::DESCRIPTION.multiply_adds,
        structure: Structure::Residual {
            body: &Stage::inside::<T, L>(),
            project: Some(&Stage::inside::<T, P>()),
        },
    };

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.body.initialize(rng);
        self.project.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        const {
            assert!(
                same(<L::Input as Shape>::DIMS, <P::Input as Shape>::DIMS)
                    && same(<L::Output as Shape>::DIMS, <P::Output as Shape>::DIMS),
                "the projection of a residual takes and gives what its stages take and give"
            );
        };
        let samples = input.len();
        let kept_body = pass.keep(&kept::<T, L>(), samples);
        let kept_projected = pass.keep(&kept::<T, P>(), samples);
        let input = values::<L::Input, T>(input);
        let output = values_mut::<L::Output, T>(output);
        let ([projected], mut pass) = pass.buffers(&given::<T, L>(), samples);
        stage::forward_into(&self.project, input, projected, &mut pass);
        stage::forward_into(&self.body, input, output, &mut pass);
        keep_output::<T, L>(kept_body, output);
        keep_output::<T, P>(kept_projected, projected);
        add(pass.instructions(), projected, output);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let (of_body, of_project) =
            gradient.map(|gradient| (&mut gradient.body, &mut gradient.project)).unzip();
        let samples = step.input.len();
        let [kept_body] = step.tape.take(&kept::<T, L>(), samples);
        let [kept_projected] = step.tape.take(&kept::<T, P>(), samples);
        let input = values::<L::Input, T>(step.input);
        let output = values::<L::Output, T>(step.output);
        let d_output = values_mut::<L::Output, T>(step.d_output);
        let mut d_input = step.d_input.map(values_mut::<L::Input, T>);
        // The stages may overwrite what the projection still needs.
        let ([d_body, d_projected], mut pass) = pass.buffers(&gradients::<T, L>(), samples);
        d_body.copy_from_slice(d_output);
        let body = PlainBackward {
            input,
            output: if L::NEEDS.output { kept_body } else { output },
            tape: step.tape.of::<L>(samples),
            d_output: d_body,
            d_input: d_input.as_deref_mut(),
        };
        stage::backward(&self.body, of_body, body, &mut pass);
        let projection = PlainBackward {
            input,
            output: if P::NEEDS.output { kept_projected } else { output },
            tape: step.tape.of::<P>(samples),
            d_output,
            d_input: d_input.is_some().then_some(&mut *d_projected),
        };
        stage::backward(&self.project, of_project, projection, &mut pass);
        if let Some(d_input) = d_input {
            add(pass.instructions(), d_projected, d_input);
        }
    }
}

#[diagnostic::do_not_recommend]
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

    fn describe_state(parts: &mut StateParts<'_>) {
        parts.place::<T, P, Time>("project", L::VALUES);
        parts.layer::<T, L, Time>("", 0);
    }

    const PREPARED: usize = P::PREPARED + L::PREPARED;

    fn prepare(&self, prepared: &mut [T]) {
        let prepared = stage::prepare::<T, P, Time>(&self.project, prepared);
        stage::prepare::<T, L, Time>(&self.body, prepared);
    }

    step_by_run!(T, Time);

    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        count: C,
        input: &[T],
        output: &mut [T],
        state: StepState<'_, T>,
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let (projected, _, mut pass) = pass.turns(output.len(), 0);
        let (projected, state) = stage::steps::<T, P, Time, I, _, C>(
            &self.project,
            count,
            input,
            projected,
            state,
            position,
            &mut pass,
        );
        stage::steps::<T, L, Time, I, _, C>(
            &self.body, count, input, output, state, position, &mut pass,
        );
        add(pass.instructions(), projected, output);
    }
}
