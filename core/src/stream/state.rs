//! What a stream remembers, as a value.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::any::TypeId;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;

use crate::buffer::Buffer;
use crate::layer::{
    Describe, KeepsState, StatePart, StateParts, StreamMemory, Streaming, TimeAxis, place_of,
    step_len,
};
use crate::network::Network;
use crate::parameters::{Kind, Layout, Parameters, Tensor};
use crate::scalar::Float;
use crate::shape::{Shape, length};

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
/// What a recurrence keeps has a type, by the field that it is in the network:
///
/// ```
/// # use static_net::prelude::*;
/// network! { struct Deep< [64, 2] => repeat(3; residual(memory: lstm(4) => 2)) => 1 >; }
///
/// let net = Deep::new(&mut StdRng::seed_from_u64(1));
/// let mut state = StreamState::<Deep>::new();
/// state.part_mut(&net, |net| &net.stage1[2].memory).hidden.fill(0.5);
/// assert_eq!(state.part(&net, |net| &net.stage1[2].memory).hidden[3], 0.5);
/// let tensor = &state.tensors()[4];
/// assert_eq!((tensor.name.as_str(), tensor.range.clone()), ("stage1.2.memory.h_0", 16..20));
/// assert_eq!(state.values()[16..20], [0.5; 4]);
///
/// // A stream knows its network.
/// let mut stream = net.stream().with_state(&state);
/// stream.part_mut(|net| &net.stage1[0].memory).cell[0] = 1.0;
/// ```
///
/// A state can be stored: as the bytes of [`to_bytes`](StreamState::to_bytes), as its numbers, or as a safetensors file with a
/// name for each part (`save`, `restore`, with the feature `safetensors`).
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
/// state.set_values(position, &values)?;
/// assert_eq!(net.stream().with_state(&state).push(&[0.25]), next);
/// assert!(state.set_values(position, &values[1..]).is_err());
/// # Ok::<(), static_net::stream::StateError>(())
/// ```
pub struct StreamState<N: Network> {
    memory: Buffer<N::Scalar>,
    /// How many values it is.
    len: usize,
    pub(super) position: usize,
    /// How many steps a whole sequence has.
    pub(super) length: usize,
    /// How many steps a stream can take.
    steps: Option<usize>,
    pub(super) describe: Describe,
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
        let describe: Describe = |visit| StateParts::visit::<N::Scalar, N, Time>(visit);
        let length = length(<N::Input as Shape>::LEN, step_len::<N::Input, Time>());
        StreamState { memory, len, position: 0, length, steps, describe, network: PhantomData }
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

    /// What a recurrence keeps, which is that field of the network: its `hidden` state, and the `cell` of an `lstm`.
    ///
    /// # Panics
    /// If it is no stage of the network.
    #[track_caller]
    pub fn part<L: KeepsState<N::Scalar>>(
        &self,
        network: &N,
        layer: impl FnOnce(&N) -> &L,
    ) -> &L::State {
        let range = self.place_of(network, layer(network));
        let values = &self.values()[range];
        check_size::<N::Scalar, L>(values.len());
        // SAFETY: `Parameters` promises that it is values of that type and nothing else, so that any make a valid one, and
        // is aligned as they are; they are as many.
        unsafe { &*values.as_ptr().cast() }
    }

    /// The same, to be changed.
    ///
    /// # Panics
    /// If it is no stage of the network.
    #[track_caller]
    pub fn part_mut<L: KeepsState<N::Scalar>>(
        &mut self,
        network: &N,
        layer: impl FnOnce(&N) -> &L,
    ) -> &mut L::State {
        let range = self.place_of(network, layer(network));
        let values = &mut self.values_mut()[range];
        check_size::<N::Scalar, L>(values.len());
        // SAFETY: as in `part`; the exclusive borrow is handed on.
        unsafe { &mut *values.as_mut_ptr().cast() }
    }

    /// Where what a layer keeps lies in the state.
    #[track_caller]
    fn place_of<L: Parameters<N::Scalar>>(&self, network: &N, layer: &L) -> Range<usize> {
        self.place_at(network, TypeId::of::<L>(), (&raw const *layer).addr())
    }

    /// The same of the layer of that type at that address.
    ///
    /// # Panics
    /// If there is none, or more than one.
    #[track_caller]
    pub(super) fn place_at(&self, network: &N, layer: TypeId, address: usize) -> Range<usize> {
        // What lies in front of the network is in none of its layers.
        let address = address.wrapping_sub((&raw const *network).addr());
        place_of::<N::Scalar>(self.describe, layer, address).unwrap_or_else(|count| {
            panic!("the layer is {count} stages of `{}` that keep a state", N::NAME)
        })
    }

    /// What lies where in [`values`](StreamState::values): the names and shapes of what each stage keeps, in order.
    ///
    /// | stage | tensors |
    /// | --- | --- |
    /// | `lstm` | `h_0` and `c_0`, `[1, hidden]`, as `torch.nn.LSTM` takes them where there is one sample |
    /// | `gru`, `rnn` | `h_0` |
    /// | `conv`, `depthwise` | `past`, `[steps, channels]`: the steps that a window reaches back to, as a ring |
    /// | `attention` | `cache`, `[length, features]`: the keys of each step, then its values |
    /// | a layer of one's own | `state`, or what its [`describe_state`](Streaming::describe_state) lists |
    pub fn tensors(&self) -> Vec<Tensor> {
        let mut tensors = Vec::new();
        (self.describe)(&mut |part| {
            if let StatePart::Tensor { path, shape, range } = part {
                let strides = (1..=shape.len()).map(|axis| shape[axis..].iter().product());
                tensors.push(Tensor {
                    name: path.to_string(),
                    shape: shape.to_vec(),
                    strides: strides.collect(),
                    range,
                    kind: Kind::RunningStatistic,
                });
            }
        });
        tensors
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
    pub fn set_values(&mut self, position: usize, values: &[N::Scalar]) -> Result<(), StateError> {
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
    /// state.set_bytes(&bytes)?;
    /// assert_eq!(&state, stream.state());
    /// # Ok::<(), static_net::stream::StateError>(())
    /// ```
    pub fn set_bytes(&mut self, bytes: &[u8]) -> Result<(), StateError> {
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

    #[cfg(feature = "safetensors")]
    pub(crate) fn set_position(&mut self, position: usize) {
        self.position = position;
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

/// # Panics
/// If a layer keeps more or fewer values than its type says.
#[track_caller]
fn check_size<T: Float, L: KeepsState<T>>(values: usize) {
    let () = Layout::<T, L::State>::CHECKED;
    let expected = <L::State as Parameters<T>>::VALUES;
    assert!(values == expected, "a layer that keeps {values} values shows {expected} of them");
}

const POSITION_BYTES: usize = size_of::<u64>();

impl<N: Network> Clone for StreamState<N> {
    fn clone(&self) -> Self {
        StreamState { memory: self.memory.clone(), ..*self }
    }

    /// Allocates nothing, unless one of them is of a stream along the other axis.
    fn clone_from(&mut self, source: &Self) {
        self.memory.at_least(source.len);
        self.len = source.len;
        self.values_mut().copy_from_slice(source.values());
        (self.position, self.length, self.steps) = (source.position, source.length, source.steps);
        self.describe = source.describe;
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
