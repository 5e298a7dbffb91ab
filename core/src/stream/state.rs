//! What a stream remembers, as a value.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use crate::buffer::Buffer;
use crate::layer::{StreamMemory, Streaming, TimeAxis};
use crate::network::Network;
use crate::scalar::Float;

/// What a stream of the network `N` remembers of the steps that it has taken: how many there were, and what each stage
/// keeps of them (the outputs and cells of recurrences, the steps that causal convolutions look back to, the keys and
/// values of attention; those inside of compositions and of other networks too).
///
/// A stream [has](super::Stream::state) one, and can be [set](super::Stream::set_state) to another. A single stream can
/// serve many sequences that come at the same time, such as the voices of a synthesizer, each of which has a state:
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Voice< [64, 1] => lstm(8) => 1 >; }
///
/// let net = Voice::new(&mut StdRng::seed_from_u64(1));
/// let mut stream = net.stream();
/// let mut voices = vec![StreamState::<Voice>::new(); 3];
/// for time in 0..10 {
///     for (voice, state) in voices.iter_mut().enumerate() {
///         let y = stream.push_for(state, &[(time * voice) as f32 / 9.0]);
///         assert!(y[0].is_finite());
///     }
/// }
/// assert_ne!(voices[0], voices[1]);
///
/// voices[1].reset(); // its next step is the first of another sequence
/// assert_eq!(voices[1], StreamState::new());
/// assert_eq!((voices[1].position(), voices[2].position()), (0, 10));
/// ```
///
/// A state can be stored, as the bytes of [`to_bytes`](StreamState::to_bytes) or as its numbers:
///
/// ```
/// # use static_net::prelude::*;
/// # network! { struct Voice< [64, 1] => lstm(8) => 1 >; }
/// # let net = Voice::new(&mut StdRng::seed_from_u64(1));
/// # let mut stream = net.stream();
/// stream.push(&[0.5]);
/// let (position, values) = (stream.state().position(), stream.state().values().to_vec());
/// let next = stream.push(&[0.25]);
///
/// let mut state = StreamState::<Voice>::new();
/// state.restore(position, &values)?;
/// assert_eq!(net.stream().with_state(&state).push(&[0.25]), next);
/// assert!(state.restore(position, &values[1..]).is_err());
/// # Ok::<(), static_net::stream::StateError>(())
/// ```
pub struct StreamState<N: Network> {
    memory: Buffer<N::Scalar>,
    /// How many values it is.
    len: usize,
    pub(super) position: usize,
    /// How many steps a stream can take.
    steps: Option<usize>,
    network: PhantomData<fn() -> N>,
}

impl<N: Network> StreamState<N> {
    /// The state in front of the first step of a sequence, with time along the axis `Time` of the input.
    ///
    /// Where a network says itself along which axis time runs, so do its states. Of one that does not, it is told:
    /// `StreamState::<Net>::new::<TimeFirst>()`.
    pub fn new<Time>() -> Self
    where
        N: Streaming<<N as Network>::Scalar, Time>,
        Time: TimeAxis,
    {
        // A layer's needs include its checks.
        let _ = const { N::NEEDS };
        let StreamMemory { state: len, steps, .. } = const { N::MEMORY };
        let mut memory = Buffer::new();
        memory.at_least(len);
        StreamState { memory, len, position: 0, steps, network: PhantomData }
    }

    /// How many steps there were.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What all stages keep, one stage behind the other.
    pub fn values(&self) -> &[N::Scalar] {
        self.memory.first(self.len)
    }

    /// What all stages keep, to be changed.
    pub fn values_mut(&mut self) -> &mut [N::Scalar] {
        self.memory.first_mut(self.len)
    }

    /// Forgets all steps: the next one is the first of another sequence.
    pub fn reset(&mut self) {
        self.values_mut().fill(N::Scalar::ZERO);
        self.position = 0;
    }

    /// Makes it the state behind `position` steps that has these values: those of another state of the same network.
    ///
    /// # Errors
    /// If there are more or fewer values, or more steps than a stream can take. It is unchanged then.
    pub fn restore(&mut self, position: usize, values: &[N::Scalar]) -> Result<(), StateError> {
        if values.len() != self.len {
            let (expected, found) = (self.len, values.len());
            return Err(StateError::Values { network: N::NAME, expected, found });
        }
        self.check_position(position)?;
        self.values_mut().copy_from_slice(values);
        self.position = position;
        Ok(())
    }

    /// It as bytes: how many steps there were, in eight bytes, then the values, the least significant byte of each first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let values = self.values();
        let mut bytes = alloc::vec![0; POSITION_BYTES + size_of_val(values)];
        let (position, rest) = bytes.split_at_mut(POSITION_BYTES);
        position.copy_from_slice(&(self.position as u64).to_le_bytes());
        Float::write_le(values, 1, rest);
        bytes
    }

    /// Makes it the state that [`to_bytes`](StreamState::to_bytes) gave these bytes for.
    ///
    /// # Errors
    /// If there are more or fewer bytes, or more steps than a stream can take. It is unchanged then.
    ///
    /// ```
    /// use static_net::prelude::*;
    ///
    /// network! { struct Filter< [1, 64] => conv(1, 4, padding: causal) >; }
    ///
    /// let net = Filter::new(&mut StdRng::seed_from_u64(1));
    /// let mut stream = net.stream();
    /// stream.push(&[0.5]);
    /// let bytes: Vec<u8> = stream.state().to_bytes();
    ///
    /// let mut state = StreamState::<Filter>::new();
    /// state.restore_bytes(&bytes)?;
    /// assert_eq!(&state, stream.state());
    /// # Ok::<(), static_net::stream::StateError>(())
    /// ```
    pub fn restore_bytes(&mut self, bytes: &[u8]) -> Result<(), StateError> {
        let expected = POSITION_BYTES + self.len * size_of::<N::Scalar>();
        let (position, values) = match bytes.split_first_chunk() {
            Some(parts) if bytes.len() == expected => parts,
            _ => {
                let found = bytes.len();
                return Err(StateError::Bytes { network: N::NAME, expected, found });
            }
        };
        let position = usize::try_from(u64::from_le_bytes(*position)).unwrap_or(usize::MAX);
        self.check_position(position)?;
        Float::read_le(values, self.values_mut(), 1);
        self.position = position;
        Ok(())
    }

    pub(crate) fn check_position(&self, position: usize) -> Result<(), StateError> {
        match self.steps {
            Some(steps) if position > steps => {
                Err(StateError::Position { network: N::NAME, steps, position })
            }
            _ => Ok(()),
        }
    }
}

const POSITION_BYTES: usize = size_of::<u64>();

impl<N: Network> Clone for StreamState<N> {
    fn clone(&self) -> Self {
        StreamState { memory: self.memory.clone(), ..*self }
    }

    /// Allocates nothing, unless one of them is of a stream along the other axis.
    fn clone_from(&mut self, source: &Self) {
        self.memory.at_least(source.len);
        (self.len, self.position, self.steps) = (source.len, source.position, source.steps);
        self.values_mut().copy_from_slice(source.values());
    }
}

impl<N: Network> PartialEq for StreamState<N> {
    fn eq(&self, other: &Self) -> bool {
        self.position == other.position && self.values() == other.values()
    }
}

impl<N: Network> fmt::Debug for StreamState<N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StreamState")
            .field("network", &N::NAME)
            .field("position", &self.position)
            .field("values", &self.values())
            .finish()
    }
}

/// Why something stored does not become a [`StreamState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// There are more or fewer values.
    Values {
        /// What the network is called.
        network: &'static str,
        /// How many values a state has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// There are more or fewer bytes.
    Bytes {
        /// What the network is called.
        network: &'static str,
        /// How many bytes a state takes.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// There were more steps than a stream can take.
    Position {
        /// What the network is called.
        network: &'static str,
        /// How many steps a stream of it can take.
        steps: usize,
        /// How many there were.
        position: usize,
    },
}

impl fmt::Display for StateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Values { network, expected, found } => {
                write!(formatter, "a state of `{network}` has {expected} values, not {found}")
            }
            Self::Bytes { network, expected, found } => {
                write!(formatter, "a state of `{network}` takes {expected} bytes, not {found}")
            }
            Self::Position { network, steps, position } => write!(
                formatter,
                "a stream of `{network}` takes {steps} steps, as many as its declaration says: there is no state \
                 behind {position}"
            ),
        }
    }
}

impl core::error::Error for StateError {}
