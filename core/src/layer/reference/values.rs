//! The values that a stage may refer to while it runs.

use core::cell::Cell;

use crate::scalar::Float;

/// The values of a network that later stages refer to, and, around them, those of the networks in whose stages this
/// one stands.
///
/// A pass hands them on to the layers inside, so that layers stay functions of one input.
#[derive(Clone, Copy)]
pub struct References<'a, T> {
    /// In how many structs of the declaration the network stands.
    level: usize,
    values: &'a [&'a [T]],
    /// The gradients with respect to the values, on the way back.
    gradients: &'a [&'a [Cell<T>]],
    outer: Option<&'a References<'a, T>>,
}

impl<'a, T: Float> References<'a, T> {
    /// Of these values of a network, in whose place nothing stands where they are not computed yet.
    #[inline(always)]
    pub fn forward(
        level: usize,
        values: &'a [&'a [T]],
        outer: Option<&'a References<'a, T>>,
    ) -> Self {
        References { level, values, gradients: &[], outer }
    }

    /// Of these values and their gradients, to which those of whoever reads them are added.
    #[inline(always)]
    pub fn backward(
        level: usize,
        values: &'a [&'a [T]],
        gradients: &'a [&'a [Cell<T>]],
        outer: Option<&'a References<'a, T>>,
    ) -> Self {
        References { level, values, gradients, outer }
    }

    /// Those of the innermost network of that level.
    #[inline(always)]
    fn of_level(&self, level: usize) -> &Self {
        let mut references = self;
        while references.level != level {
            references = references.outer.expect("a network gives what its stages refer to");
        }
        references
    }

    #[inline(always)]
    pub(crate) fn value(&self, level: usize, index: usize) -> &'a [T] {
        self.of_level(level).values[index]
    }

    #[inline(always)]
    pub(crate) fn gradient(&self, level: usize, index: usize) -> &'a [Cell<T>] {
        self.of_level(level).gradients[index]
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
