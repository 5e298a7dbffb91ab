//! What a network is made of, as its summary and diagram show it.

use super::Written;
use crate::capacity::{product, sum};
use crate::layer::{Layer, Scratch, larger, tape_values};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Shape;

/// One stage of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its label, or `stage` and its position.
    pub name: &'static str,
    /// What the declaration says.
    pub written: Written,
    /// The shape of what goes in.
    pub input: &'static [usize],
    /// The shape of what it gives.
    pub shape: &'static [usize],
    /// How many values it trains.
    pub parameters: usize,
    /// How many values it holds, trained or not.
    pub values: usize,
    /// How many pairs of values it multiplies and adds for one sample.
    pub multiply_adds: usize,
    /// How many values per sample it keeps for the way back besides its output.
    pub tape: usize,
    /// How many values per batch it keeps for the way back.
    pub batch_tape: usize,
    /// Whether it reads its own output on the way back.
    pub needs_output: bool,
    /// The fewest samples that it can be trained on.
    pub training_samples: usize,
    /// The working memory that it takes forward.
    pub forward_scratch: Scratch,
    /// The working memory that it takes backward.
    pub backward_scratch: Scratch,
    /// What it is made of.
    pub structure: Structure,
}

/// What a stage is made of. Where stages are in a composition, one [`Stage`] without name and text stands for
/// all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// A layer that is not made of others.
    Layer,
    /// Stages one after the other: a network, or what stands in the parentheses of a composition.
    Sequence(&'static [Stage]),
    /// Stages whose output is added to what went in, or to a projection of it.
    Residual {
        /// The stages.
        body: &'static Stage,
        /// What the input goes through where its shape differs from the output's.
        project: Option<&'static Stage>,
    },
    /// The same stages so many times, each with parameters of its own.
    Repeat {
        /// How many times.
        times: usize,
        /// The stages.
        body: &'static Stage,
    },
    /// Branches that all see the same input; their outputs stand one behind the other.
    Concat(&'static [Stage]),
    /// Branches that all see the same input; their outputs are added.
    Sum(&'static [Stage]),
}

impl Stage {
    /// How many values a sample has behind it.
    pub const fn len(&self) -> usize {
        let mut len = 1;
        let mut axis = 0;
        while axis < self.shape.len() {
            len = product(len, self.shape[axis], "a sample");
            axis += 1;
        }
        len
    }

    /// Whether nothing comes out, which is never so.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stage that a layer of type `L` is whose parameters are those of another stage.
    pub const fn sharing<T: Float, L: Layer<T>>(name: &'static str, written: Written) -> Self {
        Stage { parameters: 0, values: 0, ..Self::of::<T, L>(name, written) }
    }

    /// A stage inside a composition, whose type says all that is known of it.
    pub const fn inside<T: Float, L: Layer<T>>() -> Self {
        Self::of::<T, L>("", Written::BLOCK)
    }

    /// The stage that a layer of type `L` is.
    pub const fn of<T: Float, L: Layer<T>>(name: &'static str, written: Written) -> Self {
        Stage {
            name,
            written,
            input: <L::Input as Shape>::DIMS,
            shape: <L::Output as Shape>::DIMS,
            parameters: <L as Parameters<T>>::PARAMETERS,
            values: <L as Parameters<T>>::VALUES,
            multiply_adds: L::MULTIPLY_ADDS,
            tape: L::TAPE,
            batch_tape: L::BATCH_TAPE,
            needs_output: L::NEEDS_OUTPUT,
            training_samples: L::TRAINING_SAMPLES,
            forward_scratch: L::FORWARD_SCRATCH,
            backward_scratch: L::BACKWARD_SCRATCH,
            structure: L::STRUCTURE,
        }
    }
}

/// The sums over all stages of a network that its passes stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// How many values they train.
    pub parameters: usize,
    /// How many values they hold, trained or not.
    pub values: usize,
    /// How many pairs of values they multiply and add for one sample.
    pub multiply_adds: usize,
    /// How many values per sample they keep besides their outputs.
    pub tape: usize,
    /// How many values of a sample lie between them, input and output of the whole left out.
    pub inner: usize,
    /// How many values per batch they keep.
    pub batch_tape: usize,
    /// The fewest samples that they can be trained on.
    pub training_samples: usize,
    /// The largest sample behind the first, third, .. of them but the last.
    pub front: usize,
    /// The largest sample behind the second, fourth, .. of them but the last.
    pub back: usize,
    /// The working memory that each of them takes forward.
    pub forward_scratch: Scratch,
    /// The working memory that each of them takes backward.
    pub backward_scratch: Scratch,
}

impl Totals {
    /// The sums over these stages.
    pub const fn of(stages: &[Stage]) -> Self {
        let mut totals = Totals {
            parameters: 0,
            values: 0,
            multiply_adds: 0,
            tape: 0,
            inner: 0,
            batch_tape: 0,
            training_samples: 1,
            front: 0,
            back: 0,
            forward_scratch: Scratch::NONE,
            backward_scratch: Scratch::NONE,
        };
        let mut index = 0;
        while index < stages.len() {
            let stage = &stages[index];
            totals.parameters = sum(totals.parameters, stage.parameters, "the parameters");
            totals.values = sum(totals.values, stage.values, "the values");
            totals.multiply_adds = totals.multiply_adds.saturating_add(stage.multiply_adds);
            totals.tape = sum(totals.tape, stage.tape, "the tape of a sample");
            totals.batch_tape = sum(totals.batch_tape, stage.batch_tape, "the tape of a batch");
            totals.training_samples = larger(totals.training_samples, stage.training_samples);
            totals.forward_scratch = totals.forward_scratch.or(stage.forward_scratch);
            totals.backward_scratch = totals.backward_scratch.or(stage.backward_scratch);
            if index + 1 < stages.len() {
                totals.inner = sum(totals.inner, stage.len(), "what lies between the stages");
                if index.is_multiple_of(2) {
                    totals.front = larger(totals.front, stage.len());
                } else {
                    totals.back = larger(totals.back, stage.len());
                }
            }
            index += 1;
        }
        totals
    }

    /// The two buffers in which the representations between input and output take turns.
    pub const fn buffers(&self) -> Scratch {
        Scratch::per_sample(self.front).and(Scratch::per_sample(self.back))
    }

    /// How many values the stages keep of that many samples.
    ///
    /// # Panics
    /// If there are more than a number can tell.
    #[track_caller]
    pub const fn tape_values(&self, samples: usize) -> usize {
        tape_values(samples, self.tape, self.batch_tape)
    }
}
