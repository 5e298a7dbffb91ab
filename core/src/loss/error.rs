//! What can be wrong with targets and views that the compiler cannot see.

/// Why targets do not fit an output, or two batches of views each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LossError {
    /// A class index is not one of the output's classes.
    ClassOutOfRange {
        /// Which sample it belongs to.
        sample: usize,
        /// The index.
        class: i64,
        /// How many classes there are; indices are smaller.
        classes: usize,
    },
    /// A label is the blank, which stands for none.
    LabelIsBlank {
        /// Which sample it belongs to.
        sample: usize,
        /// Which label of the sample.
        label: usize,
        /// The class.
        blank: usize,
    },
    /// A sample has more labels than its steps can spell.
    TooFewSteps {
        /// Which sample it is.
        sample: usize,
        /// How many steps it has.
        steps: usize,
        /// How many it takes at the least: one for each label, and one between two that are equal.
        needed: usize,
    },
    /// A sequence is longer than the output has steps.
    LengthOutOfRange {
        /// Which sample it belongs to.
        sample: usize,
        /// Its length.
        length: usize,
        /// How many steps a sample of the output has.
        steps: usize,
    },
    /// A sample of the output has another number of steps than one of the targets.
    SampleLength {
        /// How many steps a sample of the output has.
        output: usize,
        /// How many one of the targets has.
        targets: usize,
    },
    /// Output and targets hold different numbers of steps.
    StepCount {
        /// How many steps the output holds, of all samples.
        output: usize,
        /// How many the targets hold.
        targets: usize,
    },
    /// The class of a step is not one of the output's classes.
    StepClassOutOfRange {
        /// Which sample it belongs to.
        sample: usize,
        /// Which step of the sample.
        step: usize,
        /// The index.
        class: i64,
        /// How many classes there are; indices are smaller.
        classes: usize,
    },
    /// Outputs that a loss takes together hold different numbers of samples.
    OutputCount {
        /// How many samples the first holds.
        first: usize,
        /// How many another one holds.
        other: usize,
    },
    /// There are other weights than one for each sample, of a loss that has but one for all values of a sample.
    SampleWeightCount {
        /// How many samples the output holds.
        samples: usize,
        /// How many weights there are.
        weights: usize,
    },
    /// Output and targets hold different numbers of samples.
    SampleCount {
        /// How many samples the output holds.
        output: usize,
        /// How many the targets hold.
        targets: usize,
    },
    /// Two batches of views hold different numbers of samples.
    ViewCount {
        /// How many samples the first batch holds.
        first: usize,
        /// How many the second holds.
        second: usize,
    },
    /// Weights are neither one for each sample nor one for each of equal parts of samples.
    WeightCount {
        /// How many samples the output holds.
        samples: usize,
        /// How many values, or steps that have a class, a sample has.
        values: usize,
        /// How many weights there are.
        weights: usize,
    },
}

impl LossError {
    /// Refuses targets for another number of samples.
    pub(super) fn check_samples(output: usize, targets: usize) -> Result<(), Self> {
        if output == targets { Ok(()) } else { Err(Self::SampleCount { output, targets }) }
    }

    /// How many values have a weight in common, of `samples` of so many values. Refuses weights for another number.
    pub(super) fn values_per_weight(
        samples: usize,
        values: usize,
        weights: usize,
    ) -> Result<usize, Self> {
        if samples == 0 && weights == 0 {
            return Ok(1);
        }
        let of_sample = weights.checked_div(samples).unwrap_or(0);
        if of_sample == 0 || of_sample * samples != weights || !values.is_multiple_of(of_sample) {
            return Err(Self::WeightCount { samples, values, weights });
        }
        Ok(values / of_sample)
    }
}

impl core::fmt::Display for LossError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::ClassOutOfRange { sample, class, classes } => write!(
                formatter,
                "sample {sample} has class {class}, but the output has {classes} classes, counted from 0"
            ),
            Self::LabelIsBlank { sample, label, blank } => write!(
                formatter,
                "label {label} of sample {sample} is {blank}, which is the blank and no label"
            ),
            Self::TooFewSteps { sample, steps, needed } => write!(
                formatter,
                "the labels of sample {sample} take {needed} steps, but it has {steps}"
            ),
            Self::LengthOutOfRange { sample, length, steps } => write!(
                formatter,
                "sample {sample} has a length of {length} steps, but the output has {steps} of each sample"
            ),
            Self::OutputCount { first, other } => {
                write!(formatter, "the outputs hold {first} samples and {other}")
            }
            Self::SampleWeightCount { samples, weights } => write!(
                formatter,
                "there are {weights} weights for {samples} samples, of which each has one loss"
            ),
            Self::SampleLength { output, targets } => write!(
                formatter,
                "a sample of the output has {output} steps, one of the targets {targets}"
            ),
            Self::StepCount { output, targets } => {
                write!(formatter, "the output holds {output} steps, the targets are for {targets}")
            }
            Self::StepClassOutOfRange { sample, step, class, classes } => write!(
                formatter,
                "step {step} of sample {sample} has class {class}, but the output has {classes} classes, \
                 counted from 0"
            ),
            Self::SampleCount { output, targets } => write!(
                formatter,
                "the output holds {output} samples, the targets are for {targets}"
            ),
            Self::ViewCount { first, second } => write!(
                formatter,
                "there are {first} first views, but {second} second views; a sample has one of each"
            ),
            Self::WeightCount { samples, values, weights } => write!(
                formatter,
                "{weights} weights do not divide among {samples} samples of {values} values: give one for each sample, \
                 or one for each of as many equal parts of each"
            ),
        }
    }
}

impl core::error::Error for LossError {}
