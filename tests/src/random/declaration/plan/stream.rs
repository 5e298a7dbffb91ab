//! Which networks take their sequence step by step.

use super::super::Function;
use super::super::call::{Kind, Window};
use super::known::Known;
use super::{Compute, Held, Layer, Plan, Step};

/// Along which axis of a sequence time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// `[length, features]`.
    First,
    /// `[channels, length]`.
    Last,
}

/// How a network streams.
#[derive(Clone, Debug)]
pub struct Stream {
    /// Along which axis time runs in what goes in.
    pub input: Time,
    /// Along which axis time runs in what comes out.
    pub output: Time,
    /// How many values a step of each input has.
    pub inputs: Vec<usize>,
    /// How many values a step of each output has.
    pub outputs: Vec<usize>,
    /// How many steps there are.
    pub length: usize,
}

impl Time {
    /// The type that stands for it.
    pub fn name(self) -> &'static str {
        match self {
            Time::First => "TimeFirst",
            Time::Last => "TimeLast",
        }
    }

    /// The other axis, along which the values of a step stand.
    pub fn across(self) -> usize {
        usize::from(self == Time::First)
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

    /// How many steps there are.
    fn length(self, shape: &[usize]) -> usize {
        match (self, shape) {
            (Time::Last, [_, length]) => *length,
            _ => shape[0],
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
            let widths = |shapes: &[&[usize]], time: Time| {
                shapes.iter().map(|shape| time.width(shape)).collect::<Vec<_>>()
            };
            let parts: Vec<&[usize]> = self.parts.iter().map(|part| &*part.shape).collect();
            let ends: Vec<&[usize]> = self.several().iter().map(|end| &*end.shape).collect();
            let or = |shapes: Vec<_>, one| if shapes.is_empty() { vec![one] } else { shapes };
            Some(Stream {
                input,
                output,
                inputs: widths(&or(parts, &*self.input), input),
                outputs: widths(&or(ends, self.output()), output),
                length: match self.parts.first() {
                    Some(part) => input.length(&part.shape),
                    None => input.length(&self.input),
                },
            })
        })
    }

    /// Along which axis time runs behind all steps, of each output.
    fn behind(&self, time: Time) -> Option<Time> {
        let mut known = Known::default();
        let is_of_tokens = self.vocabularies.len() == 1 && time == Time::First;
        if self.parts.is_empty() && self.input.len() != 2 && !is_of_tokens {
            return None;
        }
        known.add("input", self.parts.is_empty().then_some(time));
        for part in &self.parts {
            let is_sequence = match part.holds {
                Held::Numbers => part.shape.len() == 2,
                Held::Mask => false,
                Held::Tokens(..) => time == Time::First,
            };
            let is_as_long = time.length(&part.shape) == time.length(&self.parts[0].shape);
            if !is_sequence || !is_as_long {
                return None;
            }
            known.add(&part.label, Some(time));
        }
        self.behind_stages(Some(time), &mut known)
    }

    /// The same of stages, which see these values and add their own. Of several outputs one behind the other there is no time.
    fn behind_stages(
        &self,
        mut time: Option<Time>,
        known: &mut Known<Option<Time>>,
    ) -> Option<Time> {
        for step in &self.steps {
            let behind = step.behind(time, known)?;
            let outputs = step.key.iter().flat_map(|key| step.compute.outputs(key));
            let outputs: Vec<String> = outputs.map(|(key, _)| key).collect();
            time = (!step.compute.gives_several()).then_some(behind);
            outputs.iter().for_each(|key| known.add(key, Some(behind)));
            if let Some(key) = &step.key {
                known.add(key, time);
            }
        }
        let Some((first, others)) = self.ends.split_first() else { return time };
        let first = known.value(&first.key)?;
        others.iter().all(|end| known.value(&end.key) == Some(first)).then_some(first)
    }
}

impl Step {
    fn behind(&self, time: Option<Time>, known: &mut Known<Option<Time>>) -> Option<Time> {
        let reads = self.from.iter().chain(&self.given).chain(self.reads.iter().flatten());
        let mut of_reads = reads.map(|key| known.value(key));
        // What is read has time along one axis, which is that of what is in front of it.
        let time = match of_reads.next() {
            None => time?,
            Some(first) => {
                let first = first?;
                if time.is_some_and(|time| time != first)
                    || of_reads.any(|read| read != Some(first))
                {
                    return None;
                }
                first
            }
        };
        if let Compute::Network(plan) = &self.compute
            && plan.parts.is_empty() != self.given.is_empty()
        {
            return None;
        }
        let mut through = |plan: &Plan| plan.behind_stages(Some(time), known);
        let behind = match &self.compute {
            Compute::Nothing => Some(time),
            Compute::Dense(..) | Compute::Tied(..) => time.is(Time::First),
            Compute::Network(plan) => plan.behind(time),
            Compute::Residual(body, None) => through(body)?.is(time),
            Compute::Residual(body, Some(project)) => {
                let behind = through(body)?;
                behind.is(through(project)?)
            }
            Compute::Repeat(turns) => {
                for (turn, body) in turns.iter().enumerate() {
                    known.begin_turn();
                    let given = body.behind_stages(Some(time), known)?.is(time)?;
                    known.end_turn(turn, self.key.as_deref(), Some(given));
                }
                Some(time)
            }
            Compute::Concat(axis, branches) => {
                let aside = if *axis == 0 { Time::Last } else { Time::First };
                let mut all = branches.iter().map(through);
                all.all(|behind| behind == Some(aside)).then_some(time)?.is(aside)
            }
            Compute::Sum(branches) | Compute::Multiplied(branches) => {
                let mut all = branches.iter().map(through);
                let first = all.next()??;
                all.all(|behind| behind == Some(first)).then_some(first)
            }
            Compute::Layer(layer) if self.reads.iter().all(Option::is_none) => layer.behind(time),
            Compute::Pair("gaussian", _) => Some(time),
            Compute::Layer(_)
            | Compute::Gain(_)
            | Compute::Product(_)
            | Compute::Mix(..)
            | Compute::Reshape
            | Compute::Pair(..) => None,
        };
        if self.compute.gives_several() {
            return behind.filter(|_| self.activation.is_none());
        }
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

impl Compute {
    /// Whether it is a network whose outputs stand one behind the other.
    fn gives_several(&self) -> bool {
        matches!(self, Compute::Network(plan) if !plan.several().is_empty())
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
