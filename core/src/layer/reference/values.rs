//! The values that a stage may refer to while it runs.

use core::cell::Cell;

use crate::scalar::Float;

/// The values of a network that later stages refer to, and, around them, those of the networks in whose stages this
/// one stands.
///
/// A pass hands them on to the layers inside, so that layers stay functions of one input.
#[derive(Clone, Copy)]
pub struct References<'a, T> {
    /// In how many structs of the declaration the network stands; [`IN_TURN`] of what stages that are repeated see.
    level: usize,
    values: &'a [&'a [T]],
    /// The gradients with respect to the values, on the way back; before, where a stage inside writes its value.
    cells: &'a [&'a [Cell<T>]],
    /// Which turn it is of stages that are repeated, and how many there are.
    turn: [usize; 2],
    outer: Option<&'a References<'a, T>>,
}

/// Why a stage finds what it refers to.
pub(crate) const GIVEN: &str = "a network gives what its stages refer to";

/// A level that no network has.
const IN_TURN: usize = usize::MAX;

impl<'a, T: Float> References<'a, T> {
    /// Of these values of a network, in whose place nothing stands where they are not computed yet.
    #[inline(always)]
    pub fn forward(
        level: usize,
        values: &'a [&'a [T]],
        outer: Option<&'a References<'a, T>>,
    ) -> Self {
        References { level, values, cells: &[], turn: [0, 1], outer }
    }

    /// Of these values and their gradients, to which those of whoever reads them are added; or, where stages inside
    /// give some of the values, of the places of those.
    #[inline(always)]
    pub fn with_cells(
        level: usize,
        values: &'a [&'a [T]],
        cells: &'a [&'a [Cell<T>]],
        outer: Option<&'a References<'a, T>>,
    ) -> Self {
        References { level, values, cells, turn: [0, 1], outer }
    }

    /// The same in one of so many turns of stages that are repeated.
    #[inline(always)]
    pub(crate) fn in_turn(&'a self, turn: usize, of: usize) -> Self {
        References { level: IN_TURN, values: &[], cells: &[], turn: [turn, of], outer: Some(self) }
    }

    /// Those of the innermost network of that level.
    #[inline(always)]
    fn of_level(&self, level: usize) -> &Self {
        let mut references = self;
        while references.level != level {
            references = references.outer.expect(GIVEN);
        }
        references
    }

    #[inline(always)]
    pub(crate) fn value(&self, level: usize, index: usize) -> &'a [T] {
        self.of_level(level).values[index]
    }

    #[inline(always)]
    pub(crate) fn gradient(&self, level: usize, index: usize) -> &'a [Cell<T>] {
        self.of_level(level).cells[index]
    }

    /// The cells of a value that a stage inside gives: `index` is that of the first of all turns around the stage.
    #[inline(always)]
    pub(crate) fn given(&self, level: usize, index: usize) -> &'a [Cell<T>] {
        let (mut references, mut index, mut turns) = (self, index, 1);
        while references.level != level {
            let [turn, of] = references.turn;
            (index, turns) = (index + turn * turns, turns * of);
            references = references.outer.expect(GIVEN);
        }
        references.cells[index]
    }
}

/// Adds to a gradient that several readers share.
#[inline(always)]
pub(crate) fn add_to<T: Float>(gradient: &[Cell<T>], added: &[T]) {
    assert!(gradient.len() == added.len(), "a gradient for each value");
    for (sum, &added) in gradient.iter().zip(added) {
        sum.set(sum.get() + added);
    }
}

/// Adds what the readers of a value have left in its gradient.
#[inline(always)]
pub(crate) fn add_of<T: Float>(gradient: &[Cell<T>], sum: &mut [T]) {
    assert!(gradient.len() == sum.len(), "a gradient for each value");
    for (sum, added) in sum.iter_mut().zip(gradient) {
        *sum += added.get();
    }
}
