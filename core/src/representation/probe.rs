//! How well a linear classifier reads classes off a representation.

use alloc::vec;
use alloc::vec::Vec;

use nalgebra::{DMatrix, DVector};
use rand::Rng;
use rand::seq::SliceRandom;

use super::minimize::minimize;
use super::product::{product, product_transposed};
use super::{Representation, RepresentationError};
use crate::scalar::Float;

/// A linear classifier that is trained on representations as they are, to tell how much of the classes they
/// show (Alain and Bengio 2016, <https://arxiv.org/abs/1610.01644>): multinomial logistic regression, the usual
/// choice.
///
/// Each unit is first shifted and scaled to mean 0 and variance 1 over the samples that the probe learns from.
/// Then the sum of the cross entropies, plus `penalty / 2` times the squares of all weights, is brought to its
/// minimum, of which there is only one: the same samples give the same probe.
///
/// ```
/// use static_net::nalgebra::DMatrix;
/// use static_net::prelude::*;
/// use static_net::representation::{LinearProbe, Representation};
///
/// // The sign of the first unit is the class; the second is noise.
/// let mut rng = StdRng::seed_from_u64(7);
/// let values = DMatrix::from_fn(2, 200, |_, _| rng.random_range(-1.0..1.0));
/// let labels: Vec<usize> = values.row(0).iter().map(|&value| usize::from(value > 0.0)).collect();
/// let representation = Representation::new("example", values)?;
///
/// let score = LinearProbe::new().score(&representation, &labels, &mut rng)?;
/// assert!(score.train > 0.9 && score.held_out > 0.8);
///
/// // The same in two steps, for samples that are already split.
/// let part = |range: std::ops::Range<usize>| representation.select(&range.collect::<Vec<_>>());
/// let probe = LinearProbe::new().fit(&part(0..100)?, &labels[..100])?;
/// assert!(probe.accuracy(&part(100..200)?, &labels[100..])? > 0.8);
/// # Ok::<(), static_net::representation::RepresentationError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearProbe {
    penalty: f64,
    held_out: f64,
    iterations: usize,
}

/// The parts of the samples, between 0 and 1, that a probe names the right class of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProbeScore {
    /// Of the samples that it learned from.
    pub train: f64,
    /// Of the samples that were held out.
    pub held_out: f64,
}

impl LinearProbe {
    /// A probe with a penalty of 1, which holds out a fifth of the samples of each class, and at least one.
    pub fn new() -> Self {
        LinearProbe { penalty: 1.0, held_out: 0.2, iterations: 500 }
    }

    /// What the squares of the weights cost; scikit-learn's `C` is one over it. The more, the less the probe
    /// makes of few samples.
    ///
    /// # Panics
    /// If it is not greater than zero.
    #[track_caller]
    pub fn penalty(self, penalty: f64) -> Self {
        let is_valid = penalty > 0.0 && penalty.is_finite();
        assert!(is_valid, "the penalty of a probe is greater than 0, not {penalty}");
        LinearProbe { penalty, ..self }
    }

    /// Which part of the samples of each class [`score`](LinearProbe::score) holds out, rounded to whole samples.
    ///
    /// # Panics
    /// If it is not between 0 and 1.
    #[track_caller]
    pub fn held_out(self, part: f64) -> Self {
        assert!(part > 0.0 && part < 1.0, "the part held out is between 0 and 1, not {part}");
        LinearProbe { held_out: part, ..self }
    }

    /// The most steps to take. It takes far fewer where the classes are not told apart by a hair.
    pub fn iterations(self, most: usize) -> Self {
        LinearProbe { iterations: most, ..self }
    }

    /// Learns from all samples, of which `labels` are the classes.
    ///
    /// # Errors
    /// If there are not as many labels as samples, or all labels are the same.
    pub fn fit(
        &self,
        representation: &Representation,
        labels: &[usize],
    ) -> Result<FittedProbe, RepresentationError> {
        let samples = representation.samples();
        RepresentationError::check_labels(samples, labels.len())?;
        let mut classes = labels.to_vec();
        classes.sort_unstable();
        classes.dedup();
        if classes.len() < 2 {
            return Err(RepresentationError::OneClass);
        }
        let places: Vec<usize> = labels.iter().map(|&label| place(&classes, label)).collect();

        let standard = Standard::fit(representation);
        let inputs = standard.apply(representation);
        let share = 1.0 / samples as f64;
        let penalty = self.penalty * share;
        let columns = inputs.nrows();
        let weights = classes.len() * (columns - 1);
        let start = DVector::zeros(classes.len() * columns);
        let found = minimize(start, self.iterations, TOLERANCE, |parameters, gradient| {
            let matrix = DMatrix::from_column_slice(classes.len(), columns, parameters.as_slice());
            let mut scores = product(&matrix, &inputs);
            let mut loss = cross_entropy(&mut scores, &places) * share;
            gradient.copy_from_slice(product_transposed(&scores, &inputs).as_slice());
            *gradient *= share;
            // The last column is the bias, which costs nothing.
            let weight = parameters.rows(0, weights);
            loss += penalty / 2.0 * weight.norm_squared();
            gradient.rows_mut(0, weights).axpy(penalty, &weight, 1.0);
            loss
        });
        let parameters = DMatrix::from_column_slice(classes.len(), columns, found.as_slice());
        Ok(FittedProbe { classes, standard, parameters })
    }

    /// Learns from a part of the samples and is judged on the others. Which these are is drawn for each class on
    /// its own: of each class of two samples or more, at least one is in either part. A class of one sample is
    /// only learned from.
    ///
    /// # Errors
    /// If there are not as many labels as samples, all labels are the same, or no two samples have the same.
    pub fn score<R: Rng + ?Sized>(
        &self,
        representation: &Representation,
        labels: &[usize],
        rng: &mut R,
    ) -> Result<ProbeScore, RepresentationError> {
        let split = self.split(representation.samples(), labels, rng)?;
        self.score_on(representation, labels, &split)
    }

    pub(super) fn score_on(
        &self,
        representation: &Representation,
        labels: &[usize],
        split: &Split,
    ) -> Result<ProbeScore, RepresentationError> {
        let part = |indices: &[usize]| {
            let labels: Vec<usize> = indices.iter().map(|&index| labels[index]).collect();
            (representation.part(indices), labels)
        };
        let (train, train_labels) = part(&split.train);
        let (test, test_labels) = part(&split.held_out);
        let probe = self.fit(&train, &train_labels)?;
        Ok(ProbeScore {
            train: probe.accuracy(&train, &train_labels)?,
            held_out: probe.accuracy(&test, &test_labels)?,
        })
    }

    pub(super) fn split<R: Rng + ?Sized>(
        &self,
        samples: usize,
        labels: &[usize],
        rng: &mut R,
    ) -> Result<Split, RepresentationError> {
        RepresentationError::check_labels(samples, labels.len())?;
        let mut order: Vec<usize> = (0..samples).collect();
        order.shuffle(rng);
        order.sort_by_key(|&sample| labels[sample]);
        let mut split = Split { train: vec![], held_out: vec![] };
        for members in order.chunk_by(|&left, &right| labels[left] == labels[right]) {
            let count = (self.held_out * members.len() as f64 + 0.5) as usize;
            let most = members.len() - 1;
            let (held_out, train) = members.split_at(count.clamp(1.min(most), most));
            split.held_out.extend_from_slice(held_out);
            split.train.extend_from_slice(train);
        }
        if split.held_out.is_empty() {
            return Err(RepresentationError::NothingHeldOut { samples });
        }
        Ok(split)
    }
}

impl Default for LinearProbe {
    fn default() -> Self {
        Self::new()
    }
}

/// The largest derivative of the mean loss with which a probe is said to be at its minimum.
const TOLERANCE: f64 = 1e-7;

/// Samples to learn from, and samples that are held out.
pub(super) struct Split {
    train: Vec<usize>,
    held_out: Vec<usize>,
}

/// A [`LinearProbe`] that has learned.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedProbe {
    /// In ascending order.
    classes: Vec<usize>,
    standard: Standard,
    /// A row for each class: a weight for each unit, then the bias.
    parameters: DMatrix<f64>,
}

impl FittedProbe {
    /// The class of each sample, among those that the probe has seen.
    ///
    /// # Errors
    /// If the representation is of another width.
    pub fn predict(
        &self,
        representation: &Representation,
    ) -> Result<Vec<usize>, RepresentationError> {
        let (fitted, given) = (self.standard.mean.len(), representation.units());
        if fitted != given {
            return Err(RepresentationError::Width { fitted, given });
        }
        let scores = product(&self.parameters, &self.standard.apply(representation));
        Ok(scores.column_iter().map(|scores| self.classes[scores.argmax().0]).collect())
    }

    /// The part of the samples, between 0 and 1, whose class is the predicted one.
    ///
    /// # Errors
    /// If the representation is of another width, or there are not as many labels as samples.
    pub fn accuracy(
        &self,
        representation: &Representation,
        labels: &[usize],
    ) -> Result<f64, RepresentationError> {
        RepresentationError::check_labels(representation.samples(), labels.len())?;
        let predicted = self.predict(representation)?;
        let right = predicted.iter().zip(labels).filter(|(left, right)| left == right).count();
        Ok(right as f64 / labels.len() as f64)
    }

    /// One row for each class in ascending order, one column for each unit; for units that were shifted and scaled
    /// to mean 0 and variance 1.
    pub fn weight(&self) -> DMatrix<f64> {
        self.parameters.columns(0, self.parameters.ncols() - 1).into_owned()
    }

    /// One value for each class in ascending order.
    pub fn bias(&self) -> DVector<f64> {
        self.parameters.column(self.parameters.ncols() - 1).into_owned()
    }
}

/// How units are brought to mean 0 and variance 1.
#[derive(Clone, Debug, PartialEq)]
struct Standard {
    mean: DVector<f64>,
    /// One over the standard deviation; 0 for a constant unit, which tells nothing.
    scale: DVector<f64>,
}

impl Standard {
    fn fit(representation: &Representation) -> Self {
        let (centred, mean) = representation.centred();
        let samples = centred.ncols() as f64;
        let scale = centred.row_iter().map(|unit| match unit.amax() {
            0.0 => 0.0,
            // Squares neither overflow nor vanish.
            largest => Float::sqrt(samples / (unit / largest).norm_squared()) / largest,
        });
        let scale = DVector::from_iterator(mean.len(), scale);
        Standard { mean, scale }
    }

    /// A row for each unit, and one of ones for the bias.
    fn apply(&self, representation: &Representation) -> DMatrix<f64> {
        let values = representation.values();
        let units = values.nrows();
        DMatrix::from_fn(units + 1, values.ncols(), |unit, sample| match unit {
            unit if unit < units => (values[(unit, sample)] - self.mean[unit]) * self.scale[unit],
            _ => 1.0,
        })
    }
}

fn place(classes: &[usize], label: usize) -> usize {
    classes.binary_search(&label).expect("each label is a class")
}

/// The sum of the cross entropies; `softmax - target` takes the place of the scores.
fn cross_entropy(scores: &mut DMatrix<f64>, places: &[usize]) -> f64 {
    let mut loss = 0.0;
    for (mut scores, &place) in scores.column_iter_mut().zip(places) {
        let largest = scores.max();
        loss += largest - scores[place];
        scores.apply(|score| *score = Float::exp(*score - largest));
        let total = scores.sum();
        loss += Float::ln(total);
        scores /= total;
        scores[place] -= 1.0;
    }
    loss
}
