//! The passes that training is made of: over activations, which hold the input and every representation.

use rand::Rng;

use super::Network;
use super::activations::{Activations, Parts, PartsMut, Reader, Writer};
use super::forward::Input;
use super::of_one_batch::{check_of_one_batch, check_recorded};
use super::several::{Outputs, Together};
#[cfg(feature = "threads")]
use super::{in_parts, threads};
use crate::batch::{Batch, as_many};
use crate::buffer::Buffer;
use crate::capacity;
use crate::element::same_mut;
use crate::layer::{Backward, Chain, Layer, Mode, Pass, Record, Statistics, Tape, Train};
use crate::samples::OutputGradient;
use crate::shape::{samples, samples_mut};
use crate::simd::{InstructionSet, Kernel, dispatch_pass};

/// Runs a network over the input that lies in its activations, and keeps every representation.
///
/// # Panics
/// If their matrices hold different numbers of samples.
#[track_caller]
pub fn record<A: Activations>(network: &A::Network, activations: &mut A) {
    check_of_one_batch(activations);
    activations.write(|parts: PartsMut<'_, _, _>| parts.memory.begun.clear());
    #[cfg(feature = "threads")]
    if const { in_parts::may_split::<A>() } {
        let parts = threads::parts::<A::Network>(activations.samples());
        let record = |all: PartsMut<'_, _, _>| in_parts::record(network, all, parts);
        return activations.write(record);
    }
    dispatch_pass(RecordPass { network, activations });
}

struct RecordPass<'a, A: Activations> {
    network: &'a A::Network,
    activations: &'a mut A,
}

impl<A: Activations> Kernel for RecordPass<'_, A> {
    type Output = ();

    // The activations are taken apart here, where their sizes are constants if those of their type are.
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.activations.write(Recorded { network: self.network, instructions });
    }
}

struct Recorded<'a, N, I> {
    network: &'a N,
    instructions: I,
}

impl<N: Network, I: InstructionSet> Writer<Input<N>, N::Scalar> for Recorded<'_, N, I> {
    type Output = ();

    #[inline(always)]
    fn write(self, parts: PartsMut<'_, Input<N>, N::Scalar>) {
        run(self.network, self.instructions, parts, |inner, tape, _| Record::between(inner, tape));
    }
}

/// Runs a network in the mode that `mode` makes of the place of representations, a tape and statistics.
#[inline(always)]
pub(crate) fn run<'a, N: Network, I: InstructionSet, M: Mode<N::Scalar>>(
    network: &N,
    instructions: I,
    parts: PartsMut<'a, Input<N>, N::Scalar>,
    mode: impl FnOnce(
        &'a mut [&'a mut [N::Scalar]],
        &'a mut [N::Scalar],
        &'a mut Statistics<N::Scalar>,
    ) -> M,
) {
    let PartsMut { input, inner, output, memory } = parts;
    let input = samples::<N::Input, N::Scalar>(input);
    let output = samples_mut::<N::Output, N::Scalar>(output);
    let stages = const { Chain::of(N::STAGES) }.stages;
    let tape = memory.tape.at_least(stages.tape.kept(input.len()));
    let scratch = memory.scratch.at_least(stages.forward.values(input.len()));
    memory.samples = input.len();
    memory.parts = 1;
    memory.is_training = M::TRAINS;
    let mut mode = mode(inner, tape, &mut memory.statistics);
    network.forward(input, output, &mut Pass::new(instructions, scratch, &mut mode));
}

/// As [`record`], in training: layers that do something else there do it, with random numbers from `rng`.
///
/// # Panics
/// If there are fewer samples than a normalisation over the batch can learn from, or the matrices of activations hold
/// different numbers of them.
#[track_caller]
pub fn train<A: Activations>(network: &mut A::Network, activations: &mut A, rng: &mut dyn Rng) {
    activations.write(|parts: PartsMut<'_, _, _>| parts.memory.begun.clear());
    in_training(network, activations, |network, activations| {
        #[cfg(feature = "threads")]
        if const { in_parts::may_split::<A>() } {
            let parts = if const { in_parts::trains_apart::<A::Network>() } {
                threads::parts::<A::Network>(activations.samples())
            } else {
                1
            };
            let train = |all: PartsMut<'_, _, _>| in_parts::train(network, all, parts, rng);
            return activations.write(train);
        }
        dispatch_pass(TrainPass { network, activations, rng });
    });
}

/// A pass in training: what running statistics become in it, the network takes over.
///
/// # Panics
/// As [`train`].
#[track_caller]
pub(crate) fn in_training<A: Activations>(
    network: &mut A::Network,
    activations: &mut A,
    pass: impl FnOnce(&A::Network, &mut A),
) {
    check_of_one_batch(activations);
    let least = <A::Network as Layer<_>>::NEEDS.training_samples;
    let samples = activations.samples();
    assert!(
        samples >= least || samples == 0,
        "{} normalises over the batch, which takes {least} samples or more in training, not {samples}",
        A::Network::NAME
    );
    activations.write(|parts: PartsMut<'_, _, _>| parts.memory.statistics.begin(network.state()));
    pass(network, activations);
    activations
        .write(|parts: PartsMut<'_, _, _>| parts.memory.statistics.finish(network.state_mut()));
}

struct TrainPass<'a, A: Activations> {
    network: &'a A::Network,
    activations: &'a mut A,
    rng: &'a mut dyn Rng,
}

impl<A: Activations> Kernel for TrainPass<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.activations.write(Trained { network: self.network, instructions, rng: self.rng });
    }
}

struct Trained<'a, N, I> {
    network: &'a N,
    instructions: I,
    rng: &'a mut dyn Rng,
}

impl<N: Network, I: InstructionSet> Writer<Input<N>, N::Scalar> for Trained<'_, N, I> {
    type Output = ();

    #[inline(always)]
    fn write(self, parts: PartsMut<'_, Input<N>, N::Scalar>) {
        run(self.network, self.instructions, parts, |inner, tape, statistics| {
            Train::between(inner, tape, self.rng, statistics)
        });
    }
}

/// Adds the gradient of the parameters to `gradient`; the one of the input is not computed.
///
/// # Panics
/// If `d_output` and `activations` hold different numbers of samples, or other matrices stand in the place of what a pass
/// kept.
#[track_caller]
pub fn backward_into<N, A, D, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
    gradient: &mut N,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch> + ?Sized,
{
    let scratch = backward_scratch::<N, A, D, OUT>(activations, d_output);
    let scratch = workspace.at_least(scratch);
    backward_values(network, activations, d_output, gradient, NotWanted, scratch);
}

/// As [`backward_into`], of a gradient that is held as the output is.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
pub fn backward_of<N, A, O, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &O,
    gradient: &mut N,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    A: Activations<Network = N>,
    O: Outputs<N::Scalar, OUT, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>,
{
    backward_into(network, activations, &Together(d_output), gradient, workspace);
}

/// As [`backward_into`], and gives the gradient of the input.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
pub fn backward_to_input<N, A, D, M, const IN: usize, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
    gradient: &mut N,
) -> M
where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch> + ?Sized,
    M: Outputs<Input<N>, IN, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>,
{
    let mut d_input = M::zeros(as_many(d_output.size()));
    to_input(network, activations, d_output, gradient, &mut d_input, &mut Buffer::new());
    d_input
}

/// As [`backward_to_input`], into memory that the caller holds.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
pub fn backward_to_input_into<N, A, D, M, const IN: usize, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
    gradient: &mut N,
    d_input: &mut M,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch> + ?Sized,
    M: Outputs<Input<N>, IN, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>,
{
    to_input(network, activations, d_output, gradient, d_input, workspace);
}

/// Gives the gradient of the input alone: nothing is computed for those of parameters.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
pub fn input_gradient<N, A, D, M, const IN: usize, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
) -> M
where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch> + ?Sized,
    M: Outputs<Input<N>, IN, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>,
{
    let mut d_input = M::zeros(as_many(d_output.size()));
    to_input(network, activations, d_output, NotWanted, &mut d_input, &mut Buffer::new());
    d_input
}

/// As [`input_gradient`], into memory that the caller holds.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
pub fn input_gradient_into<N, A, D, M, const IN: usize, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
    d_input: &mut M,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch> + ?Sized,
    M: Outputs<Input<N>, IN, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>,
{
    to_input(network, activations, d_output, NotWanted, d_input, workspace);
}

/// The way back as far as the input.
#[track_caller]
fn to_input<N, A, D, G, M, const IN: usize, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
    gradient: G,
    d_input: &mut M,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch> + ?Sized,
    G: Wanted<N>,
    M: Outputs<Input<N>, IN, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>,
{
    let scratch = backward_scratch::<N, A, D, OUT>(activations, d_output);
    let batch = d_output.size();
    d_input.resize(as_many(batch));
    if let Some(d_input) = d_input.together() {
        let scratch = workspace.at_least(scratch);
        return backward_values(network, activations, d_output, gradient, d_input, scratch);
    }
    let together = capacity::product(nalgebra::Dim::value(&batch), IN, "a gradient");
    let memory = workspace.at_least(capacity::sum(together, scratch, "a step backward"));
    let (together, scratch) = memory.split_at_mut(together);
    let together = same_mut::<N::Scalar, Input<N>>(together);
    backward_values(network, activations, d_output, gradient, &mut *together, scratch);
    d_input.take(0, together.as_chunks().0);
}

/// How much working memory a step backward takes.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
fn backward_scratch<N, A, D, const OUT: usize>(activations: &A, d_output: &D) -> usize
where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch> + ?Sized,
{
    check_recorded(activations);
    let samples = nalgebra::Dim::value(&d_output.size());
    assert!(
        samples == activations.samples(),
        "the gradient of the output holds {samples} samples, the activations hold {}",
        activations.samples()
    );
    let copied = capacity::product(samples, OUT, "a gradient");
    #[cfg(feature = "threads")]
    if const { in_parts::may_split::<A>() } {
        let parts = activations.read(|all: Parts<'_, _, _>| all.memory.parts);
        let scratch = in_parts::backward_scratch::<N>(samples, parts);
        return capacity::sum(copied, scratch, "a step backward");
    }
    capacity::sum(copied, N::NEEDS.backward.values(samples), "a step backward")
}

/// A gradient that is computed, or is not: its type says so, and nothing is asked in the code of small networks.
trait Wanted<G: ?Sized> {
    fn as_option(&mut self) -> Option<&mut G>;
}

impl<G: ?Sized> Wanted<G> for &mut G {
    #[inline(always)]
    fn as_option(&mut self) -> Option<&mut G> {
        Some(self)
    }
}

struct NotWanted;

impl<G: ?Sized> Wanted<G> for NotWanted {
    #[inline(always)]
    fn as_option(&mut self) -> Option<&mut G> {
        None
    }
}

/// A step backward in that much working memory.
fn backward_values<N, A, D, G, X, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
    gradient: G,
    d_input: X,
    scratch: &mut [N::Scalar],
) where
    N: Network,
    A: Activations<Network = N>,
    D: OutputGradient<N::Scalar, OUT, A::Batch> + ?Sized,
    G: Wanted<N>,
    X: Wanted<[Input<N>]>,
{
    let samples = nalgebra::Dim::value(&d_output.size());
    let (copy, scratch) = scratch.split_at_mut(samples * OUT);
    d_output.copy_gradients(0, copy.as_chunks_mut().0);
    #[cfg(feature = "threads")]
    if const { in_parts::may_split::<A>() } {
        let (mut d_input, mut gradient) = (d_input, gradient);
        let (d_input, gradient) = (d_input.as_option(), gradient.as_option());
        return activations.read(|all: Parts<'_, _, _>| {
            in_parts::backward(network, all, copy, d_input, gradient, scratch);
        });
    }
    dispatch_pass(BackwardPass {
        network,
        activations,
        d_output: copy,
        d_input,
        gradient,
        scratch,
    });
}

struct BackwardPass<'a, N: Network, A, G, X> {
    network: &'a N,
    activations: &'a A,
    d_output: &'a mut [N::Scalar],
    d_input: X,
    gradient: G,
    scratch: &'a mut [N::Scalar],
}

impl<N, A, G, X> Kernel for BackwardPass<'_, N, A, G, X>
where
    N: Network,
    A: Activations<Network = N>,
    G: Wanted<N>,
    X: Wanted<[Input<N>]>,
{
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { network, activations, d_output, mut d_input, mut gradient, scratch } = self;
        let pass = Pass::evaluate(instructions, scratch);
        let (d_input, gradient) = (d_input.as_option(), gradient.as_option());
        activations.read(Backpropagated { network, d_output, d_input, gradient, pass });
    }
}

struct Backpropagated<'a, N: Network, I> {
    network: &'a N,
    d_output: &'a mut [N::Scalar],
    d_input: Option<&'a mut [Input<N>]>,
    gradient: Option<&'a mut N>,
    pass: Pass<'a, N::Scalar, I>,
}

impl<N: Network, I: InstructionSet> Reader<Input<N>, N::Scalar> for Backpropagated<'_, N, I> {
    type Output = ();

    #[inline(always)]
    fn read(mut self, parts: Parts<'_, Input<N>, N::Scalar>) {
        let Parts { input, inner, output, memory } = parts;
        let input = samples::<N::Input, N::Scalar>(input);
        let stages = const { Chain::of(N::STAGES) }.stages;
        let tape = memory.tape.first(stages.tape.kept(input.len()));
        let step = Backward {
            input,
            output: samples::<N::Output, N::Scalar>(output),
            tape: Tape::between(inner, tape, memory.is_training)
                .begun_with(memory.begun.of_network(self.network)),
            d_output: samples_mut::<N::Output, N::Scalar>(self.d_output),
            d_input: self.d_input.map(samples_mut::<N::Input, N::Scalar>),
        };
        self.network.backward(step, self.gradient, &mut self.pass);
    }
}
