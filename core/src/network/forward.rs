//! Running a network: memory from the stack where it is little, one dispatch to an instruction set, and
//! large batches block by block so that what lies between two stages stays in cache.

use super::Network;
#[cfg(feature = "threads")]
use super::threads;
use crate::batch::{Batch, BatchMatrix};
use crate::buffer::Buffer;
use crate::capacity;
use crate::element::{Element, carve};
use crate::layer::{BufferSize, Layer, Pass};
use crate::samples::Samples;
use crate::scalar::Float;
use crate::shape::{Shape, TokenOutOfRange, samples, samples_mut};
use crate::simd::{InstructionSet, Kernel, dispatch_pass};

/// Working memory up to this many values comes from the stack.
const STACK_VALUES: usize = 4096;
/// How many samples go through a network at a time at the most.
const MOST_SAMPLES: usize = 256;
/// What lies between the stages for the samples that go through a network at a time: so many values at the most, if
/// there is more than one sample. They are read again while they are in the second-level cache.
const BLOCK_VALUES: usize = 1 << 18;

/// What goes into a network: its scalar, or ids of tokens.
pub type Input<N> =
    <<N as Layer<<N as Network>::Scalar>>::Input as Shape>::Element<<N as Network>::Scalar>;

pub(crate) type Matrix<B, T, const N: usize> = <B as Batch>::Matrix<T, N>;

/// Looks for tokens that a network does not know.
///
/// # Errors
/// If there is one.
pub fn check_tokens<N, X, const IN: usize>(x: &X) -> Result<(), TokenOutOfRange>
where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
{
    if let Some(samples) = x.as_samples() {
        return <N::Input as Shape>::check::<N::Scalar>(samples.as_flattened());
    }
    let mut copy = alloc::vec![Input::<N>::default(); IN];
    let copy: &mut [[_; IN]] = copy.as_chunks_mut().0;
    for sample in 0..nalgebra::Dim::value(&x.batch()) {
        x.copy_samples(sample, copy);
        <N::Input as Shape>::check::<N::Scalar>(copy.as_flattened())
            .map_err(|error| TokenOutOfRange { sample, ..error })?;
    }
    Ok(())
}

/// Copies samples to where a network is to run over them.
///
/// # Panics
/// If there is a token that the network does not know.
#[track_caller]
pub fn copy_input<N, X, const IN: usize>(x: &X, target: &mut [[Input<N>; IN]])
where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
{
    x.copy_samples(0, target);
    check::<N>(target.as_flattened());
}

/// # Panics
/// If samples are not as many as they say.
#[inline(always)]
#[track_caller]
fn check_count(samples: usize, said: usize) {
    assert!(samples == said, "`Samples` that say to be {said} are {samples}");
}

/// # Panics
/// If there is a token that the network does not know: what follows reads at the places that tokens name.
#[inline(always)]
#[track_caller]
pub(crate) fn check<N: Network>(input: &[Input<N>]) {
    if let Err(error) = <N::Input as Shape>::check::<N::Scalar>(input) {
        refuse(N::NAME, error);
    }
}

#[cold]
#[track_caller]
fn refuse(network: &str, error: TokenOutOfRange) -> ! {
    panic!("`{network}` cannot run: {error}")
}

/// The output for each sample.
///
/// # Panics
/// If there is a token that the network does not know.
#[inline]
#[track_caller]
pub fn forward<N, X, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
) -> Matrix<X::Batch, N::Scalar, OUT>
where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
{
    let mut output = <Matrix<X::Batch, N::Scalar, OUT> as BatchMatrix<_, OUT>>::zeros(x.batch());
    match x.as_samples() {
        Some(input) => {
            check_count(input.len(), output.samples().len());
            check::<N>(input.as_flattened());
            forward_samples::<N, X::Batch, IN, OUT>(network, input, output.samples_mut())
        }
        None => forward_copied(network, &Apart(x), output.values_mut()),
    }
    output
}

/// Samples that do not lie one after the other. Their type is no argument of the pass over them, so that it is compiled once
/// for a network.
trait Scattered<E> {
    fn count(&self) -> usize;

    /// Copies those from the first one on, as many as there is room for.
    fn copy(&self, first: usize, target: &mut [E]);
}

/// Samples of so many values each.
struct Apart<'x, X: ?Sized, const IN: usize>(&'x X);

impl<E: Element, X: Samples<E, IN> + ?Sized, const IN: usize> Scattered<E> for Apart<'_, X, IN> {
    fn count(&self) -> usize {
        nalgebra::Dim::value(&self.0.batch())
    }

    fn copy(&self, first: usize, target: &mut [E]) {
        self.0.copy_samples(first, target.as_chunks_mut().0);
    }
}

/// Runs a network over samples that do not lie one after the other.
#[cold]
#[track_caller]
fn forward_copied<N: Network>(network: &N, x: &dyn Scattered<Input<N>>, output: &mut [N::Scalar]) {
    if const { copied_scratch::<N>().fits(1, STACK_VALUES) } {
        let mut memory = Stack([N::Scalar::ZERO; STACK_VALUES]);
        forward_in_copies(network, x, output, &mut memory.0);
    } else {
        forward_copied_with(network, x, output, &mut Buffer::new());
    }
}

#[cold]
#[track_caller]
fn forward_copied_with<N: Network>(
    network: &N,
    x: &dyn Scattered<Input<N>>,
    output: &mut [N::Scalar],
    workspace: &mut Buffer<N::Scalar>,
) {
    let samples = x.count().clamp(1, block_of(copied_scratch::<N>()));
    let memory = workspace.at_least(copied_scratch::<N>().values(samples));
    forward_in_copies(network, x, output, memory);
}

/// Working memory for samples that are copied before the network runs over them.
const fn copied_scratch<N: Network>() -> BufferSize {
    N::NEEDS.forward.and(BufferSize::per_sample(<N::Input as Shape>::LEN))
}

/// How many samples of a network with this working memory go through it at a time.
pub(crate) const fn block_of(scratch: BufferSize) -> usize {
    match BLOCK_VALUES.checked_div(scratch.per_sample) {
        Some(0) => 1,
        Some(samples) if samples < MOST_SAMPLES => samples,
        _ => MOST_SAMPLES,
    }
}

/// As many samples at a time as the memory holds: a copy of all of them would grow with the batch.
#[track_caller]
fn forward_in_copies<N: Network>(
    network: &N,
    x: &dyn Scattered<Input<N>>,
    output: &mut [N::Scalar],
    memory: &mut [N::Scalar],
) {
    let block = {
        let scratch = copied_scratch::<N>();
        scratch.samples(memory.len(), block_of(scratch)).max(1)
    };
    let (inputs, outputs) = (<N::Input as Shape>::LEN, <N::Output as Shape>::LEN);
    let (copy, scratch) = carve::<N::Scalar, Input<N>>(memory, block * inputs);
    for (index, output) in output.chunks_mut(block * outputs).enumerate() {
        let input = &mut copy[..output.len() / outputs * inputs];
        x.copy(index * block, input);
        if let Err(error) = <N::Input as Shape>::check::<N::Scalar>(input) {
            refuse(N::NAME, TokenOutOfRange { sample: index * block + error.sample, ..error });
        }
        dispatch_pass(Forward { network, input, output, scratch });
    }
}

#[inline(always)]
fn forward_samples<N: Network, B: Batch, const IN: usize, const OUT: usize>(
    network: &N,
    input: &[[Input<N>; IN]],
    output: &mut [[N::Scalar; OUT]],
) {
    // Chosen while compiling, so that a call pays for the memory it needs and no more, and the frame of
    // a debug build holds no memory of another choice.
    if const { stack_class::<N, B>() == 1 } {
        forward_one::<N, IN, OUT, 64>(network, &input[0], &mut output[0]);
    } else if const { stack_class::<N, B>() == 2 } {
        forward_one::<N, IN, OUT, 256>(network, &input[0], &mut output[0]);
    } else if const { stack_class::<N, B>() == 3 } {
        forward_one::<N, IN, OUT, 1024>(network, &input[0], &mut output[0]);
    } else if const { stack_class::<N, B>() == 4 } {
        forward_one::<N, IN, OUT, STACK_VALUES>(network, &input[0], &mut output[0]);
    } else if const { stack_class::<N, B>() == 5 } {
        forward_batch(network, input.as_flattened(), output.as_flattened_mut());
    } else {
        let mut workspace = Buffer::new();
        forward_with(network, input.as_flattened(), output.as_flattened_mut(), &mut workspace);
    }
}

/// Which branch of `forward_samples` a network and kind of batch take; 0 is the heap.
const fn stack_class<N: Network, B: Batch>() -> usize {
    let scratch = N::NEEDS.forward;
    match B::STATIC {
        Some(1) if scratch.fits(1, 64) => 1,
        Some(1) if scratch.fits(1, 256) => 2,
        Some(1) if scratch.fits(1, 1024) => 3,
        Some(1) if scratch.fits(1, STACK_VALUES) => 4,
        // Blocks of fewer samples than this would cost more than the heap does.
        _ if scratch.fits(8, STACK_VALUES) => 5,
        _ => 0,
    }
}

#[repr(C, align(64))]
struct Stack<T, const VALUES: usize>([T; VALUES]);

#[inline]
fn forward_one<N: Network, const IN: usize, const OUT: usize, const VALUES: usize>(
    network: &N,
    input: &[Input<N>; IN],
    output: &mut [N::Scalar; OUT],
) {
    let mut scratch = Stack([N::Scalar::ZERO; VALUES]);
    dispatch_pass(ForwardOne { network, input, output, scratch: &mut scratch.0 });
}

#[inline]
fn forward_batch<N: Network>(network: &N, input: &[Input<N>], output: &mut [N::Scalar]) {
    #[cfg(feature = "threads")]
    if threads::parts::<N>(input.len() / <N::Input as Shape>::LEN) > 1 {
        return forward_with(network, input, output, &mut Buffer::new());
    }
    let mut scratch = Stack([N::Scalar::ZERO; STACK_VALUES]);
    dispatch_pass(Forward { network, input, output, scratch: &mut scratch.0 });
}

/// One sample. Sizes are part of the type, so that they are constants in the code for each instruction
/// set, which no inlining reaches from outside.
struct ForwardOne<'a, N: Network, const IN: usize, const OUT: usize, const VALUES: usize> {
    network: &'a N,
    input: &'a [Input<N>; IN],
    output: &'a mut [N::Scalar; OUT],
    scratch: &'a mut [N::Scalar; VALUES],
}

impl<N: Network, const IN: usize, const OUT: usize, const VALUES: usize> Kernel
    for ForwardOne<'_, N, IN, OUT, VALUES>
{
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        self.network.forward(
            samples::<N::Input, N::Scalar>(self.input),
            samples_mut::<N::Output, N::Scalar>(self.output),
            &mut Pass::evaluate(instructions, self.scratch),
        );
    }
}

fn forward_with<N: Network>(
    network: &N,
    input: &[Input<N>],
    output: &mut [N::Scalar],
    workspace: &mut Buffer<N::Scalar>,
) {
    let samples = input.len() / <N::Input as Shape>::LEN;
    #[cfg(feature = "threads")]
    if let parts @ 2.. = threads::parts::<N>(samples) {
        let block = samples.div_ceil(parts).min(block_of(N::NEEDS.forward));
        let scratch = workspace.at_least(parts * N::NEEDS.forward.values(block));
        return Forward { network, input, output, scratch }.in_parts(parts);
    }
    let scratch =
        workspace.at_least(N::NEEDS.forward.values(samples.min(block_of(N::NEEDS.forward))));
    dispatch_pass(Forward { network, input, output, scratch });
}

/// As [`forward`], into memory that the caller holds.
///
/// # Panics
/// If there is a token that the network does not know.
#[inline]
#[track_caller]
pub fn forward_into<N, X, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
    output: &mut Matrix<X::Batch, N::Scalar, OUT>,
    workspace: &mut Buffer<N::Scalar>,
) where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
{
    output.resize_batch(x.batch());
    match x.as_samples() {
        Some(input) => {
            check_count(input.len(), output.samples().len());
            check::<N>(input.as_flattened());
            forward_with(network, input.as_flattened(), output.values_mut(), workspace);
        }
        None => forward_copied_with(network, &Apart(x), output.values_mut(), workspace),
    }
}

/// The output for each sample, in memory of the workspace.
///
/// # Panics
/// If there is a token that the network does not know.
#[track_caller]
pub(super) fn forward_packed<'w, N, X, const IN: usize, const OUT: usize>(
    network: &N,
    x: &X,
    workspace: &'w mut Buffer<N::Scalar>,
) -> &'w [[N::Scalar; OUT]]
where
    N: Network,
    X: Samples<Input<N>, IN> + ?Sized,
{
    let samples = nalgebra::Dim::value(&x.batch());
    let copied = copied_scratch::<N>();
    let scratch = copied.values(samples.clamp(1, block_of(copied)));
    let outputs = capacity::product(samples, OUT, "the outputs");
    let memory = workspace.at_least(capacity::sum(outputs, scratch, "a pass"));
    let (output, scratch) = memory.split_at_mut(outputs);
    match x.as_samples() {
        Some(input) => {
            check_count(input.len(), samples);
            check::<N>(input.as_flattened());
            let input = input.as_flattened();
            dispatch_pass(Forward { network, input, output: &mut *output, scratch });
        }
        None => forward_in_copies(network, &Apart(x), output, scratch),
    }
    output.as_chunks().0
}

struct Forward<'a, N: Network> {
    network: &'a N,
    input: &'a [Input<N>],
    output: &'a mut [N::Scalar],
    scratch: &'a mut [N::Scalar],
}

#[cfg(feature = "threads")]
impl<N: Network> Forward<'_, N> {
    /// Runs the network over so many parts of the samples side by side, each with as much of the working memory.
    fn in_parts(self, parts: usize) {
        if parts == 1 {
            return dispatch_pass(self);
        }
        let Self { network, input, output, scratch } = self;
        let halves = threads::Halves::of(parts, output.len() / <N::Output as Shape>::LEN);
        let [input, input_behind] = halves.samples(input);
        let [output, output_behind] = halves.samples(output);
        let [scratch, scratch_behind] = halves.parts(scratch);
        let behind = Forward {
            network,
            input: input_behind,
            output: output_behind,
            scratch: scratch_behind,
        };
        let front = Forward { network, input, output, scratch };
        let [parts, parts_behind] = halves.parts;
        threads::join(|| front.in_parts(parts), || behind.in_parts(parts_behind));
    }
}

impl<N: Network> Kernel for Forward<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let input = samples::<N::Input, N::Scalar>(self.input);
        let output = samples_mut::<N::Output, N::Scalar>(self.output);
        let block = N::NEEDS.forward.samples(self.scratch.len(), block_of(N::NEEDS.forward)).max(1);
        let mut run = |input: &[_], output: &mut [_]| {
            self.network.forward(input, output, &mut Pass::evaluate(instructions, self.scratch));
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
