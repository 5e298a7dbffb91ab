//! How the values that stages refer to lie in working memory.

use crate::layer::layout::larger;
use crate::layer::{BufferLayout, BufferSize};

/// The values of a network that later stages refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Referenced<const N: usize> {
    /// How many values a sample of each has.
    lens: [usize; N],
    /// Which of them is the input of the network, if one is.
    input: Option<usize>,
    /// Which of them stages inside give, which no stage of the network does.
    given_inside: [bool; N],
    /// In whose memory each stands where a pass does not keep them.
    memories: [usize; N],
}

impl<const N: usize> Referenced<N> {
    /// Values of these sizes.
    pub const fn new(lens: [usize; N]) -> Self {
        let mut memories = [0; N];
        let mut index = 0;
        while index < N {
            memories[index] = index;
            index += 1;
        }
        Referenced { lens, input: None, given_inside: [false; N], memories }
    }

    /// The same, of which one is the input.
    pub const fn with_input_at(self, index: usize) -> Self {
        Referenced { input: Some(index), ..self }
    }

    /// The same, where each stands in the memory of one that nobody reads any more, or in its own.
    pub const fn in_memories(self, memories: [usize; N]) -> Self {
        Referenced { memories, ..self }
    }

    /// The same, of which a stage inside gives one.
    pub const fn with_one_from_inside(mut self, index: usize) -> Self {
        self.given_inside[index] = true;
        self
    }

    /// Where those stand that stages inside give, where a pass keeps them.
    pub const fn given_inside(&self) -> BufferLayout<N> {
        let mut lens = self.lens;
        let mut index = 0;
        while index < N {
            if !self.given_inside[index] {
                lens[index] = 0;
            }
            index += 1;
        }
        Referenced { lens, ..*self }.layout(None)
    }

    /// Where they stand where a pass does not keep them: the input lies elsewhere. Those in the memory of another have none.
    pub const fn values(&self) -> BufferLayout<N> {
        let mut lens = [0; N];
        let mut index = 0;
        while index < N {
            let memory = self.memories[index];
            lens[memory] = larger(lens[memory], self.lens[index]);
            index += 1;
        }
        Referenced { lens, ..*self }.layout(self.input)
    }

    /// Where their gradients stand.
    pub const fn gradients(&self) -> BufferLayout<N> {
        self.layout(None)
    }

    const fn layout(&self, left_out: Option<usize>) -> BufferLayout<N> {
        let mut parts = [BufferSize::NONE; N];
        let mut index = 0;
        while index < N {
            parts[index] = BufferSize::per_sample(self.lens[index]);
            index += 1;
        }
        if let Some(index) = left_out {
            parts[index] = BufferSize::NONE;
        }
        BufferLayout::new(parts)
    }
}
