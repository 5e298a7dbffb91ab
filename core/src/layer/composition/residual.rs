//! Stages whose output is added to what went in.

use rand::Rng;

use super::{given, keep_output, kept, same};
use crate::kernel::elementwise::add;
use crate::layer::{
    Backward, KeepsState, Layer, Mode, Needs, Pass, StepCount, StepState, StreamMemory, Streaming,
    TimeAxis, dereference, streams_as,
};
use crate::layer::{Description, Stage, Structure};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;
use crate::stage::{self, PlainBackward};

/// A residual: `y = x + L(x)` (He et al. 2015, <https://arxiv.org/abs/1512.03385>), `residual(..)` in the
/// language.
///
/// It dereferences to `L`, whose tensors have no further prefix.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => residual(up: relu 3 => down: 2) >; }
///
/// let mut net = Net::zeros();
/// net.stage1.down.bias = SVector::<f32, 2>::new(10.0, 20.0);
/// let y = net.forward(&SVector::<f32, 2>::new(1.0, 2.0));
/// assert_eq!(y, SVector::<f32, 2>::new(11.0, 22.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Residual<L> {
    #[tensor(name = "")]
    body: L,
}

dereference!([L] Residual<L> => body: L);

impl<T: Float, L: Layer<T, Input: Numbers<T>>> Layer<T> for Residual<L> {
    type Input = L::Input;
    type Output = L::Output;

    const NEEDS: Needs = {
        let needs = L::NEEDS.with_tape(kept::<T, L>().size()).with_backward(given::<T, L>().size());
        Needs { output: false, ..needs }
    };
    const DESCRIPTION: Description = Description {
        structure: Structure::Residual { body: &Stage::inside::<T, L>(), project: None },
        ..L::DESCRIPTION
    };

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.body.initialize(rng);
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
                same(<L::Input as Shape>::DIMS, <L::Output as Shape>::DIMS),
                "the stages of a residual give the shape that they take"
            );
        };
        let kept = pass.keep(&kept::<T, L>(), input.len());
        pass.run(&self.body, input, output);
        let output = values_mut::<L::Output, T>(output);
        keep_output::<T, L>(kept, output);
        add(pass.instructions(), values::<L::Input, T>(input), output);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let gradient = gradient.map(|gradient| &mut gradient.body);
        let samples = step.input.len();
        let [kept] = step.tape.take(&kept::<T, L>(), samples);
        let input = values::<L::Input, T>(step.input);
        let output = if L::NEEDS.output { kept } else { values::<L::Output, T>(step.output) };
        let tape = step.tape.of::<L>(samples);
        let d_output = values_mut::<L::Output, T>(step.d_output);
        let Some(d_input) = step.d_input.map(values_mut::<L::Input, T>) else {
            let plain = PlainBackward { input, output, tape, d_output, d_input: None };
            return stage::backward(&self.body, gradient, plain, pass);
        };
        // The layer may overwrite what the shortcut still needs.
        let ([d_body], mut pass) = pass.buffers(&given::<T, L>(), samples);
        d_body.copy_from_slice(d_output);
        let plain =
            PlainBackward { input, output, tape, d_output: d_body, d_input: Some(&mut *d_input) };
        stage::backward(&self.body, gradient, plain, &mut pass);
        add(pass.instructions(), d_output, d_input);
    }
}

#[diagnostic::do_not_recommend]
impl<T: Float, L: KeepsState<T>> KeepsState<T> for Residual<L> {
    type State = L::State;
}

#[diagnostic::do_not_recommend]
impl<T, L, Time> Streaming<T, Time> for Residual<L>
where
    T: Float,
    L: Streaming<T, Time, Behind = Time, Input: Numbers<T>>,
    Time: TimeAxis,
{
    type Behind = Time;

    const MEMORY: StreamMemory = L::MEMORY;

    streams_as!(body: L);

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
        stage::steps::<T, L, Time, I, _, C>(
            &self.body, count, input, output, state, position, pass,
        );
        add(pass.instructions(), input, output);
    }
}
