//! Passes over whole sequences whose samples go on from the states of streams, and leave behind what a stream would
//! remember after the last step.

use core::any::TypeId;
use core::ops::Range;

use rand::Rng;

use super::StreamState;
use crate::batch::BatchMatrix;
use crate::buffer::Buffer;
use crate::capacity;
use crate::element::carve;
use crate::layer::{Carry, Evaluate, Pass, SampleStates, Statistics};
use crate::network::activations::{Activations, PartsMut};
use crate::network::forward::{Matrix, block_of, check};
use crate::network::of_one_batch::check_of_one_batch;
use crate::network::passes::{Evaluated, Recording, Trained};
use crate::network::training::{in_training, record_as};
use crate::network::{Input, Network, Outputs};
use crate::samples::Samples;
use crate::scalar::Float;
use crate::shape::{samples, samples_mut};
use crate::simd::{InstructionSet, Kernel, dispatch_pass};

/// One state is that of one sample.
impl<N: Network> AsMut<[StreamState<N>]> for StreamState<N> {
    fn as_mut(&mut self) -> &mut [StreamState<N>] {
        core::slice::from_mut(self)
    }
}

/// The states that the samples of a batch go on from, of the network `N`: one [`StreamState`] for each, in a slice, an array
/// or a `Vec`; a state alone is that of one sample.
#[diagnostic::on_unimplemented(
    message = "samples of `{N}` cannot go on from `{Self}`",
    label = "not states of `{N}`",
    note = "give one state for each sample: a `StreamState<{N}>`, or a slice, an array or a `Vec` of them"
)]
pub trait States<N: Network> {
    /// One for each sample.
    fn states(&mut self) -> &mut [StreamState<N>];
}

#[diagnostic::do_not_recommend]
impl<N: Network, S: AsMut<[StreamState<N>]> + ?Sized> States<N> for S {
    fn states(&mut self) -> &mut [StreamState<N>] {
        self.as_mut()
    }
}

/// The states of a batch, and the network that they are of.
struct Carried<'a, N: Network> {
    network: &'a N,
    states: &'a mut [StreamState<N>],
}

impl<'a, N: Network> Carried<'a, N> {
    /// # Panics
    /// If there are not as many states as samples, or one has not as many steps left as a sequence takes.
    #[track_caller]
    fn of<S>(network: &'a N, states: &'a mut S, samples: usize) -> Self
    where
        S: States<N> + ?Sized,
    {
        let states = states.states();
        assert!(
            states.len() == samples,
            "each sample of `{}` goes on from a state: there are {samples} samples and {} states",
            N::NAME,
            states.len()
        );
        for state in &*states {
            if let Err(error) = state.check_position(state.position.saturating_add(state.length)) {
                panic!("{error}");
            }
        }
        Carried { network, states }
    }

    /// Keeps the states for the way back.
    fn keep<A: Activations<Network = N>>(&self, activations: &mut A) {
        activations.write(|parts: PartsMut<'_, _, _>| {
            parts.memory.begun.clear();
            for state in &*self.states {
                parts.memory.begun.push(state.values(), state.position, state.describe);
            }
        });
    }

    /// All have taken a sequence.
    fn finish(self) {
        for state in self.states {
            state.position += state.length;
        }
    }
}

impl<N: Network> SampleStates<N::Scalar> for Carried<'_, N> {
    fn of(&mut self, sample: usize) -> (&mut [N::Scalar], usize) {
        let state = &mut self.states[sample];
        let position = state.position;
        (state.values_mut(), position)
    }

    fn place_of(&self, layer: TypeId, address: usize) -> Range<usize> {
        // Of no samples there are no states, and no place among their values.
        self.states.first().map_or(0..0, |state| state.place_at(self.network, layer, address))
    }
}

/// The output for each sample, which goes on from its state; the state is then the one behind the last step.
///
/// # Panics
/// If there are not as many states as samples, or if there is a token that the network does not know.
#[track_caller]
pub fn forward_from<N, X, S, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
    states: &mut S,
) -> Matrix<X::Batch, N::Scalar, OUT>
where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
    S: States<N> + ?Sized,
{
    let mut output = <Matrix<X::Batch, N::Scalar, OUT> as BatchMatrix<_, OUT>>::zeros(x.batch());
    forward_from_into(network, x, states, &mut output, &mut Buffer::new());
    output
}

/// As [`forward_from`], into memory that the caller holds.
///
/// # Panics
/// As [`forward_from`].
#[track_caller]
pub fn forward_from_into<N, X, S, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
    states: &mut S,
    output: &mut Matrix<X::Batch, N::Scalar, OUT>,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
    S: States<N> + ?Sized,
{
    output.resize_batch(x.batch());
    let samples = nalgebra::Dim::value(&x.batch());
    let (input, scratch) = memory::<N, IN>(samples);
    let memory = workspace.at_least(capacity::sum(input, scratch, "a pass"));
    run_from(network, x, states, output.values_mut(), memory);
}

/// As [`forward_from`], of a network with several outputs.
///
/// # Panics
/// As [`forward_from`].
#[track_caller]
pub fn forward_outputs_from<N, X, S, O, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
    states: &mut S,
) -> O
where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
    S: States<N> + ?Sized,
    O: Outputs<N::Scalar, OUT, Batch = X::Batch>,
{
    let mut outputs = O::zeros(x.batch());
    forward_outputs_from_into(network, x, states, &mut outputs, &mut Buffer::new());
    outputs
}

/// As [`forward_outputs_from`], into memory that the caller holds.
///
/// # Panics
/// As [`forward_from`].
#[track_caller]
pub fn forward_outputs_from_into<N, X, S, O, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
    states: &mut S,
    outputs: &mut O,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
    S: States<N> + ?Sized,
    O: Outputs<N::Scalar, OUT, Batch = X::Batch>,
{
    outputs.resize(x.batch());
    let samples = nalgebra::Dim::value(&x.batch());
    let (input, scratch) = memory::<N, IN>(samples);
    let needed = capacity::sum(input, scratch, "a pass");
    let given = capacity::product(samples, OUT, "a batch");
    let memory = workspace.at_least(capacity::sum(needed, given, "a pass"));
    let (given, memory) = memory.split_at_mut(given);
    run_from(network, x, states, given, memory);
    outputs.take(0, given.as_chunks().0);
}

/// How many values a copy of the input is, and how many a pass needs besides.
fn memory<N: Network, const IN: usize>(samples: usize) -> (usize, usize) {
    let scratch = N::NEEDS.forward.values(samples.min(block_of(N::NEEDS.forward)));
    (capacity::product(samples, IN, "a batch"), scratch)
}

/// A pass that begins with a copy of the input in `memory`.
#[track_caller]
fn run_from<N, X, S, const IN: usize>(
    network: &N,
    x: &X,
    states: &mut S,
    output: &mut [N::Scalar],
    memory: &mut [N::Scalar],
) where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
    S: States<N> + ?Sized,
{
    let samples = nalgebra::Dim::value(&x.batch());
    let mut carried = Carried::of(network, states, samples);
    let (copy, scratch) = carve::<N::Scalar, Input<N>>(memory, samples * IN);
    x.copy_samples(0, copy.as_chunks_mut().0);
    check::<N>(copy);
    let input = &*copy;
    dispatch_pass(ForwardFrom { network, input, output, scratch, carried: &mut carried });
    carried.finish();
}

struct ForwardFrom<'a, 'c, N: Network> {
    network: &'a N,
    input: &'a [Input<N>],
    output: &'a mut [N::Scalar],
    scratch: &'a mut [N::Scalar],
    carried: &'a mut Carried<'c, N>,
}

impl<N: Network> Kernel for ForwardFrom<'_, '_, N> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let input = samples::<N::Input, N::Scalar>(self.input);
        let output = samples_mut::<N::Output, N::Scalar>(self.output);
        let block = block_of(N::NEEDS.forward);
        for (index, (x, y)) in input.chunks(block).zip(output.chunks_mut(block)).enumerate() {
            let mut mode = Carry::new(Evaluate, &mut *self.carried, index * block);
            self.network.forward(x, y, &mut Pass::new(instructions, self.scratch, &mut mode));
        }
    }
}

/// Runs a network over the input that lies in its activations, and keeps every representation. Each sample goes on from its
/// state, which is then the one behind the last step.
///
/// # Panics
/// If there are not as many states as samples, or the matrices of activations hold different numbers of them.
#[track_caller]
pub fn record_from<A, S>(network: &A::Network, activations: &mut A, states: &mut S)
where
    A: Activations,
    S: States<A::Network> + ?Sized,
{
    check_of_one_batch(activations);
    let mut carried = Carried::of(network, states, activations.samples());
    carried.keep(activations);
    record_as(network, activations, GoingOn { recording: Evaluated, states: &mut carried });
    carried.finish();
}

/// As [`record_from`], in training: layers that do something else there do it, with random numbers from `rng`.
///
/// # Panics
/// As [`record_from`], or if there are fewer samples than a normalisation over the batch can learn from.
#[track_caller]
pub fn train_from<A, S>(
    network: &mut A::Network,
    activations: &mut A,
    states: &mut S,
    rng: &mut dyn Rng,
) where
    A: Activations,
    S: States<A::Network> + ?Sized,
{
    in_training(network, activations, |network, activations| {
        let mut carried = Carried::of(network, states, activations.samples());
        carried.keep(activations);
        let recording = Trained(rng);
        record_as(network, activations, GoingOn { recording, states: &mut carried });
        carried.finish();
    });
}

/// A pass whose samples go on from states.
struct GoingOn<'c, T, R> {
    recording: R,
    states: &'c mut dyn SampleStates<T>,
}

impl<'a, 'c, T: Float, R: Recording<'a, T>> Recording<'a, T> for GoingOn<'c, T, R> {
    type Mode = Carry<'c, T, R::Mode>;

    #[inline(always)]
    fn mode(
        self,
        inner: &'a mut [&'a mut [T]],
        tape: &'a mut [T],
        statistics: &'a mut Statistics<T>,
    ) -> Carry<'c, T, R::Mode> {
        Carry::new(self.recording.mode(inner, tape, statistics), self.states, 0)
    }
}
