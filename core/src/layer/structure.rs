//! What a network is made of, as its summary and diagram show it.

use super::needs::Needs;
use super::written::Written;
use crate::capacity::product;

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
    /// What its passes need.
    pub needs: Needs,
    /// What is known of it besides.
    pub description: Description,
}

/// What summaries and diagrams show of a layer, and no pass asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Description {
    /// How many pairs of values a forward pass multiplies and adds for one sample.
    pub multiply_adds: usize,
    /// What it is made of.
    pub structure: Structure,
}

impl Description {
    /// A layer that is not made of others and multiplies nothing.
    pub const LAYER: Description = Description { multiply_adds: 0, structure: Structure::Layer };

    /// A layer that is not made of others.
    pub const fn layer(multiply_adds: usize) -> Self {
        Description { multiply_adds, ..Description::LAYER }
    }

    /// Stages one after the other.
    pub const fn chain(stages: &'static [Stage]) -> Self {
        let structure = Structure::Chain(stages);
        Description { multiply_adds: multiply_adds(stages), structure }
    }
}

/// How many pairs of values stages multiply and add for one sample.
pub(crate) const fn multiply_adds(stages: &[Stage]) -> usize {
    let (mut sum, mut index) = (0usize, 0);
    while index < stages.len() {
        sum = sum.saturating_add(stages[index].description.multiply_adds);
        index += 1;
    }
    sum
}

/// What a stage is made of. Where stages are in a composition, one [`Stage`] without name and text stands for
/// all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// A layer that is not made of others.
    Layer,
    /// Stages one after the other: a network, or what stands in the parentheses of a composition.
    Chain(&'static [Stage]),
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
    /// Branches that all see the same input, whose outputs become one.
    Joined {
        /// The word that says how: `concat`, `sum`, `product`.
        word: &'static str,
        /// The branches.
        branches: &'static [Stage],
    },
}

impl Stage {
    /// How many values a sample has behind it.
    pub const fn len(&self) -> usize {
        len(self.shape)
    }

    /// How many values a sample has in front of it.
    pub(crate) const fn input_len(&self) -> usize {
        len(self.input)
    }

    /// Whether nothing comes out, which is never so.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How many values a sample of these sizes has.
pub(crate) const fn len(sizes: &[usize]) -> usize {
    let (mut len, mut axis) = (1, 0);
    while axis < sizes.len() {
        len = product(len, sizes[axis], "a sample");
        axis += 1;
    }
    len
}
