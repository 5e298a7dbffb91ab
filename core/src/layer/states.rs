//! The states that the samples of a pass go on from.

use alloc::vec::Vec;
use core::any::TypeId;
use core::ops::Range;

use super::Layer;
use super::streaming::{Describe, place_of};
use crate::scalar::Float;

/// The states of the samples of a batch.
pub trait SampleStates<T> {
    /// All values of a sample's state, and how many steps came before.
    fn of(&mut self, sample: usize) -> (&mut [T], usize);

    /// Where what a layer keeps lies among the values: the layer of that type at that address.
    fn place_of(&self, layer: TypeId, address: usize) -> Range<usize>;
}

/// What a layer has kept of the steps that came before the sequences of a batch.
pub struct LayerStates<'a, T> {
    states: &'a mut dyn SampleStates<T>,
    first: usize,
    place: Range<usize>,
}

impl<'a, T: Float> LayerStates<'a, T> {
    /// Of the layer of that type at that address, in a pass whose first sample has that state.
    pub(super) fn new(
        states: &'a mut dyn SampleStates<T>,
        first: usize,
        layer: TypeId,
        address: usize,
    ) -> Self {
        let place = states.place_of(layer, address);
        LayerStates { states, first, place }
    }

    /// What it has kept for a sample: values as [`Streaming::step`](super::Streaming::step) has them, which are to be
    /// behind the pass what they would be behind the last step; and how many steps came before the sequence.
    pub fn of(&mut self, sample: usize) -> (&mut [T], usize) {
        let (values, position) = self.states.of(self.first + sample);
        (&mut values[self.place.clone()], position)
    }
}

/// The states that the samples of a pass have gone on from, kept for the way back.
#[derive(Debug)]
pub struct Begun<T> {
    /// All values of each sample's state, one sample behind the other.
    values: Vec<T>,
    /// How many steps came before each sequence.
    positions: Vec<usize>,
    /// Lists what lies where among the values; nothing where no sample has gone on from a state.
    describe: Option<Describe>,
}

impl<T: Float> Begun<T> {
    /// Of no pass. Allocates nothing.
    pub const fn new() -> Self {
        Begun { values: Vec::new(), positions: Vec::new(), describe: None }
    }

    /// Of a pass whose samples begin with nothing.
    pub(crate) fn clear(&mut self) {
        self.values.clear();
        self.positions.clear();
        self.describe = None;
    }

    /// Adds the state that the next sample goes on from. Keeps memory once held.
    pub(crate) fn push(&mut self, values: &[T], position: usize, describe: Describe) {
        self.values.extend_from_slice(values);
        self.positions.push(position);
        self.describe = Some(describe);
    }

    /// It, where samples have gone on from states of a network at that address.
    pub(crate) fn of_network<N>(&self, network: &N) -> Option<BegunAt<'_, T>> {
        let begun = self.describe.map(|describe| (self, describe));
        let network = (&raw const *network).addr();
        begun.map(|(begun, describe)| BegunAt { begun, describe, network })
    }
}

/// The states that samples have gone on from, on the way back through the network at an address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BegunAt<'a, T> {
    begun: &'a Begun<T>,
    describe: Describe,
    network: usize,
}

impl<'a, T: Float> BegunAt<'a, T> {
    /// What a layer had kept for each sample, and how many steps came before.
    pub(crate) fn of_layer<L: Layer<T>>(
        &self,
        layer: &L,
    ) -> impl Iterator<Item = (&'a [T], usize)> + use<'a, T, L> {
        let address = (&raw const *layer).addr() - self.network;
        let place = place_of::<T>(self.describe, TypeId::of::<L>(), address);
        let place =
            place.unwrap_or_else(|count| panic!("the layer is {count} stages that keep a state"));
        let Begun { values, positions, .. } = self.begun;
        let states = values.chunks_exact(values.len() / positions.len());
        states.zip(positions).map(move |(state, &position)| (&state[place.clone()], position))
    }
}
