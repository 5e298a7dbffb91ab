//! The passes of training over parts of a batch, side by side.

use core::mem::take;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::Network;
use super::activations::{Activations, Parts, PartsMut};
use super::forward::Input;
use super::passes::{BackwardPass, Evaluated, ForwardPass, Trained, tape_len};
use super::threads::{Halves, Split, join, repaid, share_of};
use crate::batch::Batch;
use crate::layer::Statistics;
use crate::parameters::Layout;
use crate::scalar::Float;
use crate::shape::Shape;
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
    all: PartsMut<'_, Input<N>, N::Scalar>,
    parts: usize,
    rng: Option<&mut dyn Rng>,
) {
    let pass = ForwardPass::of_batch(network, all, parts, TRAINS);
    forward::<N, TRAINS>(pass, parts, rng);
}

/// The way forward over samples in so many parts. Where there are several, there are no running statistics.
fn forward<N: Network, const TRAINS: bool>(
    pass: ForwardPass<'_, '_, N>,
    parts: usize,
    rng: Option<&mut dyn Rng>,
) {
    if parts == 1 {
        return dispatch_pass(OnePart::<N, TRAINS> { pass, rng });
    }
    let halves = Halves::of(parts, pass.output.len() / <N::Output as Shape>::LEN);
    let network = pass.network;
    let [input, input_behind] = halves.samples(pass.input);
    let [output, output_behind] = halves.samples(pass.output);
    let [tape, tape_behind] = halves.tape::<N, _>(pass.tape);
    let [scratch, scratch_behind] = halves.parts(pass.scratch);
    let count = pass.inner.len();
    let [mut inner, mut inner_behind] = halves.lists(pass.inner.iter_mut().map(take));
    let mut statistics = Statistics::new();
    let front = ForwardPass {
        network,
        input,
        inner: &mut inner[..count],
        output,
        tape,
        scratch,
        statistics: pass.statistics,
    };
    let behind = ForwardPass {
        network,
        input: input_behind,
        inner: &mut inner_behind[..count],
        output: output_behind,
        tape: tape_behind,
        scratch: scratch_behind,
        statistics: &mut statistics,
    };
    let mut rngs = rng.map(|rng| [StdRng::from_rng(rng), StdRng::from_rng(rng)]);
    let [rng, rng_behind] = match &mut rngs {
        Some([front, behind]) => [Some(front), Some(behind)],
        None => [None, None],
    };
    join(
        || forward::<N, TRAINS>(front, halves.parts[0], rng.map(|rng| rng as &mut dyn Rng)),
        || forward::<N, TRAINS>(behind, halves.parts[1], rng_behind.map(|rng| rng as &mut dyn Rng)),
    );
}

struct OnePart<'n, 'a, 'r, N: Network, const TRAINS: bool> {
    pass: ForwardPass<'n, 'a, N>,
    rng: Option<&'r mut dyn Rng>,
}

impl<N: Network, const TRAINS: bool> Kernel for OnePart<'_, '_, '_, N, TRAINS> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        if const { TRAINS } {
            let rng = self.rng.expect("training has a random source");
            self.pass.run(instructions, Trained(rng));
        } else {
            self.pass.run(instructions, Evaluated);
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
    all: Parts<'_, Input<N>, N::Scalar>,
    d_output: &mut [N::Scalar],
    d_input: Option<&mut [Input<N>]>,
    mut gradient: Option<&mut N>,
    scratch: &mut [N::Scalar],
) {
    let parts = all.memory.parts;
    let gradients = (parts - 1) * N::VALUES;
    let (scratch, gradients) = scratch.split_at_mut(scratch.len() - gradients);
    let own = gradient.as_deref_mut();
    let pass = BackwardPass::of_batch(network, all, parts, d_output, d_input, own, scratch);
    back(pass, parts, gradients);
    if let Some(gradient) = gradient {
        add_all(gradient.state_mut(), gradients, N::VALUES, 0, parts);
    }
}

/// The way back over samples in so many parts: the gradient of the pass is that of the first, `gradients` are those of the
/// others.
fn back<N: Network>(pass: BackwardPass<'_, N>, parts: usize, gradients: &mut [N::Scalar]) {
    if parts == 1 {
        return dispatch_pass(pass);
    }
    let halves = Halves::of(parts, pass.output.len() / <N::Output as Shape>::LEN);
    let [input, input_behind] = halves.samples(pass.input);
    let [output, output_behind] = halves.samples(pass.output);
    let [tape, tape_behind] = halves.tape::<N, _>(pass.tape);
    let [d_output, d_output_behind] = halves.samples(pass.d_output);
    let [d_input, d_input_behind] = halves.samples(pass.d_input);
    let [scratch, scratch_behind] = halves.parts(pass.scratch);
    let (gradients, behind) = gradients.split_at_mut((halves.parts[0] - 1) * N::VALUES);
    let (gradient_behind, gradients_behind) = behind.split_at_mut(N::VALUES);
    let count = pass.inner.len();
    let [inner, inner_behind] = halves.lists(pass.inner.iter().copied());
    let mut behind = BackwardPass {
        input: input_behind,
        inner: &inner_behind[..count],
        output: output_behind,
        tape: tape_behind,
        begun: None,
        d_output: d_output_behind,
        d_input: d_input_behind,
        gradient: pass.gradient.is_some().then(|| of_values(gradient_behind)),
        scratch: scratch_behind,
        ..pass
    };
    let inner = &inner[..count];
    let front = BackwardPass {
        input,
        inner,
        output,
        tape,
        begun: None,
        d_output,
        d_input,
        gradient: pass.gradient,
        scratch,
        ..pass
    };
    join(
        || back(front, halves.parts[0], gradients),
        || {
            // Each thread fills the memory that it is to add to.
            if let Some(gradient) = &mut behind.gradient {
                gradient.state_mut().fill(N::Scalar::ZERO);
            }
            back(behind, halves.parts[1], gradients_behind);
        },
    );
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

impl Halves {
    /// Those of the tapes.
    fn tape<N: Network, V: Split>(&self, tape: V) -> [V; 2] {
        tape.split(tape_len::<N>(self.samples[0], self.parts[0]))
    }

    /// Those of what lies between the stages.
    fn lists<V: Split>(&self, inner: impl Iterator<Item = V>) -> [[V; MOST_STAGES]; 2] {
        let mut lists = [const { [const { V::EMPTY }; MOST_STAGES] }; 2];
        let [fronts, behind] = &mut lists;
        for (values, (front, behind)) in inner.zip(fronts.iter_mut().zip(behind)) {
            [*front, *behind] = self.samples(values);
        }
        lists
    }
}
