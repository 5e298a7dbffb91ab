//! How much memory a layer needs for a stream.

use crate::capacity::sum;
use crate::layer::larger;

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
        StreamMemory { state: 0, scratch: 0, steps: None, front: 0, back: 0 };

    /// Enough for layers that run one after the other in a step, each with a state of its own.
    pub const fn and(self, other: StreamMemory) -> StreamMemory {
        StreamMemory {
            state: sum(self.state, other.state, "the state of a stream"),
            scratch: larger(self.scratch, other.scratch),
            steps: match (self.steps, other.steps) {
                (Some(left), Some(right)) => Some(if left < right { left } else { right }),
                (Some(steps), None) | (None, Some(steps)) => Some(steps),
                (None, None) => None,
            },
            ..StreamMemory::NONE
        }
    }

    /// The same with so much more working memory.
    pub const fn with_scratch(self, values: usize) -> StreamMemory {
        let scratch = sum(self.scratch, values, "the working memory of a stream");
        StreamMemory { scratch, ..self }
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
