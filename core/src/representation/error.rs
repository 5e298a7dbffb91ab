//! What data can be wrong with before a representation can be told anything about.

use alloc::string::String;

/// Why representations, or labels for them, cannot be analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RepresentationError {
    /// There are fewer samples than it takes.
    TooFewSamples {
        /// How many there are.
        samples: usize,
        /// The fewest that it takes.
        least: usize,
    },
    /// There is no number for any sample.
    NoUnits {
        /// The representation without a unit.
        representation: String,
    },
    /// A value is infinite or not a number.
    NotFinite {
        /// The representation that it is in.
        representation: String,
        /// Which of its units.
        unit: usize,
        /// Which sample.
        sample: usize,
    },
    /// Two representations that are compared are of different numbers of samples.
    SampleCount {
        /// How many the first is of.
        first: usize,
        /// How many the second is of.
        second: usize,
    },
    /// There are not as many labels as samples.
    LabelCount {
        /// How many samples there are.
        samples: usize,
        /// How many labels.
        labels: usize,
    },
    /// All labels are the same, so that there is nothing to tell apart.
    OneClass,
    /// No class has two samples, of which one could be held out and the other learned from.
    NothingHeldOut {
        /// How many samples there are, each of another class.
        samples: usize,
    },
    /// A probe was fitted to representations of another width.
    Width {
        /// How many units it was fitted to.
        fitted: usize,
        /// How many units it is now given.
        given: usize,
    },
}

impl RepresentationError {
    /// Refuses to compare representations of different numbers of samples.
    pub(super) fn check_samples(first: usize, second: usize) -> Result<(), Self> {
        if first == second { Ok(()) } else { Err(Self::SampleCount { first, second }) }
    }

    /// Refuses labels for another number of samples.
    pub(super) fn check_labels(samples: usize, labels: usize) -> Result<(), Self> {
        if samples == labels { Ok(()) } else { Err(Self::LabelCount { samples, labels }) }
    }
}

impl core::fmt::Display for RepresentationError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::TooFewSamples { samples, least } => {
                write!(formatter, "{samples} samples, where it takes {least} or more")
            }
            Self::NoUnits { representation } => {
                write!(formatter, "`{representation}` has no unit: nothing is known of its samples")
            }
            Self::NotFinite { representation, unit, sample } => write!(
                formatter,
                "unit {unit} of `{representation}` is infinite or not a number for sample {sample}"
            ),
            Self::SampleCount { first, second } => write!(
                formatter,
                "one representation is of {first} samples, the other of {second}; compare them on the same"
            ),
            Self::LabelCount { samples, labels } => {
                write!(formatter, "{samples} samples, but {labels} labels")
            }
            Self::OneClass => formatter.write_str("all labels are the same: nothing to tell apart"),
            Self::NothingHeldOut { samples } => write!(
                formatter,
                "{samples} samples of as many classes: it takes two of a class to hold one out"
            ),
            Self::Width { fitted, given } => {
                write!(formatter, "the probe was fitted to {fitted} units, not {given}")
            }
        }
    }
}

impl core::error::Error for RepresentationError {}
