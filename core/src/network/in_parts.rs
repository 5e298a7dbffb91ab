//! The passes of training over parts of a batch, side by side.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::activations::{Activations, Parts, PartsMut};
use super::forward::Input;
use super::threads::{join, repaid, share_of};
use super::{Network, Stage};
use crate::batch::Batch;
use crate::layer::{Backward, BegunAt, Chain, Needs, Pass, Record, Statistics, Tape, Train};
use crate::parameters::Layout;
use crate::scalar::Float;
use crate::shape::{Shape, samples, samples_mut};
use crate::simd::{InstructionSet, Kernel, dispatch_pass};

/// Stages of a network whose training is split at the most: lists of what they give lie on the stack.
const MOST_STAGES: usize = 64;

/// Whether batches of this kind can be split. All their passes are those of this file then, be they in one part: another of
/// the same would be compiled twice.
pub(super) const fn may_split<A: Activations>() -> bool {
    let may_repay = match A::Batch::STATIC {
        None => true,
        Some(samples) => repaid::<A::Network>(samples) > 1,
    };
    may_repay && A::Network::STAGES.len() <= MOST_STAGES
}

/// Whether training gives for each sample what it would without the others: no normalisation is over the batch.
pub(super) const fn trains_apart<N: Network>() -> bool {
    N::NEEDS.training_samples <= 1 && N::PARAMETERS == N::VALUES
}

/// A pass over all samples in so many parts that keeps what backward needs.
pub(super) fn record<N: Network>(
    network: &N,
    all: PartsMut<'_, Input<N>, N::Scalar>,
    parts: usize,
) {
    run::<N, false>(network, all, parts, None);
}

/// The same in training. Where there are several parts, each draws from a random source of its own, which that one seeds.
pub(super) fn train<N: Network>(
    network: &N,
    all: PartsMut<'_, Input<N>, N::Scalar>,
    parts: usize,
    rng: &mut dyn Rng,
) {
    run::<N, true>(network, all, parts, Some(rng));
}

fn run<N: Network, const TRAINS: bool>(
    network: &N,
    PartsMut { input, inner, output, memory }: PartsMut<'_, Input<N>, N::Scalar>,
    parts: usize,
    rng: Option<&mut dyn Rng>,
) {
    let needs = const { stages(N::STAGES) };
    let samples = output.len() / <N::Output as Shape>::LEN;
    (memory.samples, memory.parts, memory.is_training) = (samples, parts, TRAINS);
    let tape = memory.tape.at_least(tape(needs, samples, parts));
    let scratch = memory.scratch.at_least(parts * needs.forward.values(samples.div_ceil(parts)));
    let statistics = &mut memory.statistics;
    Recorded { network, samples, parts, input, inner, output, tape, scratch, statistics }
        .run::<TRAINS>(rng);
}

/// Some samples on the way forward.
struct Recorded<'n, 'a, N: Network> {
    network: &'n N,
    samples: usize,
    parts: usize,
    input: &'a [Input<N>],
    inner: &'a mut [&'a mut [N::Scalar]],
    output: &'a mut [N::Scalar],
    tape: &'a mut [N::Scalar],
    scratch: &'a mut [N::Scalar],
    /// What running statistics become, of which there are none where there are several parts.
    statistics: &'a mut Statistics<N::Scalar>,
}

impl<N: Network> Recorded<'_, '_, N> {
    fn run<const TRAINS: bool>(self, rng: Option<&mut dyn Rng>) {
        if self.parts == 1 {
            return dispatch_pass(RecordedPass::<N, TRAINS> { part: self, rng });
        }
        let Self { network, samples, parts, input, inner, output, tape: kept, scratch, statistics } =
            self;
        let needs = const { stages(N::STAGES) };
        let half = parts / 2;
        let front = share_of(half, parts, samples);
        let (input, input_behind) = input.split_at(front * <N::Input as Shape>::LEN);
        let (output, output_behind) = output.split_at_mut(front * <N::Output as Shape>::LEN);
        let (kept, kept_behind) = kept.split_at_mut(tape(needs, front, half));
        let (scratch, scratch_behind) = scratch.split_at_mut(scratch.len() / parts * half);
        let count = inner.len();
        let mut behind = [const { [].as_mut_slice() }; MOST_STAGES];
        let mut inner_front = [const { [].as_mut_slice() }; MOST_STAGES];
        for (index, (values, stage)) in inner.iter_mut().zip(N::STAGES).enumerate() {
            (inner_front[index], behind[index]) = values.split_at_mut(front * stage.len());
        }
        let mut rngs = rng.map(|rng| [StdRng::from_rng(rng), StdRng::from_rng(rng)]);
        let [rng, rng_behind] = match &mut rngs {
            Some([front, behind]) => [Some(front), Some(behind)],
            None => [None, None],
        };
        let mut statistics_behind = Statistics::new();
        let behind = Recorded {
            network,
            samples: samples - front,
            parts: parts - half,
            input: input_behind,
            inner: &mut behind[..count],
            output: output_behind,
            tape: kept_behind,
            scratch: scratch_behind,
            statistics: &mut statistics_behind,
        };
        let inner = &mut inner_front[..count];
        let front = Recorded {
            network,
            samples: front,
            parts: half,
            input,
            inner,
            output,
            tape: kept,
            scratch,
            statistics,
        };
        join(
            || front.run::<TRAINS>(rng.map(|rng| rng as &mut dyn Rng)),
            || behind.run::<TRAINS>(rng_behind.map(|rng| rng as &mut dyn Rng)),
        );
    }
}

struct RecordedPass<'n, 'a, 'r, N: Network, const TRAINS: bool> {
    part: Recorded<'n, 'a, N>,
    rng: Option<&'r mut dyn Rng>,
}

impl<N: Network, const TRAINS: bool> Kernel for RecordedPass<'_, '_, '_, N, TRAINS> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Recorded { network, input, inner, output, tape, scratch, statistics, .. } = self.part;
        let input = samples::<N::Input, N::Scalar>(input);
        let output = samples_mut::<N::Output, N::Scalar>(output);
        if const { TRAINS } {
            let rng = self.rng.expect("training has a random source");
            let mut mode = Train::between(inner, tape, rng, statistics);
            network.forward(input, output, &mut Pass::new(instructions, scratch, &mut mode));
        } else {
            let mut mode = Record::between(inner, tape);
            network.forward(input, output, &mut Pass::new(instructions, scratch, &mut mode));
        }
    }
}

/// How much working memory the way back over so many samples in so many parts takes, besides a copy of the output's gradient.
pub(super) fn backward_scratch<N: Network>(samples: usize, parts: usize) -> usize {
    parts * N::NEEDS.backward.values(samples.div_ceil(parts)) + (parts - 1) * N::VALUES
}

/// The way back over the parts that [`record`] made, in as much working memory as [`backward_scratch`] says.
pub(super) fn backward<N: Network>(
    network: &N,
    Parts { input, inner, output, memory }: Parts<'_, Input<N>, N::Scalar>,
    d_output: &mut [N::Scalar],
    d_input: Option<&mut [Input<N>]>,
    mut gradient: Option<&mut N>,
    scratch: &mut [N::Scalar],
) {
    let (samples, parts, is_training) = (memory.samples, memory.parts, memory.is_training);
    let gradients = (parts - 1) * N::VALUES;
    let (scratch, gradients) = scratch.split_at_mut(scratch.len() - gradients);
    if gradient.is_some() {
        gradients.fill(N::Scalar::ZERO);
    }
    let tape = memory.tape.first(tape(const { stages(N::STAGES) }, samples, parts));
    let part = Backpropagated {
        network,
        samples,
        parts,
        is_training,
        input,
        inner,
        output,
        tape,
        d_output,
        d_input,
        gradient: gradient.as_deref_mut(),
        gradients,
        scratch,
        begun: memory.begun.of_network(network),
    };
    part.run();
    if let Some(gradient) = gradient {
        add_all(gradient.state_mut(), gradients, N::VALUES, 0, parts);
    }
}

/// Some samples on the way back.
struct Backpropagated<'a, N: Network> {
    network: &'a N,
    samples: usize,
    parts: usize,
    is_training: bool,
    input: &'a [Input<N>],
    inner: &'a [&'a [N::Scalar]],
    output: &'a [N::Scalar],
    tape: &'a [N::Scalar],
    d_output: &'a mut [N::Scalar],
    d_input: Option<&'a mut [Input<N>]>,
    /// That of the first part, if it is wanted, and those of the others.
    gradient: Option<&'a mut N>,
    gradients: &'a mut [N::Scalar],
    scratch: &'a mut [N::Scalar],
    /// The states that samples have gone on from, which are those of one part.
    begun: Option<BegunAt<'a, N::Scalar>>,
}

impl<N: Network> Backpropagated<'_, N> {
    fn run(self) {
        if self.parts == 1 {
            return dispatch_pass(BackwardPass(self));
        }
        let Self { network, samples, parts, is_training, .. } = self;
        let needs = const { stages(N::STAGES) };
        let half = parts / 2;
        let front = share_of(half, parts, samples);
        let (inputs, outputs) =
            (front * <N::Input as Shape>::LEN, front * <N::Output as Shape>::LEN);
        let (input, input_behind) = self.input.split_at(inputs);
        let (output, output_behind) = self.output.split_at(outputs);
        let (kept, kept_behind) = self.tape.split_at(tape(needs, front, half));
        let (d_output, d_output_behind) = self.d_output.split_at_mut(outputs);
        let (d_input, d_input_behind) =
            self.d_input.map(|d_input| d_input.split_at_mut(inputs)).unzip();
        let (scratch, scratch_behind) =
            self.scratch.split_at_mut(self.scratch.len() / parts * half);
        let (gradients, behind) = self.gradients.split_at_mut((half - 1) * N::VALUES);
        let (gradient_behind, gradients_behind) = behind.split_at_mut(N::VALUES);
        let mut inner: [&[N::Scalar]; MOST_STAGES] = [&[]; MOST_STAGES];
        let mut inner_behind = inner;
        for (index, (values, stage)) in self.inner.iter().zip(N::STAGES).enumerate() {
            (inner[index], inner_behind[index]) = values.split_at(front * stage.len());
        }
        let count = self.inner.len();
        let behind = Backpropagated {
            network,
            samples: samples - front,
            parts: parts - half,
            is_training,
            input: input_behind,
            inner: &inner_behind[..count],
            output: output_behind,
            tape: kept_behind,
            d_output: d_output_behind,
            d_input: d_input_behind,
            gradient: self.gradient.is_some().then(|| of_values(gradient_behind)),
            gradients: gradients_behind,
            scratch: scratch_behind,
            begun: None,
        };
        let front = Backpropagated {
            network,
            samples: front,
            parts: half,
            is_training,
            input,
            inner: &inner[..count],
            output,
            tape: kept,
            d_output,
            d_input,
            gradient: self.gradient,
            gradients,
            scratch,
            begun: None,
        };
        join(|| front.run(), || behind.run());
    }
}

struct BackwardPass<'a, N: Network>(Backpropagated<'a, N>);

impl<N: Network> Kernel for BackwardPass<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Backpropagated { network, is_training, input, inner, output, tape, .. } = self.0;
        let Backpropagated { d_output, d_input, gradient, scratch, begun, .. } = self.0;
        let step = Backward {
            input: samples::<N::Input, N::Scalar>(input),
            output: samples::<N::Output, N::Scalar>(output),
            tape: Tape::between(inner, tape, is_training).begun_with(begun),
            d_output: samples_mut::<N::Output, N::Scalar>(d_output),
            d_input: d_input.map(samples_mut::<N::Input, N::Scalar>),
        };
        network.backward(step, gradient, &mut Pass::evaluate(instructions, scratch));
    }
}

/// Adds others to sums, in their order: each has so many values, of which those from `start` on belong to the sums.
fn add_all<T: Float>(sums: &mut [T], others: &[T], values: usize, start: usize, parts: usize) {
    if parts > 1 {
        let half = parts / 2;
        let front = share_of(half, parts, sums.len());
        let (sums, behind) = sums.split_at_mut(front);
        join(
            || add_all(sums, others, values, start, half),
            || add_all(behind, others, values, start + front, parts - half),
        );
        return;
    }
    for other in others.chunks_exact(values.max(1)) {
        for (sum, value) in sums.iter_mut().zip(&other[start..]) {
            *sum += *value;
        }
    }
}

/// Values as those of a network.
fn of_values<N: Network>(values: &mut [N::Scalar]) -> &mut N {
    let () = Layout::<N::Scalar, N>::CHECKED;
    assert!(values.len() == N::VALUES, "as many values as the network has");
    // SAFETY: `Parameters` promises that the network is so many values of its scalar type and nothing else, aligned as they
    // are, any of which make a valid one; the exclusive borrow is handed on.
    unsafe { &mut *values.as_mut_ptr().cast() }
}

/// What the stages of a network need.
const fn stages(stages: &[Stage]) -> Needs {
    Chain::of(stages).stages
}

/// How long the tapes of so many samples in so many parts are.
fn tape(needs: Needs, samples: usize, parts: usize) -> usize {
    needs.tape.kept(samples) + (parts - 1) * needs.tape.fixed
}
