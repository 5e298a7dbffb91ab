//! Running a network: memory from the stack where it is little, one dispatch to an instruction set, and
//! large batches block by block so that what lies between two stages stays in cache.

use super::{Activations, Network};
use crate::batch::{Batch, BatchMatrix};
use crate::buffer::Buffer;
use crate::layer::{Pass, Scratch};
use crate::samples::Samples;
use crate::scalar::Float;
use crate::shape::{Shape, samples, samples_mut};
use crate::simd::{InstructionSet, Kernel, dispatch};

/// Working memory up to this many values comes from the stack.
const STACK_VALUES: usize = 4096;
/// How many samples go through a network at a time.
const BLOCK: usize = 256;

type Matrix<B, T, const N: usize> = <B as Batch>::Matrix<T, N>;

/// The output for each sample.
#[inline]
pub fn forward<N, X, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
) -> Matrix<X::Batch, N::Scalar, OUT>
where
    N: Network,
    X: Samples<N::Scalar, IN> + ?Sized,
{
    let mut output = <Matrix<X::Batch, N::Scalar, OUT> as BatchMatrix<_, OUT>>::zeros(x.batch());
    let values = output.values_mut();
    match x.as_samples() {
        Some(input) => forward_values::<N, X::Batch>(network, input.as_flattened(), values),
        None => forward_copied::<N, X, IN>(network, x, values),
    }
    output
}

/// Runs a network over samples that do not lie one after the other.
#[cold]
fn forward_copied<N, X, const IN: usize>(network: &N, x: &X, output: &mut [N::Scalar])
where
    N: Network,
    X: Samples<N::Scalar, IN> + ?Sized,
{
    let mut copy = <Matrix<X::Batch, N::Scalar, IN> as BatchMatrix<_, IN>>::zeros(x.batch());
    x.copy_samples(0, copy.samples_mut());
    forward_values::<N, X::Batch>(network, copy.values(), output);
}

#[inline(always)]
fn forward_values<N: Network, B: Batch>(
    network: &N,
    input: &[N::Scalar],
    output: &mut [N::Scalar],
) {
    // What a batch of run-time size needs is not known here; a block is then made to fit the stack.
    let needed = const {
        match B::STATIC {
            Some(samples) => {
                N::FORWARD_SCRATCH.values(if samples < BLOCK { samples } else { BLOCK })
            }
            None => N::FORWARD_SCRATCH.values(8),
        }
    };
    // Chosen while compiling, so that a call pays for the memory it needs and no more.
    if const { stack_class::<N, B>() == 0 } {
        on_stack::<N, 64>(network, input, output);
    } else if const { stack_class::<N, B>() == 1 } {
        on_stack::<N, 256>(network, input, output);
    } else if const { stack_class::<N, B>() == 2 } {
        on_stack::<N, 1024>(network, input, output);
    } else if needed <= STACK_VALUES {
        on_stack::<N, STACK_VALUES>(network, input, output);
    } else {
        on_heap(network, input, output);
    }
}

/// How much of the stack the working memory takes, for the `if`s of `forward_values`.
const fn stack_class<N: Network, B: Batch>() -> usize {
    let Some(samples) = B::STATIC else { return 3 };
    match N::FORWARD_SCRATCH.values(if samples < BLOCK { samples } else { BLOCK }) {
        0..=64 => 0,
        65..=256 => 1,
        257..=1024 => 2,
        _ => 3,
    }
}

#[repr(C, align(64))]
struct Stack<T, const VALUES: usize>([T; VALUES]);

#[inline]
fn on_stack<N: Network, const VALUES: usize>(
    network: &N,
    input: &[N::Scalar],
    output: &mut [N::Scalar],
) {
    let mut scratch = Stack([N::Scalar::ZERO; VALUES]);
    dispatch(Forward { network, input, output, scratch: &mut scratch.0 });
}

#[inline(never)]
fn on_heap<N: Network>(network: &N, input: &[N::Scalar], output: &mut [N::Scalar]) {
    let mut scratch = Buffer::new();
    forward_with(network, input, output, &mut scratch);
}

fn forward_with<N: Network>(
    network: &N,
    input: &[N::Scalar],
    output: &mut [N::Scalar],
    workspace: &mut Buffer<N::Scalar>,
) {
    let samples = input.len() / <N::Input as Shape>::LEN;
    let scratch = workspace.at_least(N::FORWARD_SCRATCH.values(samples.min(BLOCK)));
    dispatch(Forward { network, input, output, scratch });
}

/// As [`forward`], into memory that the caller holds.
#[inline]
pub fn forward_into<N, X, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
    output: &mut Matrix<X::Batch, N::Scalar, OUT>,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    X: Samples<N::Scalar, IN> + ?Sized,
{
    output.resize_batch(x.batch());
    match x.as_samples() {
        Some(input) => {
            forward_with(network, input.as_flattened(), output.values_mut(), workspace);
        }
        None => forward_copied::<N, X, IN>(network, x, output.values_mut()),
    }
}

struct Forward<'a, N: Network> {
    network: &'a N,
    input: &'a [N::Scalar],
    output: &'a mut [N::Scalar],
    scratch: &'a mut [N::Scalar],
}

impl<N: Network> Kernel for Forward<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let input = samples::<N::Input, N::Scalar>(self.input);
        let output = samples_mut::<N::Output, N::Scalar>(self.output);
        let Scratch { per_sample, fixed } = N::FORWARD_SCRATCH;
        let room = (self.scratch.len() - fixed).checked_div(per_sample).unwrap_or(BLOCK);
        let block = room.min(BLOCK);
        let mut run = |input: &[_], output: &mut [_]| {
            self.network.forward(input, output, &mut Pass::new(instructions, self.scratch));
        };
        if input.len() <= block {
            run(input, output);
        } else {
            for (input, output) in input.chunks(block).zip(output.chunks_mut(block)) {
                run(input, output);
            }
        }
    }
}

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
) -> Matrix<A::Batch, N::Scalar, IN>
where
    N: Network,
    A: Activations<Network = N>,
    D: Samples<N::Scalar, OUT, Batch = A::Batch> + ?Sized,
{
    let mut d_input =
        <Matrix<A::Batch, N::Scalar, IN> as BatchMatrix<_, IN>>::zeros(d_output.batch());
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
    mut d_input: Option<&mut Matrix<A::Batch, N::Scalar, IN>>,
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
    let scratch = workspace.at_least(samples * OUT + N::BACKWARD_SCRATCH.values(samples));
    let (copy, scratch) = scratch.split_at_mut(samples * OUT);
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
    d_input: Option<&'a mut [N::Scalar]>,
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
