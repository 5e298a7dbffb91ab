//! The passes of training over parts of a batch, side by side.

use alloc::vec::Vec;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::activations::{Parts, PartsMut};
use super::forward::Input;
use super::threads::{each, samples_of};
use super::{Network, Stage};
use crate::layer::{Backward, Chain, Needs, Pass, Record, Statistics, Tape, Train};
use crate::parameters::Layout;
use crate::scalar::Float;
use crate::shape::{Shape, samples, samples_mut};
use crate::simd::{InstructionSet, Kernel, dispatch_pass};

/// Whether training gives for each sample what it would without the others: no normalisation is over the batch.
pub(super) const fn trains_apart<N: Network>() -> bool {
    N::NEEDS.training_samples <= 1 && N::PARAMETERS == N::VALUES
}

/// A pass over all samples in so many parts that keeps what backward needs, in training where there is a random source: each part
/// draws from one of its own, which that one seeds.
pub(super) fn record<N: Network>(
    network: &N,
    PartsMut { mut input, inner, mut output, memory }: PartsMut<'_, Input<N>, N::Scalar>,
    parts: usize,
    mut rng: Option<&mut dyn Rng>,
) {
    let needs = const { stages(N::STAGES) };
    let (inputs, outputs) = (<N::Input as Shape>::LEN, <N::Output as Shape>::LEN);
    let samples = output.len() / outputs;
    let most = samples.div_ceil(parts);
    let kept = tapes(needs, parts, samples).sum();
    (memory.samples, memory.parts, memory.is_training) = (samples, parts, rng.is_some());
    let mut tape = memory.tape.at_least(kept);
    let mut scratch = memory.scratch.at_least(parts * needs.forward.values(most));
    let mut inner: Vec<_> = inner.iter_mut().map(|values| &mut **values).collect();
    let mut recorded: Vec<_> = (0..parts)
        .map(|part| {
            let count = samples_of(part, parts, samples).len();
            let stages = inner.iter_mut().zip(N::STAGES);
            Some(Recorded::<N> {
                input: front(&mut input, count * inputs),
                inner: stages
                    .map(|(values, stage)| front_mut(values, count * stage.len()))
                    .collect(),
                output: front_mut(&mut output, count * outputs),
                tape: front_mut(&mut tape, needs.tape.kept(count)),
                scratch: front_mut(&mut scratch, needs.forward.values(most)),
                rng: rng.as_deref_mut().map(StdRng::from_rng),
            })
        })
        .collect();
    each(&mut recorded, &|part| {
        if let Some(part) = part.take() {
            dispatch_pass(RecordedPass { network, part });
        }
    });
}

/// Some samples on the way forward.
struct Recorded<'a, N: Network> {
    input: &'a [Input<N>],
    inner: Vec<&'a mut [N::Scalar]>,
    output: &'a mut [N::Scalar],
    tape: &'a mut [N::Scalar],
    scratch: &'a mut [N::Scalar],
    rng: Option<StdRng>,
}

struct RecordedPass<'a, N: Network> {
    network: &'a N,
    part: Recorded<'a, N>,
}

impl<N: Network> Kernel for RecordedPass<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Recorded { input, mut inner, output, tape, scratch, rng } = self.part;
        let input = samples::<N::Input, N::Scalar>(input);
        let output = samples_mut::<N::Output, N::Scalar>(output);
        match rng {
            None => {
                let mut mode = Record::between(&mut inner, tape);
                self.network.forward(
                    input,
                    output,
                    &mut Pass::new(instructions, scratch, &mut mode),
                );
            }
            Some(mut rng) => {
                // There are none: see `trains_apart`.
                let mut statistics = Statistics::new();
                let mut mode = Train::between(&mut inner, tape, &mut rng, &mut statistics);
                self.network.forward(
                    input,
                    output,
                    &mut Pass::new(instructions, scratch, &mut mode),
                );
            }
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
    Parts { mut input, inner, mut output, memory }: Parts<'_, Input<N>, N::Scalar>,
    mut d_output: &mut [N::Scalar],
    mut d_input: Option<&mut [Input<N>]>,
    mut gradient: Option<&mut N>,
    scratch: &mut [N::Scalar],
) {
    let needs = const { stages(N::STAGES) };
    let (inputs, outputs) = (<N::Input as Shape>::LEN, <N::Output as Shape>::LEN);
    let (samples, parts) = (memory.samples, memory.parts);
    let values = N::NEEDS.backward.values(samples.div_ceil(parts));
    let (mut scratch, gradients) = scratch.split_at_mut(parts * values);
    let gradients =
        if gradient.is_some() { &mut gradients[..(parts - 1) * N::VALUES] } else { &mut [] };
    gradients.fill(N::Scalar::ZERO);
    let mut tape = memory.tape.first(tapes(needs, parts, samples).sum());
    let mut inner = inner.to_vec();
    {
        let own = gradient.as_deref_mut();
        let others = gradients.chunks_exact_mut(N::VALUES.max(1)).map(of_values::<N>);
        let mut all = own.into_iter().chain(others);
        let mut backpropagated: Vec<_> = (0..parts)
            .map(|part| {
                let count = samples_of(part, parts, samples).len();
                let stages = inner.iter_mut().zip(N::STAGES);
                Some(Backpropagated {
                    input: front(&mut input, count * inputs),
                    inner: stages
                        .map(|(values, stage)| front(values, count * stage.len()))
                        .collect(),
                    output: front(&mut output, count * outputs),
                    tape: front(&mut tape, needs.tape.kept(count)),
                    d_output: front_mut(&mut d_output, count * outputs),
                    d_input: d_input.as_mut().map(|d_input| front_mut(d_input, count * inputs)),
                    gradient: all.next(),
                    scratch: front_mut(&mut scratch, values),
                })
            })
            .collect();
        let is_training = memory.is_training;
        each(&mut backpropagated, &|part| {
            if let Some(part) = part.take() {
                dispatch_pass(BackwardPass { network, part, is_training });
            }
        });
    }
    if let Some(gradient) = gradient {
        add_all(gradient.state_mut(), gradients, parts);
    }
}

/// Some samples on the way back.
struct Backpropagated<'a, N: Network> {
    input: &'a [Input<N>],
    inner: Vec<&'a [N::Scalar]>,
    output: &'a [N::Scalar],
    tape: &'a [N::Scalar],
    d_output: &'a mut [N::Scalar],
    d_input: Option<&'a mut [Input<N>]>,
    gradient: Option<&'a mut N>,
    scratch: &'a mut [N::Scalar],
}

struct BackwardPass<'a, N: Network> {
    network: &'a N,
    part: Backpropagated<'a, N>,
    is_training: bool,
}

impl<N: Network> Kernel for BackwardPass<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Backpropagated { input, inner, output, tape, d_output, d_input, gradient, scratch } =
            self.part;
        let step = Backward {
            input: samples::<N::Input, N::Scalar>(input),
            output: samples::<N::Output, N::Scalar>(output),
            tape: Tape::between(&inner, tape, self.is_training),
            d_output: samples_mut::<N::Output, N::Scalar>(d_output),
            d_input: d_input.map(samples_mut::<N::Input, N::Scalar>),
        };
        self.network.backward(step, gradient, &mut Pass::evaluate(instructions, scratch));
    }
}

/// Adds gradients to another one, in their order.
fn add_all<T: Float>(gradient: &mut [T], others: &[T], parts: usize) {
    let values = gradient.len();
    let mut rest = gradient;
    let mut ranges: Vec<_> = (0..parts)
        .map(|part| {
            let range = samples_of(part, parts, values);
            (range.start, front_mut(&mut rest, range.len()))
        })
        .collect();
    each(&mut ranges, &|(start, sums)| {
        for other in others.chunks_exact(values.max(1)) {
            for (sum, value) in sums.iter_mut().zip(&other[*start..]) {
                *sum = *sum + *value;
            }
        }
    });
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

/// How long the tape of each part is.
fn tapes(needs: Needs, parts: usize, samples: usize) -> impl Iterator<Item = usize> {
    (0..parts).map(move |part| needs.tape.kept(samples_of(part, parts, samples).len()))
}

fn front<'a, T>(values: &mut &'a [T], count: usize) -> &'a [T] {
    values.split_off(..count).expect("as many values as there are samples for")
}

fn front_mut<'a, T>(values: &mut &'a mut [T], count: usize) -> &'a mut [T] {
    values.split_off_mut(..count).expect("as many values as there are samples for")
}
