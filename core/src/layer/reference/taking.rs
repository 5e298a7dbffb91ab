//! Networks of several inputs among the stages of another one.

use core::marker::PhantomData;

use rand::Rng;

use super::part::step_range;
use super::{References, add_to};
use crate::layer::{
    Backward, BufferLayout, BufferSize, Description, Layer, Mode, Needs, Pass, Sequence, StepCount,
    StepState, StreamMemory, Streaming, TimeAxis, dereference, step_len, streams_as,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, Shape, samples, values, values_mut};
use crate::simd::InstructionSet;
use crate::stage::{self, PlainBackward};

/// A network of several inputs where it stands among the stages of another one, which gives each input a value:
/// `Block(x: &h, condition: &x)`.
///
/// The first value given, of shape `S`, is what comes in, and stands from `OFFSET` on among the inputs of `L`, which it takes
/// one behind the other. `R` is the others: [`Taken`], one inside of the other.
///
/// It dereferences to `L`, whose tensors have no further prefix.
///
/// ```
/// use static_net::prelude::*;
///
/// network! {
///     struct Modulated< (x: 3, scale: 3) => product(&x | &scale) >;
///     struct Net< 3 => scale: 3 => block: Modulated(x: &input, scale: &scale) >;
/// }
///
/// let mut net = Net::zeros();
/// net.scale.bias = SVector::<f32, 3>::new(1.0, 2.0, 0.5);
/// assert_eq!(net.forward(&SVector::<f32, 3>::new(4.0, 5.0, 6.0)).as_slice(), [4.0, 10.0, 3.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Taking<L, S, const OFFSET: usize, R> {
    #[tensor(name = "")]
    layer: L,
    others: PhantomData<fn() -> (S, R)>,
}

dereference!([L, S, const OFFSET: usize, R] Taking<L, S, OFFSET, R> => layer: L);

/// A value of shape `S`, found at `LEVEL` and `INDEX`, that stands from `OFFSET` on among the inputs of a network; and `R`,
/// the others of them, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken<S, const LEVEL: usize, const INDEX: usize, const OFFSET: usize, R>(
    PhantomData<fn() -> (S, R)>,
);

/// Values that are inputs of a network besides the one that comes in: [`Taken`], or `()` for none.
pub trait TakenValues: 'static {
    /// Puts them into samples of `width` values, which are all inputs of the network.
    #[doc(hidden)]
    fn put<T: Float>(inputs: &mut [T], width: usize, references: &References<'_, T>);

    /// Adds to the gradient of each what is its part of `d_inputs`.
    #[doc(hidden)]
    fn add_gradients<T: Float>(d_inputs: &[T], width: usize, references: &References<'_, T>);
}

/// Such values, each of which is a sequence with time along `Time`.
pub trait TakenSteps<Time: TimeAxis>: TakenValues {
    /// Puts their steps into steps of `width` values, which are all inputs of the network.
    #[doc(hidden)]
    fn put_steps<T: Float>(inputs: &mut [T], width: usize, references: &References<'_, T>);
}

impl TakenValues for () {
    #[inline(always)]
    fn put<T: Float>(_: &mut [T], _: usize, _: &References<'_, T>) {}

    #[inline(always)]
    fn add_gradients<T: Float>(_: &[T], _: usize, _: &References<'_, T>) {}
}

impl<S: Shape, const LEVEL: usize, const INDEX: usize, const OFFSET: usize, R: TakenValues>
    TakenValues for Taken<S, LEVEL, INDEX, OFFSET, R>
{
    #[inline(always)]
    fn put<T: Float>(inputs: &mut [T], width: usize, references: &References<'_, T>) {
        put::<T, S>(references.value(LEVEL, INDEX), OFFSET, inputs, width);
        R::put(inputs, width, references);
    }

    #[inline(always)]
    fn add_gradients<T: Float>(d_inputs: &[T], width: usize, references: &References<'_, T>) {
        let gradients = references.gradient(LEVEL, INDEX).chunks_exact(S::LEN);
        for (d_inputs, gradient) in d_inputs.chunks_exact(width).zip(gradients) {
            add_to(gradient, &d_inputs[OFFSET..][..S::LEN]);
        }
        R::add_gradients(d_inputs, width, references);
    }
}

impl<T, L, S, const OFFSET: usize, R> Layer<T> for Taking<L, S, OFFSET, R>
where
    T: Float,
    L: Layer<T, Input: Numbers<T>>,
    S: Numbers<T>,
    R: TakenValues,
{
    type Input = S;
    type Output = L::Output;

    const NEEDS: Needs = L::NEEDS
        .with_forward(BufferLayout::new([inputs::<T, L>()]).size())
        .with_backward(BufferLayout::new([inputs::<T, L>(); 2]).size());
    const DESCRIPTION: Description = L::DESCRIPTION;

    fn initialize<Random: Rng + ?Sized>(&mut self, rng: &mut Random) {
        self.layer.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<S, T>],
        output: &mut [Sample<L::Output, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        let references = pass.given_references();
        let ([inputs], mut pass) =
            pass.buffers(&BufferLayout::new([inputs::<T, L>()]), input.len());
        self::gather::<T, L, S, OFFSET, R>(values::<S, T>(input), inputs, references);
        pass.run(&self.layer, samples::<L::Input, T>(inputs), output);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        mut step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let samples = step.input.len();
        let references = pass.given_references();
        let ([inputs, d_inputs], mut pass) =
            pass.buffers(&BufferLayout::new([inputs::<T, L>(); 2]), samples);
        self::gather::<T, L, S, OFFSET, R>(values::<S, T>(step.input), inputs, references);
        let plain = PlainBackward {
            input: &*inputs,
            output: values::<L::Output, T>(step.output),
            tape: step.tape.of::<L>(samples),
            d_output: values_mut::<L::Output, T>(step.d_output),
            d_input: Some(&mut *d_inputs),
        };
        let gradient = gradient.map(|gradient| &mut gradient.layer);
        stage::backward(&self.layer, gradient, plain, &mut pass);
        let width = L::Input::LEN;
        R::add_gradients(d_inputs, width, references);
        if let Some(d_input) = step.d_input {
            let d_first = values_mut::<S, T>(d_input).chunks_exact_mut(S::LEN);
            for (d_inputs, d_first) in d_inputs.chunks_exact(width).zip(d_first) {
                d_first.copy_from_slice(&d_inputs[OFFSET..][..S::LEN]);
            }
        }
    }
}

impl<Time: TimeAxis> TakenSteps<Time> for () {
    #[inline(always)]
    fn put_steps<T: Float>(_: &mut [T], _: usize, _: &References<'_, T>) {}
}

impl<S, Time, const LEVEL: usize, const INDEX: usize, const OFFSET: usize, R> TakenSteps<Time>
    for Taken<S, LEVEL, INDEX, OFFSET, R>
where
    S: Sequence<Time>,
    Time: TimeAxis,
    R: TakenSteps<Time>,
{
    #[inline(always)]
    fn put_steps<T: Float>(inputs: &mut [T], width: usize, references: &References<'_, T>) {
        put_steps_of::<T, S, Time>(references.value(LEVEL, INDEX), OFFSET, inputs, width);
        R::put_steps(inputs, width, references);
    }
}

// Else rustc would list all layers that stream.
#[diagnostic::do_not_recommend]
impl<T, L, S, Time, const OFFSET: usize, R> Streaming<T, Time> for Taking<L, S, OFFSET, R>
where
    T: Float,
    L: Streaming<T, Time, Input: Numbers<T>>,
    S: Sequence<Time> + Numbers<T>,
    Time: TimeAxis,
    R: TakenSteps<Time>,
{
    type Behind = L::Behind;

    const MEMORY: StreamMemory = L::MEMORY.with_scratch(step_len::<L::Input, Time>());

    streams_as!(layer: L);

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
        let references = pass.given_references();
        let width = const { step_len::<L::Input, Time>() };
        let (inputs, _, mut pass) = pass.turns(count.times(width), 0);
        put_steps_of::<T, S, Time>(input, OFFSET, inputs, width);
        R::put_steps(inputs, width, references);
        let pass = &mut pass;
        stage::steps::<T, L, Time, I, _, C>(
            &self.layer,
            count,
            inputs,
            output,
            state,
            position,
            pass,
        );
    }
}

/// Puts the steps of a value where they stand among those of all inputs.
#[inline(always)]
fn put_steps_of<T: Float, S: Shape, Time: TimeAxis>(
    value: &[T],
    offset: usize,
    inputs: &mut [T],
    width: usize,
) {
    let range = step_range::<S, Time>(offset);
    for (inputs, step) in inputs.chunks_exact_mut(width).zip(value.chunks_exact(range.len())) {
        inputs[range.clone()].copy_from_slice(step);
    }
}

/// All inputs of the network.
const fn inputs<T: Float, L: Layer<T>>() -> BufferSize {
    BufferSize::per_sample(<L::Input as Shape>::LEN)
}

/// Puts the inputs of each sample one behind the other.
#[inline(always)]
fn gather<T: Float, L: Layer<T>, S: Shape, const OFFSET: usize, R: TakenValues>(
    first: &[T],
    inputs: &mut [T],
    references: &References<'_, T>,
) {
    let width = L::Input::LEN;
    put::<T, S>(first, OFFSET, inputs, width);
    R::put(inputs, width, references);
}

/// Puts a value of each sample where it stands among the inputs.
#[inline(always)]
fn put<T: Float, S: Shape>(value: &[T], offset: usize, inputs: &mut [T], width: usize) {
    let (samples, values) = (inputs.chunks_exact_mut(width), value.chunks_exact(S::LEN));
    assert!(samples.len() == values.len(), "a value for each sample");
    for (inputs, value) in samples.zip(values) {
        inputs[offset..][..S::LEN].copy_from_slice(value);
    }
}
