//! Running statistics on their way from a training pass into the network.
//!
//! A pass reads its network and writes none of it, so that all modes share one pass. What running statistics become
//! is kept here until the pass is over; then the network, which is borrowed exclusively by whoever trains it, takes it
//! over.

use alloc::vec::Vec;
use core::ops::Range;

use crate::scalar::Float;

/// What the running statistics of a layer or network become in a training pass.
///
/// It keeps its memory, so that a training loop allocates in its first step only.
#[derive(Debug)]
pub struct Statistics<T> {
    /// Where in the network each run of values belongs.
    places: Vec<Range<usize>>,
    /// The values of all runs, one behind the other.
    values: Vec<T>,
    /// The address of the network's first value, and how many values it has.
    network: (usize, usize),
}

impl<T: Float> Statistics<T> {
    /// Of no network yet. Allocates nothing.
    pub const fn new() -> Self {
        Statistics { places: Vec::new(), values: Vec::new(), network: (0, 0) }
    }

    /// Makes ready for a pass of the network with these values.
    pub fn begin(&mut self, network: &[T]) {
        self.places.clear();
        self.values.clear();
        self.network = (network.as_ptr().addr(), network.len());
    }

    /// Writes what the pass has learned into the network, of which these are the values.
    ///
    /// # Panics
    /// If it has other values than the network of the pass.
    pub fn finish(&mut self, network: &mut [T]) {
        assert_eq!(network.len(), self.network.1, "statistics belong to the network of the pass");
        let mut learned = &self.values[..];
        for place in self.places.drain(..) {
            let (values, rest) = learned.split_at(place.len());
            network[place].copy_from_slice(values);
            learned = rest;
        }
    }

    /// What these statistics of the network are to be: at first what they are.
    pub(super) fn of<const N: usize>(&mut self, current: [&[T]; N]) -> [&mut [T]; N] {
        let start = self.values.len();
        for values in current {
            self.add(values);
        }
        let mut rest = &mut self.values[start..];
        current.map(|values| {
            let (front, behind) = core::mem::take(&mut rest).split_at_mut(values.len());
            rest = behind;
            front
        })
    }

    #[inline(never)]
    fn add(&mut self, current: &[T]) {
        if current.is_empty() {
            return;
        }
        let (network, len) = self.network;
        let start = current.as_ptr().addr().wrapping_sub(network) / size_of::<T>();
        assert!(
            start < len && current.len() <= len - start,
            "a layer moves running statistics that are not its own"
        );
        self.places.push(start..start + current.len());
        self.values.extend_from_slice(current);
    }
}

impl<T: Float> Default for Statistics<T> {
    fn default() -> Self {
        Self::new()
    }
}
