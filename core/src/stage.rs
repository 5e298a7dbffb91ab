//! The steps of the code that `network!` writes: each runs one stage over plain slices of values.
//!
//! Values pass between stages as slices, so that two stages that do not fit are reported by the check
//! of their shapes and not by a type error besides. In debug builds each stage has a stack frame of its own:
//! the frame of a whole network would grow with its depth.

use core::marker::PhantomData;

use rand::Rng;

use crate::element::{Element, same};
use crate::layer::{Backward, Layer, Pass, Streaming, TimeAxis, step_len, tape_values};
use crate::scalar::Float;
use crate::shape::{Shape, samples, samples_mut};
use crate::simd::{InstructionSet, Kernel, separate};

/// What goes into a layer: numbers, or ids of tokens.
type Input<T, L> = <<L as Layer<T>>::Input as Shape>::Element<T>;

/// Pairs of values that go in and come out of a stage which is inlined into the code of its network. Of larger stages
/// a call costs nothing that can be measured, while the time to compile a function grows with more than its size.
const MOST_INLINED: usize = 4096;

/// Runs what a stage does as part of the calling function if it is small, else in a function of its own.
#[inline(always)]
fn run_stage<T: Float, L: Layer<T>, I: InstructionSet, K: Kernel>(
    instructions: I,
    kernel: K,
) -> K::Output {
    // A constant, so that the branch not taken leaves no trace in unoptimised code.
    if const { <L::Input as Shape>::LEN.saturating_mul(<L::Output as Shape>::LEN) <= MOST_INLINED }
    {
        separate(instructions, kernel)
    } else {
        instructions.outline(kernel)
    }
}

/// Runs a stage without keeping anything.
#[inline(always)]
pub fn forward<T: Float, L: Layer<T>, I: InstructionSet>(
    layer: &L,
    input: &[Input<T, L>],
    output: &mut [T],
    pass: &mut Pass<'_, T, I>,
) {
    run_stage::<T, L, I, _>(
        pass.instructions(),
        Forward { layer, input, output, scratch: pass.scratch() },
    );
}

struct Forward<'a, T: Float, L: Layer<T>> {
    layer: &'a L,
    input: &'a [Input<T, L>],
    output: &'a mut [T],
    scratch: &'a mut [T],
}

impl<T: Float, L: Layer<T>> Kernel for Forward<'_, T, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.layer.forward(
            samples::<L::Input, T>(self.input),
            samples_mut::<L::Output, T>(self.output),
            &mut Pass::new(instructions, self.scratch),
        );
    }
}

/// Runs a stage and lets it write the first part of the tape; gives the rest of the tape.
#[inline(always)]
pub fn record<'a, T: Float, L: Layer<T>, I: InstructionSet>(
    layer: &L,
    input: &[Input<T, L>],
    output: &mut [T],
    tape: &'a mut [T],
    pass: &mut Pass<'_, T, I>,
) -> &'a mut [T] {
    let (tape, rest) = tape.split_at_mut(tape_len::<T, L>(input));
    let (instructions, scratch) = (pass.instructions(), pass.scratch());
    run_stage::<T, L, I, _>(instructions, Record { layer, input, output, tape, scratch });
    rest
}

struct Record<'a, T: Float, L: Layer<T>> {
    layer: &'a L,
    input: &'a [Input<T, L>],
    output: &'a mut [T],
    tape: &'a mut [T],
    scratch: &'a mut [T],
}

impl<T: Float, L: Layer<T>> Kernel for Record<'_, T, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.layer.record(
            samples::<L::Input, T>(self.input),
            samples_mut::<L::Output, T>(self.output),
            self.tape,
            &mut Pass::new(instructions, self.scratch),
        );
    }
}

/// As [`record`], in training.
#[inline(always)]
pub fn train<'a, T: Float, L: Layer<T>, I: InstructionSet>(
    layer: &mut L,
    input: &[Input<T, L>],
    output: &mut [T],
    tape: &'a mut [T],
    pass: &mut Pass<'_, T, I>,
    rng: &mut dyn Rng,
) -> &'a mut [T] {
    let (tape, rest) = tape.split_at_mut(tape_len::<T, L>(input));
    let (instructions, scratch) = (pass.instructions(), pass.scratch());
    run_stage::<T, L, I, _>(instructions, Train { layer, input, output, tape, scratch, rng });
    rest
}

struct Train<'a, T: Float, L: Layer<T>> {
    layer: &'a mut L,
    input: &'a [Input<T, L>],
    output: &'a mut [T],
    tape: &'a mut [T],
    scratch: &'a mut [T],
    rng: &'a mut dyn Rng,
}

impl<T: Float, L: Layer<T>> Kernel for Train<'_, T, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.layer.train(
            samples::<L::Input, T>(self.input),
            samples_mut::<L::Output, T>(self.output),
            self.tape,
            &mut Pass::new(instructions, self.scratch),
            self.rng,
        );
    }
}

/// How many values of tape a stage has for this input.
#[inline(always)]
fn tape_len<T: Float, L: Layer<T>>(input: &[Input<T, L>]) -> usize {
    tape_values(input.len() / <L::Input as Shape>::LEN, L::TAPE, L::BATCH_TAPE)
}

/// Runs a stage backward with the last part of the tape; gives the rest of the tape.
#[inline(always)]
#[expect(
    clippy::too_many_arguments,
    reason = "one line of generated code each, none to be left out"
)]
pub fn backward<'a, T: Float, L: Layer<T>, I: InstructionSet>(
    layer: &L,
    input: &[Input<T, L>],
    output: &[T],
    tape: &'a [T],
    d_output: &mut [T],
    d_input: Option<&mut [Input<T, L>]>,
    gradient: &mut L,
    pass: &mut Pass<'_, T, I>,
) -> &'a [T] {
    let (rest, tape) = tape.split_at(tape.len() - tape_len::<T, L>(input));
    let input = samples::<L::Input, T>(input);
    let step = Backward {
        input,
        output: samples::<L::Output, T>(output),
        tape,
        d_output: samples_mut::<L::Output, T>(d_output),
        d_input: d_input.map(samples_mut::<L::Input, T>),
    };
    let (instructions, scratch) = (pass.instructions(), pass.scratch());
    run_stage::<T, L, I, _>(instructions, BackwardStage { layer, step, gradient, scratch });
    rest
}

struct BackwardStage<'a, T: Float, L: Layer<T>> {
    layer: &'a L,
    step: Backward<'a, T, L>,
    gradient: &'a mut L,
    scratch: &'a mut [T],
}

impl<T: Float, L: Layer<T>> Kernel for BackwardStage<'_, T, L> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { layer, step, gradient, scratch } = self;
        layer.backward(step, gradient, &mut Pass::new(instructions, scratch));
    }
}

/// Runs a stage over one step of a sequence: reads the first part of `input`, writes the first part of `output`,
/// and keeps the first part of `state`. Gives what was written, and the rest of the state.
#[inline(always)]
pub fn step<'a, 'b, T, L, Time, I, E>(
    layer: &L,
    input: &[E],
    output: &'a mut [T],
    state: &'b mut [T],
    position: usize,
    pass: &mut Pass<'_, T, I>,
) -> (&'a [T], &'b mut [T])
where
    T: Float,
    L: Streaming<T, Time>,
    Time: TimeAxis,
    I: InstructionSet,
    E: Element,
{
    let output = &mut output[..const { step_len::<L::Output, L::Behind>() }];
    let (state, rest) = state.split_at_mut(const { L::MEMORY.state });
    let (instructions, scratch) = (pass.instructions(), pass.scratch());
    // What a layer with const parameters takes is known to rustc only when they are: not where a network that
    // holds it is written.
    let input = same::<E, Input<T, L>>(input);
    let input = &input[..const { step_len::<L::Input, Time>() }];
    separate(
        instructions,
        StepStage { layer, input, output, state, position, scratch, time: PhantomData::<Time> },
    );
    (output, rest)
}

struct StepStage<'a, T: Float, L: Layer<T>, Time> {
    layer: &'a L,
    input: &'a [Input<T, L>],
    output: &'a mut [T],
    state: &'a mut [T],
    position: usize,
    scratch: &'a mut [T],
    time: PhantomData<Time>,
}

impl<T: Float, L: Streaming<T, Time>, Time: TimeAxis> Kernel for StepStage<'_, T, L, Time> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { layer, input, output, state, position, scratch, .. } = self;
        layer.step(input, output, state, position, &mut Pass::new(instructions, scratch));
    }
}

/// How many values a sample has behind a layer or network `L`.
pub const fn outputs<T: Float, L: Layer<T>>() -> usize {
    <L::Output as Shape>::LEN
}

/// `L`, for any value of `CHECK`: a type that rustc takes as already reported where the const that
/// checks `L` could not be computed.
pub type Checked<L, const CHECK: usize> = <L as Check<CHECK>>::Layer;

/// What [`Checked`] is made of. All types have it.
pub trait Check<const CHECK: usize> {
    /// The type itself.
    type Layer;
}

impl<L, const CHECK: usize> Check<CHECK> for L {
    type Layer = L;
}
