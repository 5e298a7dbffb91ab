//! The passes that training is made of: over activations, which hold the input and every representation.

use rand::Rng;

use super::run::{Input, Matrix};
use super::{Activations, Network};
use crate::batch::BatchMatrix;
use crate::buffer::Buffer;
use crate::capacity;
use crate::layer::{Layer, Pass};
use crate::samples::Samples;
use crate::simd::{InstructionSet, Kernel, dispatch};

/// Runs a network over the input that lies in its activations, and keeps every representation.
pub fn record<A: Activations>(network: &A::Network, activations: &mut A) {
    dispatch(Record { network, activations });
}

struct Record<'a, A: Activations> {
    network: &'a A::Network,
    activations: &'a mut A,
}

impl<A: Activations> Kernel for Record<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.activations.record(self.network, instructions);
    }
}

/// As [`record`], in training: layers that do something else there do it, with random numbers from `rng`.
///
/// # Panics
/// If there are fewer samples than a normalisation over the batch can learn from.
#[track_caller]
pub fn train<A: Activations>(network: &mut A::Network, activations: &mut A, rng: &mut dyn Rng) {
    let least = <A::Network as Layer<_>>::TRAINING_SAMPLES;
    let samples = activations.samples();
    assert!(
        samples >= least || samples == 0,
        "{} normalises over the batch, which takes {least} samples or more in training, not {samples}",
        A::Network::NAME
    );
    dispatch(Train { network, activations, rng });
}

struct Train<'a, A: Activations> {
    network: &'a mut A::Network,
    activations: &'a mut A,
    rng: &'a mut dyn Rng,
}

impl<A: Activations> Kernel for Train<'_, A> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.activations.train(self.network, instructions, self.rng);
    }
}

/// Adds the gradient of the parameters and gives the one of the input.
///
/// # Panics
/// If `d_output` and `activations` hold different numbers of samples.
#[track_caller]
pub fn backward<N, A, D, const IN: usize, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
    gradient: &mut N,
) -> Matrix<A::Batch, Input<N>, IN>
where
    N: Network,
    A: Activations<Network = N>,
    D: Samples<N::Scalar, OUT, Batch = A::Batch> + ?Sized,
{
    let mut d_input =
        <Matrix<A::Batch, Input<N>, IN> as BatchMatrix<_, IN>>::zeros(d_output.batch());
    let mut workspace = Buffer::new();
    backward_into(network, activations, d_output, gradient, Some(&mut d_input), &mut workspace);
    d_input
}

/// As [`backward`], into memory that the caller holds; without `d_input`, the input's gradient is not
/// computed.
///
/// # Panics
/// If `d_output` and `activations` hold different numbers of samples.
#[track_caller]
pub fn backward_into<N, A, D, const IN: usize, const OUT: usize>(
    network: &N,
    activations: &A,
    d_output: &D,
    gradient: &mut N,
    mut d_input: Option<&mut Matrix<A::Batch, Input<N>, IN>>,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    A: Activations<Network = N>,
    D: Samples<N::Scalar, OUT, Batch = A::Batch> + ?Sized,
{
    let batch = d_output.batch();
    let samples = nalgebra::Dim::value(&batch);
    assert!(
        samples == activations.samples(),
        "the gradient of the output holds {samples} samples, the activations hold {}",
        activations.samples()
    );
    let copied = capacity::product(samples, OUT, "a gradient");
    let scratch = N::BACKWARD_SCRATCH.values(samples);
    let scratch = workspace.at_least(capacity::sum(copied, scratch, "a step backward"));
    let (copy, scratch) = scratch.split_at_mut(copied);
    d_output.copy_samples(0, copy.as_chunks_mut().0);
    if let Some(d_input) = &mut d_input {
        d_input.resize_batch(batch);
    }
    dispatch(BackwardPass {
        network,
        activations,
        d_output: copy,
        d_input: d_input.map(|d_input| d_input.values_mut()),
        gradient,
        scratch,
    });
}

struct BackwardPass<'a, N: Network, A> {
    network: &'a N,
    activations: &'a A,
    d_output: &'a mut [N::Scalar],
    d_input: Option<&'a mut [Input<N>]>,
    gradient: &'a mut N,
    scratch: &'a mut [N::Scalar],
}

impl<N: Network, A: Activations<Network = N>> Kernel for BackwardPass<'_, N, A> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let mut pass = Pass::new(instructions, self.scratch);
        let Self { network, activations, d_output, d_input, gradient, .. } = self;
        activations.backward(network, d_output, d_input, gradient, &mut pass);
    }
}
