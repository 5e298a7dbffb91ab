//! The way back of training: to the parameters, to the input, or to both.

use super::Network;
use super::activations::{Activations, Parts, Reader};
use super::forward::Input;
#[cfg(feature = "threads")]
use super::in_parts;
use super::of_one_batch::check_recorded;
use super::passes::BackwardPass;
use super::several::{InputGradient, Outputs, Together};
use crate::batch::{Batch, as_many};
use crate::buffer::Buffer;
use crate::capacity;
use crate::element::same_mut;
use crate::layer::Layer;
use crate::samples::OutputGradient;
use crate::simd::{InstructionSet, Kernel, dispatch_pass};

type Scalar<A> = <<A as Activations>::Network as Network>::Scalar;

/// Adds the gradient of the parameters to `gradient`; the one of the input is not computed.
///
/// # Panics
/// If `d_output` and `activations` hold different numbers of samples, or other matrices stand in the place of what a pass
/// kept.
#[track_caller]
pub fn backward_into<A, D, const OUT: usize>(
    network: &A::Network,
    activations: &A,
    d_output: &D,
    gradient: &mut A::Network,
    workspace: &mut Buffer<Scalar<A>>,
) where
    A: Activations,
    D: OutputGradient<Scalar<A>, OUT, A::Batch> + ?Sized,
{
    let scratch = backward_scratch::<A, D, OUT>(activations, d_output);
    let scratch = workspace.at_least(scratch);
    backward_values(network, activations, d_output, gradient, NotWanted, scratch);
}

/// As [`backward_into`], of a gradient that is held as the output is.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
pub fn backward_of<A, O, const OUT: usize>(
    network: &A::Network,
    activations: &A,
    d_output: &O,
    gradient: &mut A::Network,
    workspace: &mut Buffer<Scalar<A>>,
) where
    A: Activations,
    O: Outputs<Scalar<A>, OUT, Batch: Batch<OnHeap = <A::Batch as Batch>::OnHeap>>,
{
    backward_into(network, activations, &Together(d_output), gradient, workspace);
}

/// As [`backward_into`], and gives the gradient of the input.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
pub fn backward_to_input_into<A, D, M, const IN: usize, const OUT: usize>(
    network: &A::Network,
    activations: &A,
    d_output: &D,
    gradient: &mut A::Network,
    d_input: &mut M,
    workspace: &mut Buffer<Scalar<A>>,
) where
    A: Activations,
    D: OutputGradient<Scalar<A>, OUT, A::Batch> + ?Sized,
    M: InputGradient<A, IN>,
{
    to_input(network, activations, d_output, gradient, d_input, workspace);
}

/// Gives the gradient of the input alone: nothing is computed for those of parameters.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
pub fn input_gradient_into<A, D, M, const IN: usize, const OUT: usize>(
    network: &A::Network,
    activations: &A,
    d_output: &D,
    d_input: &mut M,
    workspace: &mut Buffer<Scalar<A>>,
) where
    A: Activations,
    D: OutputGradient<Scalar<A>, OUT, A::Batch> + ?Sized,
    M: InputGradient<A, IN>,
{
    to_input(network, activations, d_output, NotWanted, d_input, workspace);
}

/// The way back as far as the input.
#[track_caller]
fn to_input<A, D, G, M, const IN: usize, const OUT: usize>(
    network: &A::Network,
    activations: &A,
    d_output: &D,
    gradient: G,
    d_input: &mut M,
    workspace: &mut Buffer<Scalar<A>>,
) where
    A: Activations,
    D: OutputGradient<Scalar<A>, OUT, A::Batch> + ?Sized,
    G: Wanted<A::Network>,
    M: InputGradient<A, IN>,
{
    let scratch = backward_scratch::<A, D, OUT>(activations, d_output);
    let batch = d_output.size();
    d_input.resize(as_many(batch));
    if let Some(d_input) = d_input.together() {
        let scratch = workspace.at_least(scratch);
        return backward_values(network, activations, d_output, gradient, d_input, scratch);
    }
    let together = capacity::product(nalgebra::Dim::value(&batch), IN, "a gradient");
    let memory = workspace.at_least(capacity::sum(together, scratch, "a step backward"));
    let (together, scratch) = memory.split_at_mut(together);
    let together = same_mut::<Scalar<A>, Input<A::Network>>(together);
    backward_values(network, activations, d_output, gradient, &mut *together, scratch);
    d_input.take(0, together.as_chunks().0);
}

/// How much working memory a step backward takes.
///
/// # Panics
/// As [`backward_into`].
#[track_caller]
fn backward_scratch<A, D, const OUT: usize>(activations: &A, d_output: &D) -> usize
where
    A: Activations,
    D: OutputGradient<Scalar<A>, OUT, A::Batch> + ?Sized,
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
        let scratch = in_parts::backward_scratch::<A::Network>(samples, parts);
        return capacity::sum(copied, scratch, "a step backward");
    }
    capacity::sum(copied, A::Network::NEEDS.backward.values(samples), "a step backward")
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
fn backward_values<A, D, G, X, const OUT: usize>(
    network: &A::Network,
    activations: &A,
    d_output: &D,
    gradient: G,
    d_input: X,
    scratch: &mut [Scalar<A>],
) where
    A: Activations,
    D: OutputGradient<Scalar<A>, OUT, A::Batch> + ?Sized,
    G: Wanted<A::Network>,
    X: Wanted<[Input<A::Network>]>,
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
    dispatch_pass(BatchPass { network, activations, d_output: copy, d_input, gradient, scratch });
}

struct BatchPass<'a, A: Activations, G, X> {
    network: &'a A::Network,
    activations: &'a A,
    d_output: &'a mut [Scalar<A>],
    d_input: X,
    gradient: G,
    scratch: &'a mut [Scalar<A>],
}

impl<A, G, X> Kernel for BatchPass<'_, A, G, X>
where
    A: Activations,
    G: Wanted<A::Network>,
    X: Wanted<[Input<A::Network>]>,
{
    type Output = ();

    // As on the way forward, the activations are taken apart where their sizes are constants.
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { network, activations, d_output, mut d_input, mut gradient, scratch } = self;
        let (d_input, gradient) = (d_input.as_option(), gradient.as_option());
        activations.read(BatchReader {
            network,
            instructions,
            d_output,
            d_input,
            gradient,
            scratch,
        });
    }
}

struct BatchReader<'a, N: Network, I> {
    network: &'a N,
    instructions: I,
    d_output: &'a mut [N::Scalar],
    d_input: Option<&'a mut [Input<N>]>,
    gradient: Option<&'a mut N>,
    scratch: &'a mut [N::Scalar],
}

impl<N: Network, I: InstructionSet> Reader<Input<N>, N::Scalar> for BatchReader<'_, N, I> {
    type Output = ();

    #[inline(always)]
    fn read(self, all: Parts<'_, Input<N>, N::Scalar>) {
        let Self { network, instructions, d_output, d_input, gradient, scratch } = self;
        BackwardPass::of_batch(network, all, 1, d_output, d_input, gradient, scratch)
            .run(instructions);
    }
}
