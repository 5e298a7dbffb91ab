//! The passes of training over some samples: all of a batch, or a part of it.

use rand::Rng;

use super::Network;
use super::activations::{Parts, PartsMut};
use super::forward::Input;
use crate::layer::{Backward, BegunAt, Chain, Mode, Needs, Pass, Record, Statistics, Tape, Train};
use crate::scalar::Float;
use crate::shape::{samples, samples_mut};
use crate::simd::{InstructionSet, Kernel};

/// What makes the mode of a pass that keeps what the way back needs: from the places of representations, a tape, and what
/// running statistics become.
pub(crate) trait Recording<'a, T: Float> {
    /// The mode.
    type Mode: Mode<T>;

    /// Makes it.
    fn mode(
        self,
        inner: &'a mut [&'a mut [T]],
        tape: &'a mut [T],
        statistics: &'a mut Statistics<T>,
    ) -> Self::Mode;
}

/// As in evaluation.
pub(crate) struct Evaluated;

impl<'a, T: Float> Recording<'a, T> for Evaluated {
    type Mode = Record<'a, T>;

    #[inline(always)]
    fn mode(
        self,
        inner: &'a mut [&'a mut [T]],
        tape: &'a mut [T],
        _: &'a mut Statistics<T>,
    ) -> Record<'a, T> {
        Record::between(inner, tape)
    }
}

/// In training, with a random source.
pub(crate) struct Trained<'r>(pub(crate) &'r mut dyn Rng);

impl<'a, 'r, T: Float> Recording<'a, T> for Trained<'r> {
    type Mode = Train<'a, 'r, T>;

    #[inline(always)]
    fn mode(
        self,
        inner: &'a mut [&'a mut [T]],
        tape: &'a mut [T],
        statistics: &'a mut Statistics<T>,
    ) -> Train<'a, 'r, T> {
        Train::between(inner, tape, self.0, statistics)
    }
}

/// The way forward.
pub(super) struct ForwardPass<'n, 'a, N: Network> {
    pub network: &'n N,
    pub input: &'a [Input<N>],
    pub inner: &'a mut [&'a mut [N::Scalar]],
    pub output: &'a mut [N::Scalar],
    pub tape: &'a mut [N::Scalar],
    pub scratch: &'a mut [N::Scalar],
    /// What running statistics become.
    pub statistics: &'a mut Statistics<N::Scalar>,
}

impl<'n, 'a, N: Network> ForwardPass<'n, 'a, N> {
    /// Over all samples, with a tape and working memory for so many parts of them.
    #[inline(always)]
    pub(super) fn of_batch(
        network: &'n N,
        PartsMut { input, inner, output, memory }: PartsMut<'a, Input<N>, N::Scalar>,
        parts: usize,
        is_training: bool,
    ) -> Self {
        let samples = samples::<N::Input, N::Scalar>(input).len();
        (memory.samples, memory.parts, memory.is_training) = (samples, parts, is_training);
        let forward = const { stages::<N>() }.forward;
        let tape = memory.tape.at_least(tape_len::<N>(samples, parts));
        let scratch = memory.scratch.at_least(parts * forward.values(samples.div_ceil(parts)));
        let statistics = &mut memory.statistics;
        ForwardPass { network, input, inner, output, tape, scratch, statistics }
    }

    /// Runs it in the mode of that recording.
    #[inline(always)]
    pub(super) fn run<I, R>(self, instructions: I, recording: R)
    where
        I: InstructionSet,
        R: Recording<'a, N::Scalar>,
    {
        let Self { network, input, inner, output, tape, scratch, statistics } = self;
        let mut mode = recording.mode(inner, tape, statistics);
        network.forward(
            samples::<N::Input, N::Scalar>(input),
            samples_mut::<N::Output, N::Scalar>(output),
            &mut Pass::new(instructions, scratch, &mut mode),
        );
    }
}

/// The way back.
pub(super) struct BackwardPass<'a, N: Network> {
    pub network: &'a N,
    pub is_training: bool,
    pub input: &'a [Input<N>],
    pub inner: &'a [&'a [N::Scalar]],
    pub output: &'a [N::Scalar],
    pub tape: &'a [N::Scalar],
    /// The states that samples have gone on from.
    pub begun: Option<BegunAt<'a, N::Scalar>>,
    pub d_output: &'a mut [N::Scalar],
    pub d_input: Option<&'a mut [Input<N>]>,
    pub gradient: Option<&'a mut N>,
    pub scratch: &'a mut [N::Scalar],
}

impl<'a, N: Network> BackwardPass<'a, N> {
    /// Over all samples, whose pass forward was one of so many parts.
    #[inline(always)]
    pub(super) fn of_batch(
        network: &'a N,
        Parts { input, inner, output, memory }: Parts<'a, Input<N>, N::Scalar>,
        parts: usize,
        d_output: &'a mut [N::Scalar],
        d_input: Option<&'a mut [Input<N>]>,
        gradient: Option<&'a mut N>,
        scratch: &'a mut [N::Scalar],
    ) -> Self {
        let samples = samples::<N::Input, N::Scalar>(input).len();
        BackwardPass {
            network,
            is_training: memory.is_training,
            input,
            inner,
            output,
            tape: memory.tape.first(tape_len::<N>(samples, parts)),
            begun: memory.begun.of_network(network),
            d_output,
            d_input,
            gradient,
            scratch,
        }
    }
}

impl<N: Network> Kernel for BackwardPass<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { network, is_training, input, inner, output, tape, begun, .. } = self;
        let step = Backward {
            input: samples::<N::Input, N::Scalar>(input),
            output: samples::<N::Output, N::Scalar>(output),
            tape: Tape::between(inner, tape, is_training).begun_with(begun),
            d_output: samples_mut::<N::Output, N::Scalar>(self.d_output),
            d_input: self.d_input.map(samples_mut::<N::Input, N::Scalar>),
        };
        network.backward(step, self.gradient, &mut Pass::evaluate(instructions, self.scratch));
    }
}

/// What the stages of a network need.
const fn stages<N: Network>() -> Needs {
    Chain::of(N::STAGES).stages
}

/// How long the tapes of so many samples in so many parts are.
#[inline(always)]
pub(super) fn tape_len<N: Network>(samples: usize, parts: usize) -> usize {
    let tape = const { stages::<N>() }.tape;
    tape.kept(samples) + (parts - 1) * tape.fixed
}
