//! What a layer needs beyond its input, output and parameters.

use super::layout::{BufferSize, larger};
use crate::capacity::product;

/// What a layer needs for its passes: [`Layer::NEEDS`](super::Layer::NEEDS).
///
/// A layer made of others says what it needs in terms of what they do:
///
/// ```
/// use static_net::layer::{BufferSize, Needs};
///
/// const FIRST: Needs = Needs { tape: BufferSize::per_sample(4), ..Needs::NOTHING };
/// const SECOND: Needs = Needs { tape: BufferSize::per_sample(3), ..Needs::OUTPUT };
/// assert_eq!(FIRST.then(SECOND).tape, BufferSize::per_sample(7));
/// assert!(FIRST.then(SECOND).output);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Whether [`backward`](super::Layer::backward) reads [`Backward::output`](super::Backward::output). Where it
    /// does not, what is there is unspecified.
    pub output: bool,
    /// What [`forward`](super::Layer::forward) keeps for [`backward`](super::Layer::backward) beyond input and output.
    pub tape: BufferSize,
    /// The working memory that [`forward`](super::Layer::forward) takes from its pass.
    pub forward: BufferSize,
    /// The working memory that [`backward`](super::Layer::backward) takes from its pass.
    pub backward: BufferSize,
    /// The fewest samples that can be learned from: a normalisation over the batch needs two where a sample has one
    /// value per channel. A layer that learns from all samples of a batch together says so by this or by running statistics: a
    /// batch of others may be split over threads.
    pub training_samples: usize,
}

impl Needs {
    /// Nothing: backward reads the input alone.
    pub const NOTHING: Needs = Needs {
        output: false,
        tape: BufferSize::NONE,
        forward: BufferSize::NONE,
        backward: BufferSize::NONE,
        training_samples: 1,
    };
    /// That backward is given what forward gave.
    pub const OUTPUT: Needs = Needs { output: true, ..Needs::NOTHING };

    /// What two layers need that run one after the other in a pass; the output is that of the second.
    pub const fn then(self, next: Needs) -> Needs {
        Needs {
            output: next.output,
            tape: self.tape.and(next.tape),
            forward: self.forward.or(next.forward),
            backward: self.backward.or(next.backward),
            training_samples: larger(self.training_samples, next.training_samples),
        }
    }

    /// What so many layers of one kind need that run one after the other.
    pub const fn times(self, count: usize) -> Needs {
        Needs { tape: self.tape.times(count), ..self }
    }

    /// What a layer needs to which each sample is so many.
    pub const fn of_steps(self, steps: usize) -> Needs {
        Needs {
            tape: BufferSize {
                per_sample: product(steps, self.tape.per_sample, "a tape"),
                ..self.tape
            },
            forward: self.forward.of_steps(steps),
            backward: self.backward.of_steps(steps),
            training_samples: self.training_samples.div_ceil(larger(steps, 1)),
            ..self
        }
    }

    /// The same, and more values on the tape.
    pub const fn with_tape(self, size: BufferSize) -> Needs {
        Needs { tape: self.tape.and(size), ..self }
    }

    /// The same, and more working memory forward.
    pub const fn with_forward(self, size: BufferSize) -> Needs {
        Needs { forward: self.forward.and(size), ..self }
    }

    /// The same, and more working memory backward.
    pub const fn with_backward(self, size: BufferSize) -> Needs {
        Needs { backward: self.backward.and(size), ..self }
    }
}
