//! What a network is made of, as its summary and diagram show it.

use super::Written;
use crate::capacity;
use crate::capacity::product;
use crate::layer::{BufferSize, Layer, Needs, larger};
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
    pub const fn sequence(stages: &'static [Stage]) -> Self {
        let structure = Structure::Sequence(stages);
        Description { multiply_adds: multiply_adds(stages), structure }
    }
}

/// How many values stages train.
#[doc(hidden)]
pub const fn trained(stages: &[Stage]) -> usize {
    let (mut sum, mut index) = (0usize, 0);
    while index < stages.len() {
        sum = capacity::sum(sum, stages[index].parameters, "the parameters");
        index += 1;
    }
    sum
}

/// How many values stages hold, trained or not.
#[doc(hidden)]
pub const fn held(stages: &[Stage]) -> usize {
    let (mut sum, mut index) = (0usize, 0);
    while index < stages.len() {
        sum = capacity::sum(sum, stages[index].values, "the parameters");
        index += 1;
    }
    sum
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

    /// The stage that a field of the network `N` is.
    #[doc(hidden)]
    pub const fn at<T: Float, N, L: Layer<T>>(
        _: fn(&N) -> &L,
        name: &'static str,
        written: Written,
    ) -> Self {
        Self::of::<T, L>(name, written)
    }

    /// The stage that a layer of the network `N` is whose parameters are those of another stage.
    #[doc(hidden)]
    pub const fn sharing_at<T: Float, N, L: Layer<T>>(
        _: fn(&N) -> &L,
        name: &'static str,
        written: Written,
    ) -> Self {
        Self::sharing::<T, L>(name, written)
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
            needs: L::NEEDS,
            description: L::DESCRIPTION,
        }
    }
}

/// What the passes of a network stand on: what its stages need, and the values that lie between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub struct Chain {
    /// What the stages need.
    pub stages: Needs,
    /// How many values of a sample lie between them, input and output of the whole left out.
    pub inner: usize,
    /// The largest sample behind the first, third, .. of them but the last.
    pub front: usize,
    /// The largest sample behind the second, fourth, .. of them but the last.
    pub back: usize,
}

impl Chain {
    /// Of these stages.
    pub const fn of(stages: &[Stage]) -> Self {
        let mut chain = Chain { stages: Needs::NOTHING, inner: 0, front: 0, back: 0 };
        let mut index = 0;
        while index < stages.len() {
            let stage = &stages[index];
            chain.stages = chain.stages.then(stage.needs);
            if index + 1 < stages.len() {
                chain.inner =
                    capacity::sum(chain.inner, stage.len(), "what lies between the stages");
                if index.is_multiple_of(2) {
                    chain.front = larger(chain.front, stage.len());
                } else {
                    chain.back = larger(chain.back, stage.len());
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
}
