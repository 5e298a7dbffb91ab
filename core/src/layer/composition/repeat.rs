//! The same stages several times.

use rand::Rng;

use super::same;
use crate::layer::reference::References;
use crate::layer::{
    Backward, BufferSize, Layer, Mode, Needs, Pass, StateParts, StepCount, StepState, StreamMemory,
    Streaming, TimeAxis, dereference, step_by_run, step_len,
};
use crate::layer::{Description, Stage, Structure};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, values, values_mut};
use crate::simd::InstructionSet;
use crate::stage::{self, PlainBackward};

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

dereference!([L, const N: usize] Repeat<L, N> => layers: [L; N]);

impl<T: Float, L: Layer<T, Input: Numbers<T>>, const N: usize> Layer<T> for Repeat<L, N> {
    type Input = L::Input;
    type Output = L::Output;

    const NEEDS: Needs = {
        let [front, back] = turns(N, <L::Output as Shape>::LEN);
        let buffers = BufferSize::per_sample(front).and(BufferSize::per_sample(back));
        // What comes out of each layer but the last is kept.
        let between = BufferSize::per_sample(<L::Output as Shape>::LEN).times(N.saturating_sub(1));
        L::NEEDS.times(N).with_tape(between).with_forward(buffers).with_backward(buffers)
    };
    const DESCRIPTION: Description = Description {
        multiply_adds: N * L::DESCRIPTION.multiply_adds,
        structure: Structure::Repeat { times: N, body: &Stage::inside::<T, L>() },
    };

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        for layer in &mut self.layers {
            layer.initialize(rng);
        }
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<L::Input, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        const {
            assert!(N > 0, "stages are repeated once or more");
            assert!(
                same(<L::Input as Shape>::DIMS, <L::Output as Shape>::DIMS),
                "stages that are repeated give the shape that they take"
            );
        };
        let [front, back] = turns(N, input.len() * <L::Output as Shape>::LEN);
        let input = values::<L::Input, T>(input);
        let output = values_mut::<L::Output, T>(output);
        let Some((last, inner)) = self.layers.split_last() else { return };
        let Some((first, inner)) = inner.split_first() else {
            return stage::forward_into(last, input, output, pass);
        };
        let (front, mut back, mut pass) = pass.turns(front, back);
        let outer = pass.references();
        let turn = turn_of::<T, N>(outer, 0);
        let mut before = stage::forward(first, input, front, &mut pass.in_turn(turn.as_ref()));
        for (index, layer) in inner.iter().enumerate() {
            let turn = turn_of::<T, N>(outer, index + 1);
            let pass = &mut pass.in_turn(turn.as_ref());
            let behind = stage::forward(layer, before, back, pass);
            (before, back) = (behind, before);
        }
        let turn = turn_of::<T, N>(outer, N - 1);
        stage::forward_into(last, before, output, &mut pass.in_turn(turn.as_ref()));
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        mut gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let (samples, len) = (step.input.len(), step.input.len() * <L::Output as Shape>::LEN);
        let between = step.tape.representation((N - 1) * len);
        let input = values::<L::Input, T>(step.input);
        let mut output = values::<L::Output, T>(step.output);
        let d_output = values_mut::<L::Output, T>(step.d_output);
        let [front, back] = turns(N, len);
        let (mut d_before, mut d_behind, mut pass) = pass.turns(front, back);
        let outer = pass.references();
        for index in (1..N).rev() {
            let before = &between[(index - 1) * len..index * len];
            let plain = PlainBackward {
                input: before,
                output,
                tape: step.tape.of::<L>(samples),
                d_output: if index + 1 == N { &mut *d_output } else { &mut *d_behind },
                d_input: Some(&mut *d_before),
            };
            let gradient = gradient.as_deref_mut().map(|gradient| &mut gradient.layers[index]);
            let turn = turn_of::<T, N>(outer, index);
            let pass = &mut pass.in_turn(turn.as_ref());
            stage::backward(&self.layers[index], gradient, plain, pass);
            core::mem::swap(&mut d_before, &mut d_behind);
            output = before;
        }
        let plain = PlainBackward {
            input,
            output,
            tape: step.tape.of::<L>(samples),
            d_output: if N > 1 { d_behind } else { d_output },
            d_input: step.d_input.map(values_mut::<L::Input, T>),
        };
        let turn = turn_of::<T, N>(outer, 0);
        let pass = &mut pass.in_turn(turn.as_ref());
        let gradient = gradient.map(|gradient| &mut gradient.layers[0]);
        stage::backward(&self.layers[0], gradient, plain, pass);
    }
}

#[diagnostic::do_not_recommend]
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

    fn describe_state(parts: &mut StateParts<'_>) {
        for turn in 0..N {
            parts.turn::<T, L, Time>(turn);
        }
    }

    const PREPARED: usize = N * L::PREPARED;

    fn prepare(&self, mut prepared: &mut [T]) {
        for layer in &self.layers {
            prepared = stage::prepare::<T, L, Time>(layer, prepared);
        }
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
        let Some((last, inner)) = self.layers.split_last() else { return };
        let Some((first, inner)) = inner.split_first() else {
            stage::steps::<T, L, Time, I, _, C>(last, count, input, output, state, position, pass);
            return;
        };
        let (mut front, mut back, mut pass) = pass.turns(output.len(), output.len());
        let outer = pass.references();
        let turn = turn_of::<T, N>(outer, 0);
        let pass_of_first = &mut pass.in_turn(turn.as_ref());
        let (_, mut state) = stage::steps::<T, L, Time, I, _, C>(
            first,
            count,
            input,
            front,
            state,
            position,
            pass_of_first,
        );
        for (index, layer) in inner.iter().enumerate() {
            let turn = turn_of::<T, N>(outer, index + 1);
            let pass = &mut pass.in_turn(turn.as_ref());
            (_, state) = stage::steps::<T, L, Time, I, _, C>(
                layer, count, front, back, state, position, pass,
            );
            core::mem::swap(&mut front, &mut back);
        }
        let turn = turn_of::<T, N>(outer, N - 1);
        let pass = &mut pass.in_turn(turn.as_ref());
        stage::steps::<T, L, Time, I, _, C>(last, count, front, output, state, position, pass);
    }
}

/// What stages around see of a turn, where they see anything.
#[inline(always)]
fn turn_of<'a, T: Float, const N: usize>(
    outer: Option<&'a References<'a, T>>,
    turn: usize,
) -> Option<References<'a, T>> {
    outer.map(|outer| outer.in_turn(turn, N))
}

/// What lies between layers, `len` values, takes turns in two buffers.
const fn turns(times: usize, len: usize) -> [usize; 2] {
    [if times > 1 { len } else { 0 }, if times > 2 { len } else { 0 }]
}
