//! What a network is made of, as its summary and diagram show it.

use crate::layer::Layer;
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::Shape;

/// One stage of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its label, or `stage` and its position.
    pub name: &'static str,
    /// What the declaration says.
    pub text: &'static str,
    /// The shape of what goes in.
    pub input: &'static [usize],
    /// The shape of what it gives.
    pub shape: &'static [usize],
    /// How many values it trains.
    pub parameters: usize,
    /// How many pairs of values it multiplies and adds for one sample.
    pub multiply_adds: usize,
    /// How many values per sample it keeps for the way back: its output, and its tape.
    pub kept: usize,
    /// What it is made of.
    pub structure: Structure,
}

/// What a stage is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// A layer that is not made of others.
    Layer,
    /// Stages one after the other: a network, or what stands in the parentheses of a composition.
    Sequence(&'static [Stage]),
    /// Stages whose output is added to what went in, or to a projection of it.
    Residual {
        /// The stages.
        body: &'static Structure,
        /// What the input goes through where its shape differs from the output's.
        project: Option<&'static Structure>,
    },
    /// The same stages so many times, each with parameters of its own.
    Repeat {
        /// How many times.
        times: usize,
        /// The stages.
        body: &'static Structure,
    },
    /// Branches that all see the same input; their outputs stand one behind the other.
    Concat(&'static [Structure]),
    /// Branches that all see the same input; their outputs are added.
    Sum(&'static [Structure]),
}

impl Stage {
    /// The stage that a layer of type `L` is.
    pub const fn of<T: Float, L: Layer<T>>(name: &'static str, text: &'static str) -> Self {
        Stage {
            name,
            text,
            input: <L::Input as Shape>::DIMS,
            shape: <L::Output as Shape>::DIMS,
            parameters: <L as Parameters<T>>::PARAMETERS,
            multiply_adds: L::MULTIPLY_ADDS,
            kept: <L::Output as Shape>::LEN + L::TAPE,
            structure: L::STRUCTURE,
        }
    }
}
