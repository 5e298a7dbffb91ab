//! The passes of training forward: over activations, which hold the input and every representation.

use rand::Rng;

use super::Network;
use super::activations::{Activations, PartsMut, Writer};
use super::forward::Input;
use super::of_one_batch::check_of_one_batch;
use super::passes::{Evaluated, ForwardPass, Recording, Trained};
#[cfg(feature = "threads")]
use super::{in_parts, threads};
use crate::layer::{Layer, Mode};
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
    record_as(network, activations, Evaluated);
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
        record_as(network, activations, Trained(rng));
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

/// A pass over all samples at once that keeps what the way back needs.
pub(crate) fn record_as<A, R>(network: &A::Network, activations: &mut A, recording: R)
where
    A: Activations,
    R: for<'a> Recording<'a, <A::Network as Network>::Scalar>,
{
    dispatch_pass(BatchPass { network, activations, recording });
}

struct BatchPass<'a, A: Activations, R> {
    network: &'a A::Network,
    activations: &'a mut A,
    recording: R,
}

impl<A, R> Kernel for BatchPass<'_, A, R>
where
    A: Activations,
    R: for<'a> Recording<'a, <A::Network as Network>::Scalar>,
{
    type Output = ();

    // The activations are taken apart here, where their sizes are constants if those of their type are.
    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { network, activations, recording } = self;
        activations.write(BatchWriter { network, instructions, recording });
    }
}

struct BatchWriter<'a, N, I, R> {
    network: &'a N,
    instructions: I,
    recording: R,
}

impl<N, I, R> Writer<Input<N>, N::Scalar> for BatchWriter<'_, N, I, R>
where
    N: Network,
    I: InstructionSet,
    R: for<'a> Recording<'a, N::Scalar>,
{
    type Output = ();

    #[inline(always)]
    fn write(self, parts: PartsMut<'_, Input<N>, N::Scalar>) {
        let Self { network, instructions, recording } = self;
        let is_training = const { <R as Recording<'_, N::Scalar>>::Mode::TRAINS };
        ForwardPass::of_batch(network, parts, 1, is_training).run(instructions, recording);
    }
}
