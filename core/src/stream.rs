//! Networks over sequences, step by step.
//!
//! A network over `[length, features]` or `[channels, length]` whose stages look back only can also take its
//! sequence as it comes: `net.stream()` gives a [`Stream`], which keeps what the stages remember and takes one
//! step after the other. It gives what the forward pass over the whole sequence would give for each step. A step
//! allocates nothing and costs the same at any position, however long the sequence is; only `attention` looks at
//! each step before, so that there a step costs in proportion to its position.
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! {
//!     /// A temporal convolutional network over a signal of two channels.
//!     struct Net<
//!         [2, 100]
//!         => relu conv(8, 3, padding: causal)
//!         => residual(relu conv(8, 3, padding: causal, dilation: 2) => conv(8, 1))
//!         => conv(1, 1)
//!     >;
//! }
//!
//! let net = Net::new(&mut StdRng::seed_from_u64(1));
//! let signal = SMatrix::<f32, 2, 100>::from_fn(|channel, time| ((time + channel) as f32 / 9.0).sin());
//! // A sample of [channels, length] is one channel after the other.
//! let x = SVector::<f32, 200>::from_iterator(signal.transpose().iter().copied());
//! let y = net.forward(&x);
//!
//! let mut stream = net.stream();
//! for (time, column) in signal.column_iter().enumerate() {
//!     let step = stream.push(&column);
//!     assert!((step[0] - y[time]).abs() < 1e-5);
//! }
//! ```
//!
//! Where several steps come at once, [`push_block`](Stream::push_block) takes them as a block, which is several times as fast.
//!
//! What streams:
//!
//! | stage | time |
//! | --- | --- |
//! | `conv` and `depthwise` with `padding: causal` or a kernel of 1, `batch_norm`, `concat` along the first axis, `softmax`, `log_softmax` and `normalize` with `axis: 0`, `slice` of channels | `[channels, length]`: [`TimeLast`](crate::layer::TimeLast) |
//! | `rnn`, `lstm` and `gru` without `last` and `bidirectional`, dense layers over steps, `embedding` of tokens, `position`, `sinusoidal`, `attention(.., causal: true)`, `layer_norm` and `rms_norm` over the features, `softmax`, `log_softmax` and `normalize` over the features, `slice(.., axis: 1)` of them, `concat(axis: 1; ..)` | `[length, features]`: [`TimeFirst`](crate::layer::TimeFirst) |
//! | other activations, `dropout`, `residual`, `repeat`, `sum`, `product`, `gaussian`, other networks | either |
//! | `transpose` | goes from one to the other |
//!
//! A network in which no stage says where time runs takes rows; `Stream::new::<_, _, TimeLast>(&net)` takes columns.
//! Where only networks and layers of a user's own stand, it is told: `net.stream::<TimeFirst, _, _>()`.
//!
//! A network with several inputs takes a step of each, in the struct of its inputs, and one with several outputs gives a step of
//! each, in the struct of those:
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! { struct Agent< [64, 17] => gru(32) => (policy: 6 | tanh 32 => value: 1) >; }
//!
//! let net = Agent::new(&mut StdRng::seed_from_u64(1));
//! let mut stream = net.stream();
//! let AgentOutput { policy, value } = stream.push(&[0.5; 17]);
//! assert_eq!((policy.len(), value.len()), (6, 1));
//! let whole = net.forward(&[0.5; 64 * 17]);
//! assert!((policy - whole.policy.fixed_rows::<6>(0)).amax() < 1e-5);
//!
//! // One that owns its network, as a field of a struct.
//! struct Robot {
//!     mind: Stream<Aligned<Agent>, 17, 7, AgentOutput<SVector<f32, 6>, SVector<f32, 1>>>,
//! }
//! let mut robot = Robot { mind: Stream::new(net) };
//! assert_eq!(robot.mind.push(&[0.5; 17]).value, value);
//!
//! network! {
//!     struct Amp< (signal: [1, 256], knobs: [2, 256]) => concat(&signal | &knobs) => tanh conv(8, 3, padding: causal) => conv(1, 1) >;
//! }
//! struct Plugin {
//!     amp: Stream<Aligned<Amp>, 3, 1, SVector<f32, 1>, AmpInput<[f32; 1], [f32; 2]>>,
//! }
//! let mut plugin = Plugin { amp: Stream::new(Amp::zeros()) };
//! let knobs = SVector::<f32, 2>::new(0.5, 0.8);
//! assert_eq!(plugin.amp.push(&AmpInput { signal: [0.25], knobs: &knobs })[0], 0.0);
//! ```
//!
//! Recurrences and convolutions have no end: their stream takes more steps than the sequence of the declaration has.
//!
//! # What it remembers
//! All that a stream keeps is a value, its [`StreamState`]: to be read and stored, set, or changed at the field of a
//! recurrence. One network and one stream serve any number of sequences, each with a state.
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! { struct Amp< [64, 1] => memory: lstm(3) => 1 >; }
//!
//! let net = Amp::new(&mut StdRng::seed_from_u64(1));
//! // A state that was trained with the network.
//! let mut initial = StreamState::<Amp>::new();
//! let memory = initial.part_mut(&net, |net| &net.memory);
//! memory.hidden.copy_from_slice(&[0.1, -0.2, 0.3]);
//! memory.cell.copy_from_slice(&[0.5, 0.0, -0.5]);
//!
//! let mut stream = net.stream().with_state(&initial);
//! let y = stream.push(&[0.25]);
//!
//! let mut voices = vec![initial.clone(); 16];
//! assert_eq!(stream.push_for(&mut voices[3], &[0.25]), y); // allocates nothing
//! voices[3].clone_from(&initial); // begins again
//! ```
//!
//! # Whole sequences that go on
//! A sequence that is longer than the declaration's goes in piece by piece: `forward_from`, `activations_from` and
//! `train_from` are `forward`, `activations` and `train` of samples that each go on from a state, and leave behind what a
//! stream would after the last step. `backward` ends at the states: back-propagation through time, truncated there (Williams
//! and Peng 1990).
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! { struct Echo< [8, 1] => hidden: gru(12) => 1 >; }
//!
//! let mut rng = StdRng::seed_from_u64(1);
//! let mut net = Echo::new(&mut rng);
//! let (mut training, mut adam) = (net.training(), Adam::new(&net).learning_rate(0.02));
//! // Four signals; what comes out is what went in four steps before: of half of each piece, in the piece before.
//! let signals: [[f32; 400]; 4] = std::array::from_fn(|_| std::array::from_fn(|_| rng.random_range(-1.0..1.0)));
//! let mut losses = Vec::new();
//! for _ in 0..8 {
//!     let mut states = [(); 4].map(|()| StreamState::<Echo>::new());
//!     let mut sum = 0.0;
//!     for start in (16..400).step_by(8) {
//!         let piece = |from: usize| SMatrix::<f32, 8, 4>::from_fn(|time, signal| signals[signal][from + time]);
//!         training.train_from(&mut net, &piece(start), &mut states, &mut rng);
//!         sum += training.backward(&net, MeanSquaredError, &piece(start - 4));
//!         adam.step(&mut net, training.gradient());
//!     }
//!     assert!(states.iter().all(|state| state.position() == 384));
//!     losses.push(sum);
//! }
//! assert!(losses[7] < 0.1 * losses[0]);
//! ```
//!
//! Recurrences and causal convolutions go on so, with all that keeps nothing between steps. Attention and positions do not:
//! they end with the sequence of the declaration, and it does not compile; their streams have a state too. A layer of one's
//! own implements [`CarriesState`](crate::layer::CarriesState).
//!
//! # The value so far
//! A network that ends in one value for the whole sequence, behind `last: true` or `take_last`, does not stream: it
//! gives no sequence. The same network without that word does, with the same parameters, and gives for each step
//! what the other gives for the sequence up to there:
//!
//! ```
//! use static_net::prelude::*;
//!
//! network! {
//!     /// What is trained: a class for a sequence of 30 steps.
//!     struct Whole< [30, 4] => gru(16, last: true) => 3 >;
//!     /// What runs: a class at each step, for what came so far.
//!     struct SoFar< [30, 4] => gru(16) => 3 >;
//! }
//!
//! let whole = Whole::new(&mut StdRng::seed_from_u64(1));
//! let mut so_far = SoFar::zeros();
//! so_far.state_mut().copy_from_slice(whole.state());
//!
//! let sequence = SMatrix::<f32, 4, 30>::from_fn(|feature, time| ((3 * feature + time) as f32).sin());
//! let mut stream = so_far.stream();
//! let mut logits = SVector::zeros();
//! for step in sequence.column_iter() {
//!     logits = stream.push(&step);
//! }
//! let expected = whole.forward(sequence.as_slice().as_array::<120>().unwrap());
//! assert!((logits - expected).amax() < 1e-5);
//! ```

mod block;
pub(crate) mod input;
pub(crate) mod output;
mod sequence;
mod state;

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use nalgebra::SVector;

use crate::buffer::Buffer;
use crate::capacity;
use crate::element::carve;
use crate::layer::{
    KeepsState, Layer, OneStep, Pass, Sequence, StepState, StreamMemory, Streaming, TimeAxis,
};
use crate::network::{Input, Network};
use crate::scalar::Float;
use crate::shape::TokenOutOfRange;
use crate::simd::{InstructionSet, Kernel, dispatch_pass};

use input::checked_step;
pub use input::{StepInput, TakenStep};
pub use output::{BlockOutput, GivenStep, StepOutput};
pub use sequence::{
    States, forward_from, forward_from_into, forward_outputs_from, forward_outputs_from_into,
    record_from, train_from,
};
pub use state::{StateError, StreamState};

const MEMORY: &str = "the memory of a stream";

type Scalar<P> = <<P as Deref>::Target as Network>::Scalar;

/// A network on its way through a sequence, and what it remembers of it.
///
/// A step has `IN` values and gives `OUT`. `P` points to the network: `net.stream()` gives a `Stream<&Net, ..>`; one
/// that owns its network, as a field of a struct often has to, is made by [`Stream::new`] from an
/// [`Aligned<Net>`](crate::Aligned) or an `Arc<Net>`.
///
/// What it gives is a `Y`: a vector, or the struct of several outputs, with the step of each. `K` says what it takes: an array,
/// or the struct of several inputs, with an array for each; any samples and references to them will do.
///
/// Its memory is allocated when it is made, [`push`](Stream::push) allocates nothing. The weights of convolutions are copied
/// then, in the order in which steps read them. A clone goes on from the same
/// step on its own, as when several continuations of one beginning are tried. What it remembers is a value, its
/// [`StreamState`].
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Smooth< [1, 16] => conv(1, 4, padding: causal, bias: false) >; }
///
/// struct Filter {
///     stream: Stream<Aligned<Smooth>, 1, 1>,
/// }
///
/// let mut smooth = Smooth::zeros();
/// smooth.stage1.weight[0][0].fill(0.25);
/// let mut filter = Filter { stream: Stream::new(smooth) };
/// let y = [4.0, 4.0, 8.0].map(|x| filter.stream.push(&[x])[0]);
/// assert_eq!(y, [1.0, 2.0, 4.0]);
///
/// let mut other = filter.stream.clone();
/// assert_eq!(other.push(&[0.0])[0], 4.0);
/// assert_eq!(filter.stream.push(&[16.0])[0], 8.0);
///
/// other.reset();
/// assert_eq!((other.position(), other.push(&[4.0])[0]), (0, 1.0));
/// ```
pub struct Stream<
    P,
    const IN: usize,
    const OUT: usize,
    Y = SVector<Scalar<P>, OUT>,
    K = [Input<<P as Deref>::Target>; IN],
> where
    P: Deref<Target: Network>,
{
    network: P,
    state: StreamState<P::Target>,
    stepper: Stepper<P::Target, IN, OUT>,
    steps: PhantomData<fn(K) -> Y>,
}

/// What takes steps of any state.
struct Stepper<N: Network, const IN: usize, const OUT: usize> {
    /// What is prepared, working memory of a step, and room for a copy of what goes in.
    memory: Buffer<N::Scalar>,
    /// What goes into a block and comes out of it, and working memory: nothing before the first block.
    block_memory: Buffer<N::Scalar>,
    needs: StreamMemory,
    /// How many values are prepared.
    prepared: usize,
    /// Pointers, so that no other method asks again whether the network streams: a network that does not is
    /// reported once.
    step: Step<N, IN, OUT>,
    block: RunBlock<N>,
}

/// Runs a network over one step, with what is kept, what is prepared, working memory and position: one by one, since of a struct
/// of them a copy would be made.
type Step<N, const IN: usize, const OUT: usize> = fn(
    &N,
    &[Input<N>; IN],
    &mut [<N as Network>::Scalar; OUT],
    &mut [<N as Network>::Scalar],
    &[<N as Network>::Scalar],
    &mut [<N as Network>::Scalar],
    usize,
);

/// The same over a block.
type RunBlock<N> = fn(
    &N,
    &[Input<N>],
    &mut [<N as Network>::Scalar],
    &mut [<N as Network>::Scalar],
    &[<N as Network>::Scalar],
    &mut [<N as Network>::Scalar],
    usize,
);

impl<P, const IN: usize, const OUT: usize, Y, K> Stream<P, IN, OUT, Y, K>
where
    P: Deref<Target: Network>,
{
    /// A stream in front of the first step of a sequence, with time along the axis `Time` of the input.
    pub fn new<N, T, Time>(network: P) -> Self
    where
        P: Deref<Target = N>,
        N: Network<Scalar = T> + Streaming<T, Time>,
        N: Layer<T, Input: Sequence<Time, Step: TakenStep<Input<N>, IN, Taken = K>>>,
        N: Layer<
                T,
                Output: Sequence<
                    <N as Streaming<T, Time>>::Behind,
                    Step: GivenStep<T, OUT, Given = Y>,
                >,
            >,
        T: Float,
        Time: TimeAxis,
    {
        let (needs, prepared) = const { (N::MEMORY, N::PREPARED) };
        let mut memory = Buffer::new();
        let scratch = capacity::sum(needs.scratch, IN, MEMORY);
        let values = memory.at_least(capacity::sum(prepared, scratch, MEMORY));
        network.prepare(&mut values[..prepared]);
        let stepper = Stepper {
            memory,
            block_memory: Buffer::new(),
            needs,
            prepared,
            step: step::<N, Time, IN, OUT>,
            block: block::run::<N, Time>,
        };
        Stream { network, state: StreamState::new(), stepper, steps: PhantomData }
    }
}

impl<P, const IN: usize, const OUT: usize, Y, K> Stream<P, IN, OUT, Y, K>
where
    P: Deref<Target: Network>,
    Y: StepOutput<Scalar<P>, OUT>,
{
    /// Takes the next step of the input and gives that of the output.
    ///
    /// # Panics
    /// If it has taken as many steps as it can, where [`try_push`](Stream::try_push) does not panic, or if a token is
    /// none of the vocabulary.
    #[inline]
    #[track_caller]
    pub fn push<X>(&mut self, x: &X) -> Y
    where
        X: StepInput<Input<P::Target>, IN, K> + ?Sized,
    {
        let mut y = Y::zeros();
        self.push_into(x, &mut y);
        y
    }

    /// As [`push`](Stream::push), or a [`StreamError`] where it would panic; it is then where it was.
    ///
    /// # Errors
    /// If it has taken as many steps as it can, or if a token is none of the vocabulary.
    #[inline]
    pub fn try_push<X>(&mut self, x: &X) -> Result<Y, StreamError>
    where
        X: StepInput<Input<P::Target>, IN, K> + ?Sized,
    {
        let mut y = Y::zeros();
        self.run(x, &mut y)?;
        Ok(y)
    }

    /// As [`push`](Stream::push), into memory that the caller holds.
    ///
    /// # Panics
    /// As [`push`](Stream::push).
    #[inline]
    #[track_caller]
    pub fn push_into<X>(&mut self, x: &X, y: &mut Y)
    where
        X: StepInput<Input<P::Target>, IN, K> + ?Sized,
    {
        if let Err(error) = self.run(x, y) {
            panic!("{error}");
        }
    }

    #[inline]
    fn run<X>(&mut self, x: &X, y: &mut Y) -> Result<(), StreamError>
    where
        X: StepInput<Input<P::Target>, IN, K> + ?Sized,
    {
        self.stepper.run(&self.network, &mut self.state, x, y)
    }

    /// As [`push`](Stream::push), of the sequence whose state that is: one stream serves many sequences. Its own state
    /// stays as it is.
    ///
    /// # Panics
    /// As [`push`](Stream::push), with the steps of that state.
    #[inline]
    #[track_caller]
    pub fn push_for<X>(&mut self, state: &mut StreamState<P::Target>, x: &X) -> Y
    where
        X: StepInput<Input<P::Target>, IN, K> + ?Sized,
    {
        match self.try_push_for(state, x) {
            Ok(y) => y,
            Err(error) => panic!("{error}"),
        }
    }

    /// As [`push_for`](Stream::push_for), or a [`StreamError`] where it would panic; the state is then as it was.
    ///
    /// # Errors
    /// If the state is behind as many steps as a stream can take, or if a token is none of the vocabulary.
    #[inline]
    pub fn try_push_for<X>(
        &mut self,
        state: &mut StreamState<P::Target>,
        x: &X,
    ) -> Result<Y, StreamError>
    where
        X: StepInput<Input<P::Target>, IN, K> + ?Sized,
    {
        let mut y = Y::zeros();
        self.stepper.run(&self.network, state, x, &mut y)?;
        Ok(y)
    }
}

impl<P, const IN: usize, const OUT: usize, Y, K> Stream<P, IN, OUT, Y, K>
where
    P: Deref<Target: Network>,
{
    /// What it remembers of the steps that it has taken.
    pub fn state(&self) -> &StreamState<P::Target> {
        &self.state
    }

    /// What it remembers, to be changed.
    pub fn state_mut(&mut self) -> &mut StreamState<P::Target> {
        &mut self.state
    }

    /// What a recurrence keeps, which is that field of the network: see [`StreamState::part`].
    ///
    /// # Panics
    /// If it is no stage of the network.
    #[track_caller]
    pub fn part<L: KeepsState<Scalar<P>>>(
        &self,
        layer: impl FnOnce(&P::Target) -> &L,
    ) -> &L::State {
        self.state.part(&self.network, layer)
    }

    /// The same, to be changed.
    ///
    /// # Panics
    /// If it is no stage of the network.
    #[track_caller]
    pub fn part_mut<L: KeepsState<Scalar<P>>>(
        &mut self,
        layer: impl FnOnce(&P::Target) -> &L,
    ) -> &mut L::State {
        self.state.part_mut(&self.network, layer)
    }

    /// Goes on from that state, as the stream would that it was taken of. Allocates nothing.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// network! { struct Net< [64, 2] => gru(4) => 1 >; }
    ///
    /// let net = Net::new(&mut StdRng::seed_from_u64(1));
    /// let mut stream = net.stream();
    /// stream.push(&[0.5, -0.5]);
    /// let start: StreamState<Net> = stream.state().clone();
    /// let first = stream.push(&[0.25, 1.0]);
    /// stream.set_state(&start);
    /// assert_eq!(stream.push(&[0.25, 1.0]), first);
    /// ```
    pub fn set_state(&mut self, state: &StreamState<P::Target>) {
        self.state.clone_from(state);
    }

    /// The same stream, which goes on from that state.
    #[must_use]
    pub fn with_state(mut self, state: &StreamState<P::Target>) -> Self {
        self.set_state(state);
        self
    }

    /// How many steps it has taken.
    pub fn position(&self) -> usize {
        self.state.position
    }

    /// How many steps it can take: `None` if there is no end.
    ///
    /// Attention and learned positions know sequences up to the length of the declaration.
    pub fn capacity(&self) -> Option<usize> {
        self.stepper.needs.steps
    }

    /// The network.
    pub fn network(&self) -> &P::Target {
        &self.network
    }

    /// Forgets all steps: the next one is the first of another sequence.
    pub fn reset(&mut self) {
        self.state.reset();
    }
}

impl<N: Network, const IN: usize, const OUT: usize> Stepper<N, IN, OUT> {
    #[inline]
    fn run<X, K, Y>(
        &mut self,
        network: &N,
        state: &mut StreamState<N>,
        x: &X,
        y: &mut Y,
    ) -> Result<(), StreamError>
    where
        X: StepInput<Input<N>, IN, K> + ?Sized,
        Y: StepOutput<N::Scalar, OUT>,
    {
        let position = state.position;
        if let Some(steps) = self.needs.steps
            && position >= steps
        {
            return Err(StreamError::Full { network: N::NAME, steps });
        }
        let memory = self.memory.first_mut(self.prepared + self.needs.scratch + IN);
        let (prepared, rest) = memory.split_at_mut(self.prepared);
        let (scratch, copy) = rest.split_at_mut(self.needs.scratch);
        let out_of_range = |error: TokenOutOfRange| StreamError::Token {
            network: N::NAME,
            error: TokenOutOfRange { position, ..error },
        };
        let copy = carve::<N::Scalar, Input<N>>(copy, IN).0.as_chunks_mut().0;
        let x = checked_step::<N, X, K, IN>(x, &mut copy[0]).map_err(out_of_range)?;
        let kept = state.values_mut();
        y.write(|y| (self.step)(network, x, y, kept, prepared, scratch, position));
        state.position = position + 1;
        Ok(())
    }
}

fn step<N, Time, const IN: usize, const OUT: usize>(
    network: &N,
    input: &[Input<N>; IN],
    output: &mut [N::Scalar; OUT],
    kept: &mut [N::Scalar],
    prepared: &[N::Scalar],
    scratch: &mut [N::Scalar],
    position: usize,
) where
    N: Network + Streaming<<N as Network>::Scalar, Time>,
    Time: TimeAxis,
{
    let kept = &mut kept[..const { N::MEMORY.state }];
    let prepared = &prepared[..const { N::PREPARED }];
    let time = PhantomData::<Time>;
    dispatch_pass(Push { network, input, output, kept, prepared, scratch, position, time });
}

/// One step. Sizes are part of the type, so that they are constants in the code for each instruction set.
struct Push<'a, N: Network, Time, const IN: usize, const OUT: usize> {
    network: &'a N,
    input: &'a [Input<N>; IN],
    output: &'a mut [N::Scalar; OUT],
    kept: &'a mut [N::Scalar],
    prepared: &'a [N::Scalar],
    scratch: &'a mut [N::Scalar],
    position: usize,
    time: PhantomData<Time>,
}

impl<N, Time, const IN: usize, const OUT: usize> Kernel for Push<'_, N, Time, IN, OUT>
where
    N: Network + Streaming<<N as Network>::Scalar, Time>,
    Time: TimeAxis,
{
    type Output = ();

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) {
        let state = StepState { kept: self.kept, prepared: self.prepared };
        let mut pass = Pass::evaluate(instructions, self.scratch);
        self.network.run(OneStep, self.input, self.output, state, self.position, &mut pass);
    }
}

impl<P, const IN: usize, const OUT: usize, Y, K> Clone for Stream<P, IN, OUT, Y, K>
where
    P: Deref<Target: Network> + Clone,
{
    fn clone(&self) -> Self {
        Stream {
            network: self.network.clone(),
            state: self.state.clone(),
            stepper: self.stepper.clone(),
            steps: PhantomData,
        }
    }
}

impl<N: Network, const IN: usize, const OUT: usize> Clone for Stepper<N, IN, OUT> {
    fn clone(&self) -> Self {
        // A block allocates anew.
        Stepper { memory: self.memory.clone(), block_memory: Buffer::new(), ..*self }
    }
}

impl<P, const IN: usize, const OUT: usize, Y, K> fmt::Debug for Stream<P, IN, OUT, Y, K>
where
    P: Deref<Target: Network>,
{
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = <P::Target as Network>::NAME;
        write!(formatter, "Stream of {name} behind step {}", self.position())
    }
}

/// Why a [`Stream`] does not take a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StreamError {
    /// It has taken as many steps as its network can.
    Full {
        /// What the network is called.
        network: &'static str,
        /// How many steps it can take.
        steps: usize,
    },
    /// It cannot take as many steps as a block has.
    Block {
        /// What the network is called.
        network: &'static str,
        /// How many steps it can take.
        steps: usize,
        /// How many it has taken.
        position: usize,
        /// How many the block has.
        block: usize,
    },
    /// The token is none of the vocabulary.
    Token {
        /// What the network is called.
        network: &'static str,
        /// Which token it is. Its position is that of the step.
        error: TokenOutOfRange,
    },
}

impl fmt::Display for StreamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { network, steps } => write!(
                formatter,
                "a stream of {network} takes {steps} steps, as many as its declaration says, and has taken them \
                 all; `reset` begins another sequence"
            ),
            Self::Block { network, steps, position, block } => write!(
                formatter,
                "a stream of {network} takes {steps} steps, as many as its declaration says: behind {position} of them it \
                 cannot take a block of {block}"
            ),
            Self::Token { network, error } => write!(formatter, "`{network}` cannot run: {error}"),
        }
    }
}

impl core::error::Error for StreamError {}
