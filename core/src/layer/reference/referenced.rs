//! How the values that stages refer to lie in working memory.

use crate::layer::{BufferLayout, BufferSize};

/// The values of a network that later stages refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Referenced<const N: usize> {
    /// How many values a sample of each has.
    lens: [usize; N],
    /// Which of them is the input of the network, if one is.
    input: Option<usize>,
}

impl<const N: usize> Referenced<N> {
    /// Values of these sizes.
    pub const fn new(lens: [usize; N]) -> Self {
        Referenced { lens, input: None }
    }

    /// The same, of which one is the input.
    pub const fn with_input_at(self, index: usize) -> Self {
        Referenced { input: Some(index), ..self }
    }

    /// Where they stand where a pass does not keep them: the input lies elsewhere.
    pub const fn values(&self) -> BufferLayout<N> {
        self.layout(self.input)
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
