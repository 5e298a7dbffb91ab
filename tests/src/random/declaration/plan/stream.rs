//! Which networks take their sequence step by step.

use super::super::Function;
use super::super::call::{Kind, Window};
use super::{Compute, Layer, Plan, Step};

/// Along which axis of a sequence time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// `[length, features]`.
    First,
    /// `[channels, length]`.
    Last,
}

/// How a network streams.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    /// Along which axis time runs in what goes in.
    pub input: Time,
    /// Along which axis time runs in what comes out.
    pub output: Time,
    /// How many values a step has that goes in.
    pub inputs: usize,
    /// How many values a step has that comes out.
    pub outputs: usize,
}

impl Time {
    /// The type that stands for it.
    pub fn name(self) -> &'static str {
        match self {
            Time::First => "TimeFirst",
            Time::Last => "TimeLast",
        }
    }

    /// The other one.
    pub fn transposed(self) -> Self {
        match self {
            Time::First => Time::Last,
            Time::Last => Time::First,
        }
    }

    /// How many values a step has.
    fn width(self, shape: &[usize]) -> usize {
        match (self, shape) {
            (Time::First, [_, width]) | (Time::Last, [width, _]) => *width,
            // Tokens.
            _ => 1,
        }
    }

    fn is(self, wanted: Time) -> Option<Time> {
        (self == wanted).then_some(self)
    }
}

impl Plan {
    /// How the network takes its sequence step by step, if it does.
    pub fn stream(&self) -> Option<Stream> {
        [Time::First, Time::Last].into_iter().find_map(|input| {
            let output = self.behind(input)?;
            let (inputs, outputs) = (input.width(&self.input), output.width(self.output()));
            Some(Stream { input, output, inputs, outputs })
        })
    }

    /// Along which axis time runs behind all steps.
    fn behind(&self, time: Time) -> Option<Time> {
        let is_of_tokens = self.vocabularies.len() == 1 && time == Time::First;
        if self.is_graph || self.input.len() != 2 && !is_of_tokens {
            return None;
        }
        self.steps.iter().try_fold(time, |time, step| step.behind(time))
    }
}

impl Step {
    fn behind(&self, time: Time) -> Option<Time> {
        let behind = match &self.compute {
            Compute::Nothing => Some(time),
            Compute::Dense(..) | Compute::Tied(..) => time.is(Time::First),
            Compute::Network(plan) => plan.behind(time),
            Compute::Residual(body, None) => body.behind(time)?.is(time),
            Compute::Repeat(turns) => {
                turns.iter().try_fold(time, |time, turn| turn.behind(time)?.is(time))
            }
            Compute::Residual(body, Some(project)) => body.behind(time)?.is(project.behind(time)?),
            Compute::Concat(axis, branches) => {
                let aside = if *axis == 0 { Time::Last } else { Time::First };
                let all = branches.iter().all(|branch| branch.behind(time) == Some(aside));
                all.then_some(time)?.is(aside)
            }
            Compute::Sum(branches) | Compute::Multiplied(branches) => {
                let first = branches[0].behind(time)?;
                branches.iter().all(|branch| branch.behind(time) == Some(first)).then_some(first)
            }
            Compute::Layer(layer) => layer.behind(time),
            Compute::Gain(_)
            | Compute::Product(_)
            | Compute::Mix(..)
            | Compute::Reshape
            | Compute::Pair(..) => None,
        };
        let behind = behind.filter(|_| self.output.len() == 2)?;
        match self.activation {
            Some(Function::Softmax(Some(0)) | Function::LogSoftmax(Some(0))) => {
                behind.is(Time::Last)
            }
            Some(Function::Softmax(_) | Function::LogSoftmax(_)) => behind.is(Time::First),
            _ => Some(behind),
        }
    }
}

impl Layer {
    fn behind(&self, time: Time) -> Option<Time> {
        if self.output.len() != 2 {
            return None;
        }
        match &self.kind {
            Kind::Conv { window, is_same, .. } if looks_back(window, *is_same) => {
                time.is(Time::Last)
            }
            Kind::BatchNorm(..) | Kind::Normalize(0, _) | Kind::Slice { axis: 0, .. } => {
                time.is(Time::Last)
            }
            Kind::Slice { axis: 1, .. } => time.is(Time::First),
            Kind::PRelu(1) => Some(time),
            Kind::PRelu(_) => time.is(Time::Last),
            Kind::Embedding { vocabularies, .. } if vocabularies.len() == 1 => time.is(Time::First),
            Kind::LayerNorm(1, ..)
            | Kind::RmsNorm(1, ..)
            | Kind::Normalize(..)
            | Kind::Attention { is_causal: true, .. }
            | Kind::Recurrent { is_last: false, is_both: false, .. }
            | Kind::Position(_)
            | Kind::Sinusoidal => time.is(Time::First),
            Kind::Permute(axes) if *axes == [1, 0] => Some(time.transposed()),
            Kind::Same => Some(time),
            _ => None,
        }
    }
}

/// Whether a convolution over a signal needs no later values. One that stands in the middle of equal padding may
/// be as simple, but is another layer.
fn looks_back(window: &Window, is_same: bool) -> bool {
    let (kernel, padding) = (window.kernel[1], window.padding[1]);
    let is_causal = is_same && kernel > 1 && padding == window.span(1) - 1;
    let is_alone = !is_same && kernel == 1 && padding == 0;
    window.stride[1] == 1 && (is_causal || is_alone)
}
