//! Networks over sequences, step by step.
//!
//! A network over `[length, features]` or `[channels, length]` whose stages look back only can also take its
//! sequence as it comes: `net.stream()` gives a [`Stream`], which keeps what the stages remember and takes one
//! step after the other. It gives what the forward pass over the whole sequence would give for each step. A step
//! allocates nothing and costs what one step costs, however long the sequence is.
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
//! What streams:
//!
//! | stage | time |
//! | --- | --- |
//! | `conv` and `depthwise` with `padding: causal` or a kernel of 1, `batch_norm`, `concat` | `[channels, length]`: [`TimeLast`](crate::layer::TimeLast) |
//! | `layer_norm` and `rms_norm` over the features, `softmax` and `log_softmax` | `[length, features]`: [`TimeFirst`] |
//! | other activations, `dropout`, `residual`, `repeat`, `sum`, other networks | either |
//! | `transpose` | goes from one to the other |
//!
//! A network in which no stage says where time runs is told: `net.stream::<TimeFirst>()`.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use nalgebra::{Const, SVector};

use crate::buffer::Buffer;
use crate::layer::{Layer, Pass, Sequence, StreamMemory, Streaming, TimeAxis, TimeFirst};
use crate::network::Network;
use crate::samples::Samples;
use crate::scalar::Float;
use crate::shape::Rank1;
use crate::simd::{InstructionSet, Kernel, dispatch};

type Scalar<P> = <<P as Deref>::Target as Network>::Scalar;

/// A network on its way through a sequence, and what it remembers of it.
///
/// `P` points to the network: `net.stream()` gives a `Stream<&Net, _>`; one that owns its network, as a field of
/// a struct often has to, is made by `Stream::new(net)` from an [`Aligned<Net>`](crate::Aligned) or an
/// `Arc<Net>`. `Time` is the axis along which time runs in the network's input.
///
/// Its memory is allocated when it is made, [`push`](Stream::push) allocates nothing. A clone goes on from the same
/// step on its own, as when several continuations of one beginning are tried.
///
/// ```
/// use static_net::layer::TimeLast;
/// use static_net::prelude::*;
///
/// network! { struct Smooth< [1, 16] => conv(1, 4, padding: causal, bias: false) >; }
///
/// struct Filter {
///     stream: Stream<Aligned<Smooth>, TimeLast>,
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
pub struct Stream<P, Time = TimeFirst>
where
    P: Deref,
    P::Target: Network,
{
    network: P,
    /// The state, then the working memory of a step.
    memory: Buffer<Scalar<P>>,
    values: usize,
    state: usize,
    position: usize,
    time: PhantomData<fn() -> Time>,
}

impl<P, N, T, Time> Stream<P, Time>
where
    P: Deref<Target = N>,
    N: Network<Scalar = T> + Streaming<T, Time>,
    T: Float,
    Time: TimeAxis,
{
    const MEMORY: StreamMemory = N::MEMORY;

    /// A stream in front of the first step of a sequence.
    pub fn new(network: P) -> Self {
        let () = N::CHECKS;
        let mut memory = Buffer::new();
        let values = Self::MEMORY.state + Self::MEMORY.scratch;
        memory.at_least(values);
        let state = Self::MEMORY.state;
        Stream { network, memory, values, state, position: 0, time: PhantomData }
    }

    /// How many steps it can take: `None` if there is no end.
    ///
    /// Attention and learned positions know sequences up to the length of the declaration.
    pub fn capacity(&self) -> Option<usize> {
        Self::MEMORY.steps
    }
}

impl<P, Time> Stream<P, Time>
where
    P: Deref,
    P::Target: Network,
{
    /// How many steps it has taken.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The network.
    pub fn network(&self) -> &P::Target {
        &self.network
    }

    /// Forgets all steps: the next one is the first of another sequence.
    pub fn reset(&mut self) {
        self.memory.at_least(self.state).fill(Scalar::<P>::ZERO);
        self.position = 0;
    }
}

impl<P, N, T, Time, const IN: usize, const OUT: usize> Stream<P, Time>
where
    P: Deref<Target = N>,
    N: Network<Scalar = T> + Streaming<T, Time>,
    N: Layer<T, Input: Sequence<Time, Step = Rank1<IN>>>,
    N: Layer<T, Output: Sequence<<N as Streaming<T, Time>>::Behind, Step = Rank1<OUT>>>,
    T: Float,
    Time: TimeAxis,
{
    /// Takes the next step of the input and gives that of the output.
    ///
    /// # Panics
    /// If it has taken as many steps as it can; [`try_push`](Stream::try_push) does not panic.
    #[inline]
    #[track_caller]
    pub fn push<X>(&mut self, x: &X) -> SVector<T, OUT>
    where
        X: Samples<T, IN, Batch = Const<1>> + ?Sized,
    {
        match self.try_push(x) {
            Ok(y) => y,
            Err(full) => panic!("{full}"),
        }
    }

    /// As [`push`](Stream::push), or [`StreamFull`] if there are as many steps as the network can take.
    ///
    /// # Errors
    /// If it has taken as many steps as it can.
    #[inline]
    pub fn try_push<X>(&mut self, x: &X) -> Result<SVector<T, OUT>, StreamFull>
    where
        X: Samples<T, IN, Batch = Const<1>> + ?Sized,
    {
        let mut y = SVector::zeros();
        self.step(x, &mut y)?;
        Ok(y)
    }

    /// As [`push`](Stream::push), into memory that the caller holds.
    ///
    /// # Panics
    /// If it has taken as many steps as it can.
    #[inline]
    #[track_caller]
    pub fn push_into<X>(&mut self, x: &X, y: &mut SVector<T, OUT>)
    where
        X: Samples<T, IN, Batch = Const<1>> + ?Sized,
    {
        if let Err(full) = self.step(x, y) {
            panic!("{full}");
        }
    }

    #[inline]
    fn step<X>(&mut self, x: &X, y: &mut SVector<T, OUT>) -> Result<(), StreamFull>
    where
        X: Samples<T, IN, Batch = Const<1>> + ?Sized,
    {
        let full = Self::MEMORY.steps.filter(|steps| self.position >= *steps);
        if let Some(steps) = full {
            return Err(StreamFull { network: N::NAME, steps });
        }
        match x.as_samples() {
            Some(x) => self.run(&x[0], y),
            None => {
                let mut copy = [[T::ZERO; IN]];
                x.copy_samples(0, &mut copy);
                self.run(&copy[0], y);
            }
        }
        self.position += 1;
        Ok(())
    }

    #[inline(always)]
    fn run(&mut self, input: &[T; IN], output: &mut SVector<T, OUT>) {
        dispatch(Push::<N, Time, IN, OUT> {
            network: &self.network,
            input,
            output: &mut output.data.0[0],
            memory: self.memory.at_least(self.values),
            position: self.position,
            time: PhantomData,
        });
    }
}

/// One step. Sizes are part of the type, so that they are constants in the code for each instruction set.
struct Push<'a, N: Network, Time, const IN: usize, const OUT: usize> {
    network: &'a N,
    input: &'a [N::Scalar; IN],
    output: &'a mut [N::Scalar; OUT],
    memory: &'a mut [N::Scalar],
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
        let (state, scratch) = self.memory.split_at_mut(const { N::MEMORY.state });
        let mut pass = Pass::new(instructions, scratch);
        self.network.step(self.input, self.output, state, self.position, &mut pass);
    }
}

impl<P, Time> Clone for Stream<P, Time>
where
    P: Deref + Clone,
    P::Target: Network,
{
    fn clone(&self) -> Self {
        Stream { network: self.network.clone(), memory: self.memory.clone(), ..*self }
    }
}

impl<P, Time> fmt::Debug for Stream<P, Time>
where
    P: Deref,
    P::Target: Network,
{
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = <P::Target as Network>::NAME;
        write!(formatter, "Stream of {name} behind step {}", self.position)
    }
}

/// A [`Stream`] has taken as many steps as its network can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamFull {
    /// What the network is called.
    pub network: &'static str,
    /// How many steps it can take.
    pub steps: usize,
}

impl fmt::Display for StreamFull {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "a stream of {} takes {} steps, as many as its declaration says, and has taken them all; \
             `reset` begins another sequence",
            self.network, self.steps
        )
    }
}

impl core::error::Error for StreamFull {}
