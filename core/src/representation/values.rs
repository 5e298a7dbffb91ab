//! What one stage makes of a batch.

use alloc::string::String;
use alloc::vec::Vec;

use nalgebra::{DMatrix, DVector, Dim};

use super::RepresentationError;
use crate::buffer::Buffer;
use crate::samples::Samples;
use crate::scalar::Float;

/// The fewest samples that say anything about a representation.
const LEAST_SAMPLES: usize = 2;

/// What one stage makes of a batch: a number for each unit and sample.
///
/// Values are held as `f64`, in which everything is computed, whatever the network computes in. They are
/// finite, of at least one unit and of at least two samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Representation {
    name: String,
    text: String,
    values: DMatrix<f64>,
}

impl Representation {
    /// A representation from elsewhere: one row per unit, one column per sample.
    ///
    /// # Errors
    /// If there are fewer than two samples, no unit, or a value is not finite.
    pub fn new(name: impl Into<String>, values: DMatrix<f64>) -> Result<Self, RepresentationError> {
        Self::of_stage(name.into(), String::new(), values)
    }

    /// Samples as a network takes them, or what it gives for them.
    ///
    /// ```
    /// use static_net::prelude::*;
    /// use static_net::representation::Representation;
    ///
    /// let raw = Representation::of_samples("raw", &SMatrix::<f32, 2, 3>::new(1.0, 2.0, 3.0, 0.0, 0.0, 0.0))?;
    /// assert_eq!((raw.units(), raw.samples()), (2, 3));
    /// assert_eq!(raw.constant_units(), [1]);
    /// # Ok::<(), static_net::representation::RepresentationError>(())
    /// ```
    ///
    /// # Errors
    /// If there are fewer than two samples, no unit, or a value is not finite.
    pub fn of_samples<T, X, const N: usize>(
        name: impl Into<String>,
        x: &X,
    ) -> Result<Self, RepresentationError>
    where
        T: Float,
        X: Samples<T, N> + ?Sized,
    {
        let samples = x.batch().value();
        let mut values = DMatrix::zeros(N, samples);
        // On the heap, since samples may be too large for the stack.
        let mut memory = Buffer::<T>::new();
        let (sample, _) = memory.at_least(N).as_chunks_mut::<N>();
        for (index, mut column) in values.column_iter_mut().enumerate() {
            x.copy_samples(index, sample);
            for (value, given) in column.iter_mut().zip(sample.as_flattened()) {
                *value = given.to_f64();
            }
        }
        Self::new(name, values)
    }

    pub(super) fn of_stage(
        name: String,
        text: String,
        values: DMatrix<f64>,
    ) -> Result<Self, RepresentationError> {
        let samples = values.ncols();
        if samples < LEAST_SAMPLES {
            return Err(RepresentationError::TooFewSamples { samples, least: LEAST_SAMPLES });
        }
        if values.nrows() == 0 {
            return Err(RepresentationError::NoUnits { representation: name });
        }
        match values.iter().position(|value| !value.is_finite()) {
            Some(index) => Err(RepresentationError::NotFinite {
                representation: name,
                unit: index % values.nrows(),
                sample: index / values.nrows(),
            }),
            None => Ok(Representation { name, text, values }),
        }
    }

    /// What it is called: `input`, a stage's label, or `stage` and its position.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it computes, as the declaration says it without the label; empty for the input, and for what is from elsewhere.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// One row per unit, one column per sample.
    pub fn values(&self) -> &DMatrix<f64> {
        &self.values
    }

    /// How many numbers it has for each sample.
    pub fn units(&self) -> usize {
        self.values.nrows()
    }

    /// How many samples it is of.
    pub fn samples(&self) -> usize {
        self.values.ncols()
    }

    /// The same for some of the samples, in the order of `indices`.
    ///
    /// # Errors
    /// If there are fewer than two indices.
    ///
    /// # Panics
    /// If an index is not less than the number of samples.
    pub fn select(&self, indices: &[usize]) -> Result<Self, RepresentationError> {
        let Representation { name, text, values } = self.part(indices);
        Self::of_stage(name, text, values)
    }

    /// The same, of however few samples.
    pub(super) fn part(&self, indices: &[usize]) -> Self {
        let values = self.values.select_columns(indices);
        Representation { values, name: self.name.clone(), text: self.text.clone() }
    }

    /// Units that have the same value for all samples, and so say nothing about them. Of a rectified layer these
    /// are its dead units, see [`dead_units`](Representation::dead_units).
    pub fn constant_units(&self) -> Vec<usize> {
        self.units_where(|first, value| value == first)
    }

    /// Units that are zero for all samples. No gradient reaches the weights of such a unit if it is behind a
    /// `relu`: on these samples it will not learn again (Maas et al. 2013). Pixels that are paper in each picture
    /// are among them too.
    pub fn dead_units(&self) -> Vec<usize> {
        self.units_where(|_, value| value == 0.0)
    }

    fn units_where(&self, all: impl Fn(f64, f64) -> bool) -> Vec<usize> {
        let row = |unit: &usize| self.values.row(*unit);
        let holds = |unit: &usize| row(unit).iter().all(|&value| all(row(unit)[0], value));
        (0..self.units()).filter(holds).collect()
    }

    /// The values less the mean of each unit, and the means.
    pub(super) fn centred(&self) -> (DMatrix<f64>, DVector<f64>) {
        let mean = self.values.column_mean();
        let mut centred = self.values.clone();
        centred.column_iter_mut().for_each(|mut sample| sample -= &mean);
        // Of a constant unit, rounding would leave something near the last digit of its mean.
        for unit in self.constant_units() {
            centred.row_mut(unit).fill(0.0);
        }
        (centred, mean)
    }
}
