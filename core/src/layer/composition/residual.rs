//! Stages whose output is added to what went in.

use core::ops::{Deref, DerefMut};

use rand::Rng;

use super::{kept, same};
use crate::kernel::elementwise::add;
use crate::layer::{Backward, Layer, Pass, Scratch, StreamMemory, Streaming, TimeAxis};
use crate::network::{Stage, Structure};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;
use crate::stage;

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

impl<L> Deref for Residual<L> {
    type Target = L;

    fn deref(&self) -> &L {
        &self.body
    }
}

impl<L> DerefMut for Residual<L> {
    fn deref_mut(&mut self) -> &mut L {
        &mut self.body
    }
}

impl<T: Float, L: Layer<T, Input: Numbers<T>>> Layer<T> for Residual<L> {
    type Input = L::Input;
    type Output = L::Output;

    const CHECKS: () = {
        let () = L::CHECKS;
        assert!(
            same(<L::Input as Shape>::DIMS, <L::Output as Shape>::DIMS),
            "the stages of a residual give the shape that they take"
        );
    };
    /// The layer's output, where it needs it, then its own tape.
    const TAPE: usize = kept::<T, L>() + L::TAPE;
    const BATCH_TAPE: usize = L::BATCH_TAPE;
    const NEEDS_OUTPUT: bool = false;
    const TRAINING_SAMPLES: usize = L::TRAINING_SAMPLES;
    const MULTIPLY_ADDS: usize = L::MULTIPLY_ADDS;
    const STRUCTURE: Structure =
        Structure::Residual { body: &Stage::inside::<T, L>(), project: None };
    const FORWARD_SCRATCH: Scratch = L::FORWARD_SCRATCH;
    const BACKWARD_SCRATCH: Scratch =
        L::BACKWARD_SCRATCH.and(Scratch::per_sample(<L::Output as Shape>::LEN));

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.body.initialize(rng);
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
        stage::forward(&self.body, input, output, pass);
        add(pass.instructions(), input, output);
    }

    #[inline(always)]
    fn record<I: InstructionSet>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
    ) {
        let (kept, tape) = tape.split_at_mut(input.len() * kept::<T, L>());
        let input = values::<L::Input, T>(input);
        let output = values_mut::<L::Output, T>(output);
        stage::record(&self.body, input, output, tape, pass);
        if L::NEEDS_OUTPUT {
            kept.copy_from_slice(output);
        }
        add(pass.instructions(), input, output);
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
        let (kept, tape) = tape.split_at_mut(input.len() * kept::<T, L>());
        let input = values::<L::Input, T>(input);
        let output = values_mut::<L::Output, T>(output);
        stage::train(&mut self.body, input, output, tape, pass, rng);
        if L::NEEDS_OUTPUT {
            kept.copy_from_slice(output);
        }
        add(pass.instructions(), input, output);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        let samples = step.input.len();
        let (kept, tape) = step.tape.split_at(samples * kept::<T, L>());
        let input = values::<L::Input, T>(step.input);
        let output = if L::NEEDS_OUTPUT { kept } else { values::<L::Output, T>(step.output) };
        let d_output = values_mut::<L::Output, T>(step.d_output);
        let Some(d_input) = step.d_input else {
            stage::backward(
                &self.body,
                input,
                output,
                tape,
                d_output,
                None,
                &mut gradient.body,
                pass,
            );
            return;
        };
        let d_input = values_mut::<L::Input, T>(d_input);
        // The layer may overwrite what the shortcut still needs.
        let (d_body, _, mut pass) = pass.buffers(d_output.len(), 0);
        d_body.copy_from_slice(d_output);
        stage::backward(
            &self.body,
            input,
            output,
            tape,
            d_body,
            Some(&mut *d_input),
            &mut gradient.body,
            &mut pass,
        );
        add(pass.instructions(), d_output, d_input);
    }
}

impl<T, L, Time> Streaming<T, Time> for Residual<L>
where
    T: Float,
    L: Streaming<T, Time, Behind = Time, Input: Numbers<T>>,
    Time: TimeAxis,
{
    type Behind = Time;

    const MEMORY: StreamMemory = L::MEMORY;

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        state: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        stage::step::<T, L, Time, I, _>(&self.body, input, output, state, position, pass);
        add(pass.instructions(), input, output);
    }
}
