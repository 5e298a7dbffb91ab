//! Stages that follow one another.

use super::layout::{BufferSize, larger};
use super::needs::Needs;
use super::reference::Referenced;
use super::structure::Stage;
use crate::capacity;

/// What the passes of a network stand on: what its stages need, and the values that lie between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What the stages need.
    pub stages: Needs,
    /// How many values of a sample lie between them, input and output of the whole left out.
    pub inner: usize,
    /// The largest sample behind the first, third, .. of them but the last, or in front of the next one.
    pub front: usize,
    /// The largest sample behind the second, fourth, .. of them but the last, or in front of the next one.
    pub back: usize,
    /// How many stages there are from the first one with parameters on.
    pub learning: usize,
}

impl Chain {
    /// Of these stages.
    pub const fn of(stages: &[Stage]) -> Self {
        let mut chain = Chain { stages: Needs::NOTHING, inner: 0, front: 0, back: 0, learning: 0 };
        let mut index = 0;
        while index < stages.len() {
            let stage = &stages[index];
            chain.stages = chain.stages.then(stage.needs);
            if chain.learning > 0 || stage.parameters > 0 {
                chain.learning += 1;
            }
            if index + 1 < stages.len() {
                chain.inner =
                    capacity::sum(chain.inner, stage.len(), "what lies between the stages");
                // What the next one takes may be an earlier value, whose gradient stands here on the way back.
                let len = larger(stage.len(), stages[index + 1].input_len());
                if index.is_multiple_of(2) {
                    chain.front = larger(chain.front, len);
                } else {
                    chain.back = larger(chain.back, len);
                }
            }
            index += 1;
        }
        chain
    }

    /// How long the two buffers are in which what lies between so many samples takes turns.
    #[inline(always)]
    pub const fn turns(&self, samples: usize) -> [usize; 2] {
        [samples * self.front, samples * self.back]
    }

    /// What the network needs as a layer: it keeps what lies between its stages, or that takes turns in two buffers.
    pub const fn needs(&self) -> Needs {
        let buffers = BufferSize::per_sample(capacity::sum(self.front, self.back, "two buffers"));
        self.stages
            .with_tape(BufferSize::per_sample(self.inner))
            .with_forward(buffers)
            .with_backward(buffers)
    }

    /// The same, where later stages refer to values.
    pub const fn needs_of<const N: usize>(&self, referenced: &Referenced<N>) -> Needs {
        self.needs()
            .with_forward(referenced.values().size())
            .with_backward(referenced.gradients().size())
    }
}
