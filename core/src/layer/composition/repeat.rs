//! The same stages several times.

use core::ops::{Deref, DerefMut};

use rand::Rng;

use super::same;
use crate::layer::{Backward, Layer, Pass, Scratch, StreamMemory, Streaming, TimeAxis, step_len};
use crate::network::{Stage, Structure};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;
use crate::stage;

/// `N` layers of one kind in a row, each with parameters of its own: `repeat(N; ..)` in the language.
///
/// It dereferences to the array of layers; their tensors are named by position: `0.weight`, `1.weight`.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 4 => blocks: repeat(3; relu 4) >; }
///
/// let net = Net::new(&mut StdRng::seed_from_u64(1));
/// assert_eq!(net.blocks.len(), 3);
/// assert_ne!(net.blocks[0].weight, net.blocks[1].weight);
/// assert_eq!(Net::tensors()[0].name, "blocks.0.weight");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Repeat<L, const N: usize> {
    /// The layers, in the order in which they run.
    #[tensor(name = "")]
    pub layers: [L; N],
}

impl<L, const N: usize> Deref for Repeat<L, N> {
    type Target = [L; N];

    fn deref(&self) -> &[L; N] {
        &self.layers
    }
}

impl<L, const N: usize> DerefMut for Repeat<L, N> {
    fn deref_mut(&mut self) -> &mut [L; N] {
        &mut self.layers
    }
}

impl<T: Float, L: Layer<T, Input: Numbers<T>>, const N: usize> Layer<T> for Repeat<L, N> {
    type Input = L::Input;
    type Output = L::Output;

    const CHECKS: () = {
        let () = L::CHECKS;
        assert!(N > 0, "stages are repeated once or more");
        assert!(
            same(<L::Input as Shape>::DIMS, <L::Output as Shape>::DIMS),
            "stages that are repeated give the shape that they take"
        );
    };
    /// What comes out of each layer but the last, then the tapes.
    const TAPE: usize = N.saturating_sub(1) * <L::Output as Shape>::LEN + N * L::TAPE;
    const BATCH_TAPE: usize = N * L::BATCH_TAPE;
    const NEEDS_OUTPUT: bool = L::NEEDS_OUTPUT;
    const TRAINING_SAMPLES: usize = L::TRAINING_SAMPLES;
    const MULTIPLY_ADDS: usize = N * L::MULTIPLY_ADDS;
    const STRUCTURE: Structure = Structure::Repeat { times: N, body: &Stage::inside::<T, L>() };
    const FORWARD_SCRATCH: Scratch = L::FORWARD_SCRATCH.and(buffers::<L::Output>(N));
    const BACKWARD_SCRATCH: Scratch = L::BACKWARD_SCRATCH.and(buffers::<L::Output>(N));

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        for layer in &mut self.layers {
            layer.initialize(rng);
        }
    }

    #[inline(always)]
    fn forward<I: InstructionSet>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I>,
    ) {
        let len = input.len() * <L::Output as Shape>::LEN;
        let input = values::<L::Input, T>(input);
        let output = values_mut::<L::Output, T>(output);
        let Some((last, inner)) = self.layers.split_last() else { return };
        let Some((first, inner)) = inner.split_first() else {
            return stage::forward(last, input, output, pass);
        };
        let (mut front, mut back, mut pass) = pass.buffers(len, if N > 2 { len } else { 0 });
        stage::forward(first, input, front, &mut pass);
        for layer in inner {
            stage::forward(layer, front, back, &mut pass);
            core::mem::swap(&mut front, &mut back);
        }
        stage::forward(last, front, output, &mut pass);
    }

    #[inline(always)]
    fn record<I: InstructionSet>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        tape: &mut [T],
        pass: &mut Pass<'_, T, I>,
    ) {
        let len = input.len() * <L::Output as Shape>::LEN;
        let Some((last, inner)) = self.layers.split_last() else { return };
        let (mut kept, mut tape) = tape.split_at_mut(inner.len() * len);
        let mut before = values::<L::Input, T>(input);
        for layer in inner {
            let (behind, rest) = kept.split_at_mut(len);
            tape = stage::record(layer, before, behind, tape, pass);
            (before, kept) = (behind, rest);
        }
        stage::record(last, before, values_mut::<L::Output, T>(output), tape, pass);
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
        let len = input.len() * <L::Output as Shape>::LEN;
        let Some((last, inner)) = self.layers.split_last_mut() else { return };
        let (mut kept, mut tape) = tape.split_at_mut(inner.len() * len);
        let mut before = values::<L::Input, T>(input);
        for layer in inner {
            let (behind, rest) = kept.split_at_mut(len);
            tape = stage::train(layer, before, behind, tape, pass, rng);
            (before, kept) = (behind, rest);
        }
        stage::train(last, before, values_mut::<L::Output, T>(output), tape, pass, rng);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        let len = step.input.len() * <L::Output as Shape>::LEN;
        let (kept, mut tape) = step.tape.split_at(N.saturating_sub(1) * len);
        let input = values::<L::Input, T>(step.input);
        let mut output = values::<L::Output, T>(step.output);
        let d_output = values_mut::<L::Output, T>(step.d_output);
        let (mut d_before, mut d_behind, mut pass) =
            pass.buffers(if N > 1 { len } else { 0 }, if N > 2 { len } else { 0 });
        for index in (1..N).rev() {
            let before = &kept[(index - 1) * len..index * len];
            let d_output = if index + 1 == N { &mut *d_output } else { &mut *d_behind };
            tape = stage::backward(
                &self.layers[index],
                before,
                output,
                tape,
                d_output,
                Some(&mut *d_before),
                &mut gradient.layers[index],
                &mut pass,
            );
            core::mem::swap(&mut d_before, &mut d_behind);
            output = before;
        }
        stage::backward(
            &self.layers[0],
            input,
            output,
            tape,
            if N > 1 { d_behind } else { d_output },
            step.d_input.map(values_mut::<L::Input, T>),
            &mut gradient.layers[0],
            &mut pass,
        );
    }
}

impl<T, L, const N: usize, Time> Streaming<T, Time> for Repeat<L, N>
where
    T: Float,
    L: Streaming<T, Time, Behind = Time, Input: Numbers<T>>,
    Time: TimeAxis,
{
    type Behind = Time;

    const MEMORY: StreamMemory = StreamMemory {
        state: N * L::MEMORY.state,
        ..L::MEMORY.with_scratch(2 * step_len::<L::Output, Time>())
    };

    #[inline(always)]
    fn step<I: InstructionSet>(
        &self,
        input: &[T],
        output: &mut [T],
        state: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let Some((last, inner)) = self.layers.split_last() else { return };
        let Some((first, inner)) = inner.split_first() else {
            stage::step::<T, L, Time, I, _>(last, input, output, state, position, pass);
            return;
        };
        let (mut front, mut back, mut pass) = pass.buffers(output.len(), output.len());
        let (_, mut state) =
            stage::step::<T, L, Time, I, _>(first, input, front, state, position, &mut pass);
        for layer in inner {
            (_, state) =
                stage::step::<T, L, Time, I, _>(layer, front, back, state, position, &mut pass);
            core::mem::swap(&mut front, &mut back);
        }
        stage::step::<T, L, Time, I, _>(last, front, output, state, position, &mut pass);
    }
}

/// What lies between layers takes turns in two buffers.
const fn buffers<S: Shape>(times: usize) -> Scratch {
    let count = if times > 2 { 2 } else { times.saturating_sub(1) };
    Scratch::per_sample(count * S::LEN)
}
