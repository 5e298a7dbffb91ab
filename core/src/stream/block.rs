//! Blocks of steps.

use core::marker::PhantomData;
use core::ops::Deref;

use super::input::{checked_step, copy_checked_step};
use super::{BlockOutput, MEMORY, Scalar, StepInput, Stepper, Stream, StreamError, StreamState};
use crate::capacity::{product, sum};
use crate::element::carve;
use crate::layer::{Block, MOST_STEPS, Pass, StepState, Streaming, TimeAxis, step_len};
use crate::network::{Input, Network};
use crate::shape::TokenOutOfRange;
use crate::simd::{InstructionSet, Kernel, dispatch_kernels};

impl<P, const IN: usize, const OUT: usize, Y, K> Stream<P, IN, OUT, Y, K>
where
    P: Deref<Target: Network>,
{
    /// Takes the next steps of the input, any number of them, and gives those of the output: as [`push`](Stream::push) for
    /// each, to rounding, but several times as fast, since layers are computed as products over many steps.
    ///
    /// Its memory is allocated at the first block: no other one allocates anything.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// network! { struct Amp< [1, 64] => tanh conv(8, 3, padding: causal) => conv(1, 1) >; }
    ///
    /// let net = Amp::new(&mut StdRng::seed_from_u64(1));
    /// let mut stream = net.stream();
    /// // As many samples as an audio driver hands over.
    /// let block: Vec<[f32; 1]> = (0..200).map(|time| [(time as f32 / 9.0).sin()]).collect();
    /// let mut played = [[0.0]; 200];
    /// stream.push_block(&block, &mut played);
    ///
    /// let mut other = net.stream();
    /// for (x, y) in block.iter().zip(&played) {
    ///     assert!((other.push(x)[0] - y[0]).abs() < 1e-6);
    /// }
    /// ```
    ///
    /// # Panics
    /// If there are not as many steps of the output, if it cannot take so many more, or if a token is none of the vocabulary;
    /// where [`try_push_block`](Stream::try_push_block) does not panic in the latter two cases.
    #[inline]
    #[track_caller]
    pub fn push_block<X, Z>(&mut self, xs: &[X], ys: &mut [Z])
    where
        X: StepInput<Input<P::Target>, IN, K>,
        Z: BlockOutput<Scalar<P>, OUT, Y>,
    {
        if let Err(error) = self.try_push_block(xs, ys) {
            panic!("{error}");
        }
    }

    /// As [`push_block`](Stream::push_block), or a [`StreamError`] where it would panic for what is in the block; it is then
    /// where it was.
    ///
    /// # Errors
    /// If it cannot take so many more steps, or if a token is none of the vocabulary.
    ///
    /// # Panics
    /// If there are not as many steps of the output.
    #[track_caller]
    pub fn try_push_block<X, Z>(&mut self, xs: &[X], ys: &mut [Z]) -> Result<(), StreamError>
    where
        X: StepInput<Input<P::Target>, IN, K>,
        Z: BlockOutput<Scalar<P>, OUT, Y>,
    {
        assert!(
            xs.len() == ys.len(),
            "a block of {} steps gives as many, and there is room for {}",
            xs.len(),
            ys.len()
        );
        self.stepper.run_block(&self.network, &mut self.state, xs, ys)
    }
}

impl<N: Network, const IN: usize, const OUT: usize> Stepper<N, IN, OUT> {
    fn run_block<X, K, Y, Z>(
        &mut self,
        network: &N,
        state: &mut StreamState<N>,
        xs: &[X],
        ys: &mut [Z],
    ) -> Result<(), StreamError>
    where
        X: StepInput<Input<N>, IN, K>,
        Z: BlockOutput<N::Scalar, OUT, Y>,
    {
        let (position, block) = (state.position, xs.len());
        if let Some(steps) = self.needs.steps
            && block > steps - position
        {
            return Err(StreamError::Block { network: N::NAME, steps, position, block });
        }
        let values = const { block_values(IN, OUT) } + self.needs.of_block() + IN;
        let memory = self.block_memory.at_least(values);
        let (input, memory) = carve::<N::Scalar, Input<N>>(memory, const { MOST_STEPS * IN });
        let (output, memory) = memory.split_at_mut(const { MOST_STEPS * OUT });
        let (scratch, copy) = memory.split_at_mut(self.needs.of_block());
        let (inputs, outputs) = (input.as_chunks_mut().0, output.as_chunks_mut().0);
        let out_of_range = |step, error: TokenOutOfRange| StreamError::Token {
            network: N::NAME,
            error: TokenOutOfRange { position: position + step, ..error },
        };
        // All of them are checked first, so that an error leaves the stream where it was.
        let (first, later) = xs.split_at(block.min(MOST_STEPS));
        for (step, (x, input)) in first.iter().zip(&mut *inputs).enumerate() {
            copy_checked_step::<N, X, K, IN>(x, input)
                .map_err(|error| out_of_range(step, error))?;
        }
        let copy = carve::<N::Scalar, Input<N>>(copy, IN).0.as_chunks_mut().0;
        for (step, x) in later.iter().enumerate() {
            checked_step::<N, X, K, IN>(x, &mut copy[0])
                .map_err(|error| out_of_range(MOST_STEPS + step, error))?;
        }
        let prepared = &*self.memory.first_mut(self.prepared);
        for (index, (xs, ys)) in xs.chunks(MOST_STEPS).zip(ys.chunks_mut(MOST_STEPS)).enumerate() {
            if index > 0 {
                for (x, input) in xs.iter().zip(&mut *inputs) {
                    x.copy_step(input).expect("the tokens have been checked");
                }
            }
            let position = state.position;
            let kept = state.values_mut();
            match (xs.len(), &mut *outputs) {
                (1, [output, ..]) => {
                    (self.step)(network, &inputs[0], output, kept, prepared, scratch, position);
                }
                (count, outputs) => (self.block)(
                    network,
                    inputs[..count].as_flattened(),
                    outputs[..count].as_flattened_mut(),
                    kept,
                    prepared,
                    scratch,
                    position,
                ),
            }
            state.position = position + xs.len();
            for (y, output) in ys.iter_mut().zip(&*outputs) {
                y.write_step(output);
            }
        }
        Ok(())
    }
}

/// What goes into a block and comes out of it.
const fn block_values(inputs: usize, outputs: usize) -> usize {
    product(MOST_STEPS, sum(inputs, outputs, MEMORY), MEMORY)
}

pub(super) fn run<N, Time>(
    network: &N,
    input: &[Input<N>],
    output: &mut [N::Scalar],
    kept: &mut [N::Scalar],
    prepared: &[N::Scalar],
    scratch: &mut [N::Scalar],
    position: usize,
) where
    N: Network + Streaming<<N as Network>::Scalar, Time>,
    Time: TimeAxis,
{
    let count = Block(output.len() / const { step_len::<N::Output, N::Behind>() });
    let (state, time) = (StepState { kept, prepared }, PhantomData::<Time>);
    dispatch_kernels(PushBlock { network, count, input, output, state, scratch, position, time });
}

struct PushBlock<'a, N: Network, Time> {
    network: &'a N,
    count: Block,
    input: &'a [Input<N>],
    output: &'a mut [N::Scalar],
    state: StepState<'a, N::Scalar>,
    scratch: &'a mut [N::Scalar],
    position: usize,
    time: PhantomData<Time>,
}

impl<N, Time> Kernel for PushBlock<'_, N, Time>
where
    N: Network + Streaming<<N as Network>::Scalar, Time>,
    Time: TimeAxis,
{
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let Self { network, count, input, output, state, scratch, position, .. } = self;
        let mut pass = Pass::evaluate(instructions, scratch);
        network.run(count, input, output, state, position, &mut pass);
    }
}
