//! Layers that can take a sequence step by step.
//!
//! A step is one row of `[length, features]`, with [`TimeFirst`], or one column of `[channels, length]`, with
//! [`TimeLast`]. Along which axis time runs is a parameter of [`Streaming`], so that a network whose stages
//! disagree about it is refused where a [`Stream`](crate::Stream) of it is made.

mod activation;
pub(crate) mod asked;
pub(crate) mod block;
mod memory;
mod parts;
mod place;
pub(crate) mod stage;
pub(crate) mod time;

pub(crate) use activation::{Axis, OfSteps};
pub use activation::{InsideSteps, StreamingActivation};
pub(crate) use block::{Block, EachStep, OneStep, StepCount, StepState, step_by_run};
pub(crate) use memory::MOST_STEPS;
pub use memory::StreamMemory;
pub use parts::{KeepsState, StateParts};
pub(crate) use place::{Describe, StatePart, place_of};
pub(crate) use stage::{StreamStage, prepared};
pub use time::{Sequence, TimeAxis, TimeFirst, TimeLast, step_len};

use core::marker::PhantomData;

use crate::layer::{Layer, Pass};
use crate::scalar::Float;
use crate::shape::Shape;
use crate::simd::InstructionSet;

/// What a step of a layer's input is made of: `T`, or ids of tokens.
pub type StepElement<T, L> = <<L as Layer<T>>::Input as Shape>::Element<T>;

/// A layer over a sequence that can also take the sequence one step after the other, each as its forward pass
/// over the whole sequence would.
///
/// A step is `#[inline(always)]` as the passes are: as part of the stream's code it is compiled for the instructions of the
/// machine, as a function of its own it took 2.3 times as long.
///
/// ```
/// use static_net::layer::{Backward, Layer, Mode, Pass, StreamMemory, Streaming, TimeFirst};
/// use static_net::prelude::*;
/// use static_net::shape::Rank2;
/// use static_net::simd::InstructionSet;
///
/// /// The sum of all steps so far.
/// #[derive(Parameters)]
/// #[repr(C)]
/// pub struct RunningSum<const LENGTH: usize, const N: usize> {}
///
/// impl<const LENGTH: usize, const N: usize> Layer<f32> for RunningSum<LENGTH, N> {
///     type Input = Rank2<LENGTH, N>;
///     type Output = Rank2<LENGTH, N>;
///
///     fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}
///
///     #[inline(always)]
///     fn forward<I: InstructionSet, M: Mode<f32>>(
///         &self,
///         input: &[[[f32; N]; LENGTH]],
///         output: &mut [[[f32; N]; LENGTH]],
///         _: &mut Pass<'_, f32, I, M>,
///     ) {
///         for (input, output) in input.iter().zip(output) {
///             let mut sum = [0.0; N];
///             for (x, y) in input.iter().zip(output) {
///                 sum = std::array::from_fn(|feature| sum[feature] + x[feature]);
///                 *y = sum;
///             }
///         }
///     }
///
///     #[inline(always)]
///     fn backward<I: InstructionSet>(
///         &self,
///         step: Backward<'_, f32, Self>,
///         _: Option<&mut Self>,
///         _: &mut Pass<'_, f32, I>,
///     ) {
///         let Some(d_input) = step.d_input else { return };
///         for (d_input, d_output) in d_input.iter_mut().zip(&*step.d_output) {
///             let mut sum = [0.0; N];
///             for (d_x, d_y) in d_input.iter_mut().zip(d_output).rev() {
///                 sum = std::array::from_fn(|feature| sum[feature] + d_y[feature]);
///                 *d_x = sum;
///             }
///         }
///     }
/// }
///
/// impl<const LENGTH: usize, const N: usize> Streaming<f32, TimeFirst> for RunningSum<LENGTH, N> {
///     type Behind = TimeFirst;
///
///     const MEMORY: StreamMemory = StreamMemory { state: N, ..StreamMemory::NONE };
///
///     #[inline(always)]
///     fn step<I: InstructionSet>(
///         &self,
///         input: &[f32],
///         output: &mut [f32],
///         state: &mut [f32],
///         _: usize,
///         _: &mut Pass<'_, f32, I>,
///     ) {
///         for (sum, x) in state.iter_mut().zip(input) {
///             *sum += x;
///         }
///         output.copy_from_slice(state);
///     }
/// }
///
/// network! {
///     struct Net< [3, 2] => RunningSum<3, 2> >;
/// }
///
/// let net = Net::zeros();
/// let mut stream = net.stream();
/// assert_eq!(stream.push(&[1.0, 10.0]).as_slice(), [1.0, 10.0]);
/// assert_eq!(stream.push(&[2.0, 20.0]).as_slice(), [3.0, 30.0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "this cannot take a sequence step by step with `{Time}`",
    label = "this takes no sequence, or a stage of it goes along time, or has time along its other axis",
    note = "with `TimeFirst` a step is a row of [length, features]: `rnn`, `lstm` and `gru` without `last` and \
            `bidirectional`, `attention` with `causal: true`, dense layers, `embedding`, `position`, `sinusoidal`, and over \
            the features `layer_norm`, `rms_norm`, `softmax`, `log_softmax`, `normalize`, `slice` and, with `axis: 1`, \
            `concat` take it",
    note = "with `TimeLast` a step is a column of [channels, length]: `conv` and `depthwise` with `padding: causal` or a \
            kernel of 1, `batch_norm`, `concat`, and over the channels, with `axis: 0`, `softmax`, `log_softmax`, \
            `normalize` and `slice` take it",
    note = "`transpose` goes from one to the other; a type of one's own implements `Streaming<{T}, {Time}>`"
)]
pub trait Streaming<T: Float, Time: TimeAxis>: Layer<T> {
    /// Along which axis time runs in what comes out.
    type Behind: TimeAxis;

    /// What it keeps between steps, and the working memory of a step.
    const MEMORY: StreamMemory = StreamMemory::NONE;

    /// The stages of a network, in order.
    #[doc(hidden)]
    const PARTS: &'static [StreamStage] = &[];

    /// How many values [`prepare`](Streaming::prepare) writes.
    #[doc(hidden)]
    const PREPARED: usize = prepared(Self::PARTS);

    /// Writes what steps read in the place of parameters, in the order in which stages run.
    #[doc(hidden)]
    fn prepare(&self, prepared: &mut [T]) {
        let _ = prepared;
    }

    /// Lists what it keeps between steps, in the order in which it lies in the state, so that a
    /// [`StreamState`](crate::StreamState) has names for it. What is not listed is one tensor called `state`.
    fn describe_state(parts: &mut StateParts<'_>) {
        parts.list::<T, Self, Time>();
    }

    /// Computes one step of the output from one step of the input, which is numbers or the id of a token.
    ///
    /// `state` are [`StreamMemory::state`] values, which are zeros before the first step and else what the step
    /// before left there. `position` counts the steps before this one. `pass` holds
    /// [`StreamMemory::scratch`] values.
    fn step<I: InstructionSet>(
        &self,
        input: &[StepElement<T, Self>],
        output: &mut [T],
        state: &mut [T],
        position: usize,
        pass: &mut Pass<'_, T, I>,
    );

    /// Computes one step, or a block of steps one behind the other, of which `position` is that of the first. For a block
    /// `pass` holds as many values as [`StreamMemory`] says for it.
    #[doc(hidden)]
    #[inline(always)]
    fn run<I: InstructionSet, C: StepCount>(
        &self,
        _: C,
        input: &[StepElement<T, Self>],
        output: &mut [T],
        state: StepState<'_, T>,
        position: usize,
        pass: &mut Pass<'_, T, I>,
    ) {
        let state = state.kept;
        if C::IS_ONE {
            return self.step(input, output, state, position, pass);
        }
        let (instructions, scratch) = (pass.instructions(), pass.scratch());
        let (layer, time) = (self, PhantomData::<Time>);
        instructions.outline(EachStep { layer, input, output, state, position, scratch, time });
    }
}
