//! What a network makes of data on the way from input to output, stage by stage.
//!
//! A network turns its input step by step into representations in which the answer is easier to see.
//! [`Representations`] holds them for a batch and tells how far they have come: what a linear classifier can read
//! off each ([`LinearProbe`]), the plane that shows most of it ([`Pca2`]), how alike two of them are ([`cka`]), and
//! which units say nothing.
//!
//! ```
//! use static_net::prelude::*;
//! use static_net::representation::{LinearProbe, Representations};
//!
//! network! { struct Net< 2 => relu 16 => latent: relu 8 => 2 >; }
//!
//! let mut rng = StdRng::seed_from_u64(7);
//! let mut net = Net::new(&mut rng);
//!
//! // Whether a point lies within a circle, which no straight line tells.
//! let x = SMatrix::<f32, 2, 200>::from_fn(|_, _| rng.random_range(-1.0..1.0));
//! let labels: Vec<usize> = x.column_iter().map(|x| usize::from(x.norm() < 0.8)).collect();
//! let mut adam = Adam::new(&net).learning_rate(0.01);
//! let mut training = net.training();
//! for _ in 0..300 {
//!     training.forward(&net, &x);
//!     training.backward(&net, CrossEntropy, &labels);
//!     adam.step(&mut net, training.gradient());
//! }
//!
//! let representations = Representations::of(&net, &x)?;
//! let report = representations.report_with_probe(&LinearProbe::new(), &labels, &mut rng)?;
//! println!("{report}");
//! let held_out = |stage: usize| report.stages[stage].probe.unwrap().held_out;
//! assert!(held_out(0) < 0.7 && held_out(2) > 0.9);
//!
//! let latent = representations.get("latent").unwrap();
//! assert_eq!((latent.units(), latent.samples()), (8, 200));
//! assert_eq!(latent.pca2().coordinates.shape(), (2, 200));
//! # Ok::<(), static_net::representation::RepresentationError>(())
//! ```
//!
//! What is measured on the samples that the network learned from tells what it has made of these; whether it holds
//! for others is told by samples that were held out.

mod alignment;
mod error;
mod minimize;
mod principal;
mod probe;
mod product;
mod report;
mod values;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use nalgebra::DMatrix;
use rand::Rng;

pub use alignment::cka;
pub use error::RepresentationError;
pub use principal::Pca2;
pub use probe::{FittedProbe, LinearProbe, ProbeScore};
pub use report::{Report, StageReport};
pub use values::Representation;

use crate::aligned::Owner;
use crate::network::{Activations, Network, TakenBy};
use crate::scalar::Float;

/// Every representation that a network makes of a batch: the input, then what each stage gives. Of a network of tokens
/// the first is what its first stage gives: the ids of tokens are no representation.
///
/// Stages inside of a nested network or a composition are not among them; a nested network is a field, which has
/// representations of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Representations {
    network: &'static str,
    stages: Vec<Representation>,
}

impl Representations {
    /// Runs a network on samples, in evaluation, and keeps what it makes of them.
    ///
    /// # Errors
    /// If there are fewer than two samples, or a value is infinite or not a number, as when training has diverged.
    ///
    /// # Panics
    /// If a token is none of the vocabulary of a network of tokens.
    #[track_caller]
    pub fn of<O, X>(network: &O, x: &X) -> Result<Self, RepresentationError>
    where
        O: Owner<Network: Network>,
        X: TakenBy<O::Network> + ?Sized,
    {
        let activations = x.represented_by(network.network());
        let samples = activations.samples();
        let mut values = Vec::with_capacity(O::Network::STAGES.len() + 1);
        activations.visit(&mut |stage| {
            let units = stage.len().checked_div(samples).unwrap_or(0);
            let stage = stage.iter().map(|value| value.to_f64());
            values.push(DMatrix::from_iterator(units, samples, stage));
        });
        let has_input = values.len() > O::Network::STAGES.len();
        let stages =
            O::Network::STAGES.iter().map(|stage| (stage.name, format!("{}", stage.written)));
        let names = has_input.then(|| ("input", String::new())).into_iter().chain(stages);
        let stages = names.zip(values).map(|((name, text), values)| {
            Representation::of_stage(String::from(name), text, values)
        });
        Ok(Representations { network: O::Network::NAME, stages: stages.collect::<Result<_, _>>()? })
    }

    /// The input, then what each stage gives, in order.
    pub fn stages(&self) -> &[Representation] {
        &self.stages
    }

    /// The representation with this name: `input`, a stage's label, or `stage` and its position.
    pub fn get(&self, name: &str) -> Option<&Representation> {
        self.stages.iter().find(|stage| stage.name() == name)
    }

    /// How many samples they are of.
    pub fn samples(&self) -> usize {
        self.stages[0].samples()
    }

    /// What a linear classifier reads off each of them. All are judged on the same samples.
    ///
    /// # Errors
    /// If there are not as many labels as samples, all labels are the same, or no two samples have the same.
    pub fn linear_probe<R: Rng + ?Sized>(
        &self,
        probe: &LinearProbe,
        labels: &[usize],
        rng: &mut R,
    ) -> Result<Vec<ProbeScore>, RepresentationError> {
        let split = probe.split(self.samples(), labels, rng)?;
        self.stages.iter().map(|stage| probe.score_on(stage, labels, &split)).collect()
    }

    /// The plane that shows most of each of them.
    pub fn pca2(&self) -> Vec<Pca2> {
        self.stages.iter().map(Representation::pca2).collect()
    }

    /// Linear centred kernel alignment, see [`cka`], of each of them (row) to each (column): how much changes from
    /// stage to stage.
    pub fn cka(&self) -> DMatrix<f64> {
        alignment::mutual_alignments(&self.stages)
    }

    /// The same between two networks, or one before and after training: a row for each representation of this
    /// one, a column for each of the other, of the same samples.
    ///
    /// # Errors
    /// If they are of different numbers of samples.
    pub fn cka_with(&self, other: &Self) -> Result<DMatrix<f64>, RepresentationError> {
        alignment::alignments(&self.stages, &other.stages)
    }

    /// All that can be told without labels, as a table.
    pub fn report(&self) -> Report {
        let alignments = self.cka();
        let last = self.stages.len() - 1;
        let stages = self.stages.iter().enumerate().map(|(index, stage)| StageReport {
            name: String::from(stage.name()),
            text: String::from(stage.text()),
            units: stage.units(),
            dead_units: stage.dead_units().len(),
            constant_units: stage.constant_units().len(),
            explained_by_two: stage.pca2().explained_variance_ratio.iter().sum(),
            alignment_to_input: alignments[(index, 0)],
            alignment_to_output: alignments[(index, last)],
            probe: None,
        });
        Report { network: self.network, samples: self.samples(), stages: stages.collect() }
    }

    /// The same, and what a linear classifier reads off each representation.
    ///
    /// # Errors
    /// As [`linear_probe`](Representations::linear_probe).
    pub fn report_with_probe<R: Rng + ?Sized>(
        &self,
        probe: &LinearProbe,
        labels: &[usize],
        rng: &mut R,
    ) -> Result<Report, RepresentationError> {
        let scores = self.linear_probe(probe, labels, rng)?;
        let mut report = self.report();
        for (stage, score) in report.stages.iter_mut().zip(scores) {
            stage.probe = Some(score);
        }
        Ok(report)
    }
}
