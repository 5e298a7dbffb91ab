//! The steps of the code that `network!` writes: each runs one stage over plain slices of values.
//!
//! Values pass between stages as slices, so that two stages that do not fit are reported by the check
//! of their shapes and not by a type error besides. In debug builds each stage has a stack frame of its own:
//! the frame of a whole network would grow with its depth.

mod checked;
mod graph;

use core::marker::PhantomData;

pub use checked::{Check, Checked};
pub use graph::*;

use crate::element::{Element, same, same_mut};
use crate::layer::run_stage;
use crate::layer::{
    Backward, Layer, Mode, Pass, StepCount, StepState, Streaming, Tape, TimeAxis, step_len,
};
use crate::scalar::Float;
use crate::shape::{Shape, samples, samples_mut, values, values_mut};
use crate::simd::{InstructionSet, Kernel};

/// What goes into a layer: numbers, or ids of tokens.
type Input<T, L> = <<L as Layer<T>>::Input as Shape>::Element<T>;

/// Runs a stage and gives what it gives: in `buffer`, or where the pass keeps it.
#[inline(always)]
pub fn forward<'b, T: Float, L: Layer<T>, I: InstructionSet, M: Mode<T> + 'b>(
    layer: &L,
    input: &[Input<T, L>],
    buffer: &'b mut [T],
    pass: &mut Pass<'_, T, I, M>,
) -> &'b mut [T] {
    let samples = input.len() / <L::Input as Shape>::LEN;
    let output = pass.representation(buffer, samples * <L::Output as Shape>::LEN);
    forward_into(layer, input, output, pass);
    output
}

/// Runs a stage that writes to `output`: the last one.
#[inline(always)]
pub fn forward_into<T: Float, L: Layer<T>, I: InstructionSet, M: Mode<T>>(
    layer: &L,
    input: &[Input<T, L>],
    output: &mut [T],
    pass: &mut Pass<'_, T, I, M>,
) {
    pass.run(layer, samples::<L::Input, T>(input), samples_mut::<L::Output, T>(output));
}

/// The buffers in which what lies between the stages of a network takes turns.
#[inline(always)]
pub fn buffers<'b, T: Float, I: InstructionSet, M: Mode<T>>(
    [front, back]: [usize; 2],
    pass: &'b mut Pass<'_, T, I, M>,
) -> (&'b mut [T], &'b mut [T], Pass<'b, T, I, M>) {
    pass.turns(front, back)
}

/// What a stage starts from on the way back, as plain values.
pub struct PlainBackward<'a, T, E> {
    /// What went in.
    pub input: &'a [E],
    /// What came out; unspecified where the stage does not need it.
    pub output: &'a [T],
    /// What the stage kept.
    pub tape: Tape<'a, T>,
    /// The gradient with respect to what came out.
    pub d_output: &'a mut [T],
    /// Where to write the gradient with respect to what went in.
    pub d_input: Option<&'a mut [E]>,
}

/// Runs a stage backward.
#[inline(always)]
pub fn backward<T: Float, L: Layer<T>, I: InstructionSet>(
    layer: &L,
    gradient: Option<&mut L>,
    plain: PlainBackward<'_, T, Input<T, L>>,
    pass: &mut Pass<'_, T, I>,
) {
    let step = Backward {
        input: samples::<L::Input, T>(plain.input),
        output: samples::<L::Output, T>(plain.output),
        tape: plain.tape,
        d_output: samples_mut::<L::Output, T>(plain.d_output),
        d_input: plain.d_input.map(samples_mut::<L::Input, T>),
    };
    let (instructions, references) = (pass.instructions(), pass.references());
    let kernel = BackwardKernel { layer, step, gradient, scratch: pass.scratch(), references };
    run_stage::<T, L, I, _>(instructions, kernel);
}

struct BackwardKernel<'a, T: Float, L: Layer<T>> {
    layer: &'a L,
    step: Backward<'a, T, L>,
    gradient: Option<&'a mut L>,
    scratch: &'a mut [T],
    references: Option<&'a References<'a, T>>,
}

impl<T: Float, L: Layer<T>> Kernel for BackwardKernel<'_, T, L> {
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[cfg_attr(debug_assertions, inline(never))]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { layer, step, gradient, scratch, references } = self;
        let mut pass = Pass::evaluate(instructions, scratch).seeing(references);
        layer.backward(step, gradient, &mut pass);
    }
}

/// The way back through the stages of a network, behind one of them.
pub struct WayBack<'a, 'd, T> {
    /// What that stage gave.
    output: &'a [T],
    /// The gradient with respect to it.
    d_output: &'d mut [T],
    tape: Tape<'a, T>,
    /// How many stages are still to be run: those from the first that learns on, or all.
    ahead: usize,
    /// Whether the gradient of what went into the first stage is wanted.
    to_input: bool,
}

/// The way back from behind the last stage; what went into the first one, and where its gradient is wanted. If it is not, so
/// many stages are run: those in front of them learn nothing, and nothing is computed for them.
#[inline(always)]
pub fn way_back<'a, T: Float, L: Layer<T>>(
    step: Backward<'a, T, L>,
    learning: usize,
) -> (WayBack<'a, 'a, T>, &'a [Input<T, L>], Option<&'a mut [Input<T, L>]>) {
    let Backward { input, output, tape, d_output, d_input } = step;
    let output = values::<L::Output, T>(output);
    let d_output = values_mut::<L::Output, T>(d_output);
    let way = WayBack { output, d_output, tape, ahead: learning, to_input: d_input.is_some() };
    (way, values::<L::Input, T>(input), d_input.map(values_mut::<L::Input, T>))
}

impl<'a, 'd, T: Float> WayBack<'a, 'd, T> {
    /// Takes what the next stage gave, so many values: first that of the first one.
    #[inline(always)]
    pub fn representation(&mut self, values: usize) -> &'a [T] {
        self.tape.representation(values)
    }

    /// Runs a stage backward, and stands behind the one in front of it then. The gradient of its input is in `buffer`.
    #[inline(always)]
    pub fn through<'e, L: Layer<T>, I: InstructionSet>(
        mut self,
        layer: &L,
        gradient: Option<&mut L>,
        input: &'a [T],
        buffer: &'e mut [T],
        pass: &mut Pass<'_, T, I>,
    ) -> WayBack<'a, 'e, T> {
        let d_input = &mut buffer[..input.len()];
        if self.is_needed() {
            let is_wanted = self.to_input || self.ahead > 1;
            let plain = PlainBackward {
                input: same::<T, Input<T, L>>(input),
                output: self.output,
                tape: self.tape.of::<L>(input.len() / <L::Input as Shape>::LEN),
                d_output: self.d_output,
                d_input: is_wanted.then(|| same_mut::<T, Input<T, L>>(&mut *d_input)),
            };
            backward(layer, gradient, plain, pass);
        }
        let ahead = self.ahead.saturating_sub(1);
        WayBack { output: input, d_output: d_input, ahead, ..self }
    }

    /// Whether the next stage is to be run: it learns, or one in front of it does, or the gradient of the input is wanted.
    #[inline(always)]
    fn is_needed(&self) -> bool {
        self.to_input || self.ahead > 0
    }

    /// Runs the first stage backward.
    #[inline(always)]
    pub fn finish<L: Layer<T>, I: InstructionSet>(
        mut self,
        layer: &L,
        gradient: Option<&mut L>,
        input: &[Input<T, L>],
        d_input: Option<&mut [Input<T, L>]>,
        pass: &mut Pass<'_, T, I>,
    ) {
        if !self.is_needed() {
            return;
        }
        let tape = self.tape.of::<L>(input.len() / <L::Input as Shape>::LEN);
        let WayBack { output, d_output, .. } = self;
        backward(layer, gradient, PlainBackward { input, output, tape, d_output, d_input }, pass);
    }
}

/// Runs a stage over one step of a sequence, or a block of them: reads the first part of `input`, writes the first part of
/// `output`, and keeps the first part of `state`. Gives what was written, and the rest of the state.
#[inline(always)]
pub fn steps<'a, 'b, T, L, Time, I, E, C>(
    layer: &L,
    count: C,
    input: &[E],
    output: &'a mut [T],
    state: StepState<'b, T>,
    position: usize,
    pass: &mut Pass<'_, T, I>,
) -> (&'a [T], StepState<'b, T>)
where
    T: Float,
    L: Streaming<T, Time>,
    Time: TimeAxis,
    I: InstructionSet,
    E: Element,
    C: StepCount,
{
    let output = &mut output[..count.times(const { step_len::<L::Output, L::Behind>() })];
    let (state, rest) = state.split::<L, Time>();
    let (instructions, references) = (pass.instructions(), pass.references());
    let scratch = pass.scratch();
    // What a layer with const parameters takes is known to rustc only when they are: not where a network that
    // holds it is written.
    let input = same::<E, Input<T, L>>(input);
    let input = &input[..count.times(const { step_len::<L::Input, Time>() })];
    run_stage::<T, L, I, _>(
        instructions,
        StepKernel {
            layer,
            count,
            input,
            output,
            state,
            position,
            scratch,
            references,
            time: PhantomData::<Time>,
        },
    );
    (output, rest)
}

struct StepKernel<'a, T: Float, L: Layer<T>, Time, C> {
    layer: &'a L,
    count: C,
    input: &'a [Input<T, L>],
    output: &'a mut [T],
    state: StepState<'a, T>,
    position: usize,
    scratch: &'a mut [T],
    references: Option<&'a References<'a, T>>,
    time: PhantomData<Time>,
}

impl<T: Float, L: Streaming<T, Time>, Time: TimeAxis, C: StepCount> Kernel
    for StepKernel<'_, T, L, Time, C>
{
    type Output = ();

    #[cfg_attr(not(debug_assertions), inline(always))]
    #[cfg_attr(debug_assertions, inline(never))]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { layer, count, input, output, state, position, scratch, references, .. } = self;
        let mut pass = Pass::evaluate(instructions, scratch).seeing(references);
        layer.run(count, input, output, state, position, &mut pass);
    }
}

/// Has a stage prepare what its steps read. Gives the room for what the stages behind it prepare.
pub fn prepare<'a, T: Float, L: Streaming<T, Time>, Time: TimeAxis>(
    layer: &L,
    prepared: &'a mut [T],
) -> &'a mut [T] {
    let (own, behind) = prepared.split_at_mut(const { L::PREPARED });
    layer.prepare(own);
    behind
}

/// How many values a sample has behind a layer or network `L`.
pub const fn outputs<T: Float, L: Layer<T>>() -> usize {
    <L::Output as Shape>::LEN
}
