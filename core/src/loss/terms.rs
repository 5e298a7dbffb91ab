//! What a cross entropy is computed with, and which rows of logits count.

use super::{ClassIndex, LossError};
use crate::scalar::Float;

/// The settings of a cross entropy of rows of `N` logits, and what is said of its targets.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a, T, const N: usize> {
    pub(super) smoothing: T,
    pub(super) ignored: Option<i64>,
    pub(super) class_weights: Option<&'a [T; N]>,
    /// The exponent of a focal loss, 0 of others.
    pub(super) gamma: T,
    /// Of [`Weighted`](super::Weighted) targets.
    pub(super) weights: Option<&'a [T]>,
    /// Of [`Padded`](super::Padded) targets.
    pub(super) lengths: Option<&'a [usize]>,
}

impl<'a, T: Copy, const N: usize> Terms<'a, T, N> {
    /// Of targets with weights. Where there are some already, those count.
    pub(super) fn weighted(self, weights: &'a [T]) -> Self {
        Terms { weights: self.weights.or(Some(weights)), ..self }
    }
}

/// How many rows a sample has: one, or a number of steps.
#[derive(Clone, Copy)]
pub(super) enum Length {
    One,
    Steps(usize),
}

/// How much each row counts.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a, T> {
    weights: Option<&'a [T]>,
    per_weight: usize,
    lengths: Option<&'a [usize]>,
    per_length: usize,
}

impl<'a, T: Float> Rows<'a, T> {
    /// How much each of `rows` counts by `terms`.
    pub fn new<const N: usize>(
        terms: &Terms<'a, T, N>,
        rows: usize,
        length: Length,
    ) -> Result<Self, LossError> {
        let steps = match length {
            Length::One => 1,
            Length::Steps(steps) => steps,
        };
        let samples = rows / steps;
        let per_weight = match terms.weights {
            Some(weights) => LossError::values_per_weight(samples, steps, weights.len())?,
            None => 1,
        };
        if let Some(lengths) = terms.lengths {
            LossError::check_samples(samples, lengths.len())?;
            if let Some(sample) = lengths.iter().position(|&length| length > steps) {
                return Err(LossError::LengthOutOfRange { sample, length: lengths[sample], steps });
            }
        }
        let Terms { weights, lengths, .. } = *terms;
        Ok(Rows { weights, per_weight, lengths, per_length: steps })
    }

    /// Whether all rows count alike, or not at all.
    pub fn are_unweighted(&self) -> bool {
        self.weights.is_none()
    }

    /// Whether all rows count, and alike.
    pub fn are_all_alike(&self) -> bool {
        self.weights.is_none() && self.lengths.is_none()
    }

    #[inline(always)]
    pub fn weight(&self, row: usize) -> T {
        if !self.is_within(row) {
            return T::ZERO;
        }
        self.weights.map_or(T::ONE, |weights| weights[row / self.per_weight])
    }

    #[inline(always)]
    fn is_within(&self, row: usize) -> bool {
        self.lengths.is_none_or(|lengths| row % self.per_length < lengths[row / self.per_length])
    }
}

/// The class of each row that counts.
#[derive(Clone, Copy)]
pub(super) struct Classes<'a, T, C> {
    classes: &'a [C],
    ignored: Option<i64>,
    pub rows: Rows<'a, T>,
}

impl<'a, T: Float, C: ClassIndex> Classes<'a, T, C> {
    /// The classes of all rows, and the sum of what these count.
    pub fn new<const N: usize>(
        classes: &'a [C],
        terms: &Terms<'a, T, N>,
        length: Length,
    ) -> Result<(Self, T), LossError> {
        let rows = Rows::new(terms, classes.len(), length)?;
        let all = Classes { classes, ignored: terms.ignored, rows };
        let (mut counted, mut total) = (0, T::ZERO);
        for row in 0..classes.len() {
            let Some(class) = all.index(row) else { continue };
            let right = usize::try_from(class).ok().filter(|&class| class < N);
            let Some(right) = right else {
                return Err(match length {
                    Length::One => LossError::ClassOutOfRange { sample: row, class, classes: N },
                    Length::Steps(steps) => {
                        let (sample, step) = (row / steps, row % steps);
                        LossError::StepClassOutOfRange { sample, step, class, classes: N }
                    }
                });
            };
            counted += 1;
            if !(rows.are_unweighted() && terms.class_weights.is_none()) {
                let weight = terms.class_weights.map_or(T::ONE, |weights| weights[right]);
                total += weight * rows.weight(row);
            }
        }
        if rows.are_unweighted() && terms.class_weights.is_none() {
            total = T::from_usize(counted);
        }
        Ok((all, total))
    }

    #[inline(always)]
    fn index(&self, row: usize) -> Option<i64> {
        let class = self.classes[row].class()?;
        (self.ignored != Some(class) && self.rows.is_within(row)).then_some(class)
    }

    /// The class of a row, if that counts. It has been looked at whether it is one.
    #[inline(always)]
    pub fn class(&self, row: usize) -> Option<usize> {
        self.index(row).map(|class| class as usize)
    }
}
