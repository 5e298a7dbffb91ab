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
        class: usize,
        /// How many classes there are; indices are smaller.
        classes: usize,
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
        class: usize,
        /// How many classes there are; indices are smaller.
        classes: usize,
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
}

impl LossError {
    /// Refuses targets for another number of samples.
    pub(super) fn check_samples(output: usize, targets: usize) -> Result<(), Self> {
        if output == targets { Ok(()) } else { Err(Self::SampleCount { output, targets }) }
    }
}

impl core::fmt::Display for LossError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::ClassOutOfRange { sample, class, classes } => write!(
                formatter,
                "sample {sample} has class {class}, but the output has {classes} classes, counted from 0"
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
        }
    }
}

impl core::error::Error for LossError {}
