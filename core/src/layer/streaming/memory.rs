//! How much memory a layer needs for a stream.

use crate::capacity::{product, sum};
use crate::layer::larger;

/// How many steps a stream takes at once, at most: a longer block is cut into such.
///
/// Products over as many steps reach the speed of large ones, and what lies between the stages of a small network stays in the
/// first-level cache.
pub const MOST_STEPS: usize = 64;

/// What a layer needs for a stream, in values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamMemory {
    /// Values kept between steps: the history of a causal convolution, `h` and `c` of an LSTM, a key-value cache.
    pub state: usize,
    /// Working memory of a step.
    pub scratch: usize,
    /// The most steps that a stream can take: the sequence's length for attention and learned positions, no
    /// limit for recurrences and convolutions.
    pub steps: Option<usize>,
    /// Working memory of a block, where it is more than that of a step.
    #[doc(hidden)]
    pub block: usize,
    /// The longest step behind the first, third, .. stage but the last, in `scratch` already.
    #[doc(hidden)]
    pub front: usize,
    /// The longest step behind the second, fourth, .. stage but the last, in `scratch` already.
    #[doc(hidden)]
    pub back: usize,
}

impl StreamMemory {
    /// No memory, and no end.
    pub const NONE: StreamMemory =
        StreamMemory { state: 0, scratch: 0, steps: None, block: 0, front: 0, back: 0 };

    /// Enough for layers that run one after the other in a step, each with a state of its own.
    pub const fn and(self, other: StreamMemory) -> StreamMemory {
        StreamMemory {
            state: sum(self.state, other.state, "the state of a stream"),
            scratch: larger(self.scratch, other.scratch),
            block: larger(self.of_block(), other.of_block()),
            steps: match (self.steps, other.steps) {
                (Some(left), Some(right)) => Some(if left < right { left } else { right }),
                (Some(steps), None) | (None, Some(steps)) => Some(steps),
                (None, None) => None,
            },
            ..StreamMemory::NONE
        }
    }

    /// The same with so much more working memory for each step.
    pub const fn with_scratch(self, values: usize) -> StreamMemory {
        let what = "the working memory of a stream";
        let scratch = sum(self.scratch, values, what);
        let block = sum(self.of_block(), product(values, MOST_STEPS, what), what);
        StreamMemory { scratch, block, ..self }
    }

    /// Working memory of a block of [`MOST_STEPS`] steps.
    pub(crate) const fn of_block(&self) -> usize {
        larger(self.scratch, self.block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_stage_ends_a_stream() {
        let limited = StreamMemory { steps: Some(7), state: 3, ..StreamMemory::NONE };
        let longer = StreamMemory { steps: Some(9), scratch: 5, ..StreamMemory::NONE };
        assert_eq!(StreamMemory::NONE.and(limited).and(longer).steps, Some(7));
        assert_eq!(StreamMemory::NONE.and(StreamMemory::NONE).steps, None);
    }
}
