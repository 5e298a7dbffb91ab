//! What a network computes, with all sizes known: what the reference implementation works from.

pub mod known;
pub mod stream;
mod tensors;

use std::cell::OnceCell;
use std::ops::Range;

use tensors::Names;
#[allow(unused_imports, reason = "the build script needs no values")]
pub use tensors::{Tensor, Values};

use super::call::Kind;
use super::{
    Function, Given, Group, Holds, Input, Network, Operation, Read, Reference, Size, Stage,
    UserLayer, branches,
};

/// A network, or the stages inside a composition, as a list of steps.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The shape of a sample that goes in.
    pub input: Vec<usize>,
    /// The vocabularies of tokens that go in; none of numbers.
    pub vocabularies: Vec<usize>,
    /// One for each stage that has a place among the representations.
    pub steps: Vec<Step>,
    /// Whether it is a single stage without a name inside a composition, which then has no name.
    pub is_bare: bool,
    /// How many values its state has.
    pub values: usize,
    /// Several inputs, in place of the one.
    pub parts: Vec<Part>,
    /// Which values come out, where it is not what the last step gives: one, or several outputs.
    pub ends: Vec<End>,
    /// The shape of a sample that comes out.
    pub given: Vec<usize>,
    /// Whether values are read that the step in front does not give.
    pub is_graph: bool,
}

/// One of several inputs.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its label.
    pub label: String,
    /// The places of its values among those of all.
    pub rows: Range<usize>,
    /// Its shape.
    pub shape: Vec<usize>,
    /// What they are; sizes are numbers here.
    pub holds: Held,
}

/// What the values of an input are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held {
    /// Numbers.
    Numbers,
    /// Numbers, of which some are zero.
    Mask,
    /// Tokens of a vocabulary, and which of them is padding.
    Tokens(usize, Option<usize>),
}

/// A value that comes out.
#[derive(Clone, Debug)]
pub struct End {
    /// Its name among the values.
    pub key: String,
    /// Its shape.
    pub shape: Vec<usize>,
}

/// One stage.
#[derive(Clone, Debug)]
pub struct Step {
    /// What its tensors are called, where that is not the field.
    pub tensors: Option<String>,
    /// The field: the label, or `stage` and its position.
    pub field: String,
    /// The name of the value that it goes on from, where the step in front does not give it.
    pub from: Option<String>,
    /// The names of the values that the inputs of a network are given, in their order, where it is told them.
    pub given: Vec<String>,
    /// The names of the values that it reads besides: a memory, a mask.
    pub reads: [Option<String>; 2],
    /// The name of what it gives, where that can be read.
    pub key: Option<String>,
    /// What is computed first.
    pub compute: Compute,
    /// What is applied to that.
    pub activation: Option<Function>,
    /// The shape that comes out.
    pub output: Vec<usize>,
    /// How many values its state has.
    pub values: usize,
}

/// A function with parameters.
#[derive(Clone, Debug)]
pub enum Compute {
    /// Values stay as they are: an activation stands alone.
    Nothing,
    /// So many inputs and outputs, at each step of a sequence, with a bias or without.
    Dense(usize, usize, bool),
    /// The same without bias, with an embedding's parameters as weights: where they lie in the state of the
    /// network, and how many inputs there are.
    Tied(Range<usize>, usize),
    /// A whole network.
    Network(Plan),
    /// So many values, each times a parameter.
    Gain(usize),
    /// The product of two halves of this length.
    Product(usize),
    /// A sum of that many rows of that length, each times a parameter.
    Mix(usize, usize),
    /// A change of shape only.
    Reshape,
    /// Stages whose output is added to their input, or to what other stages make of it.
    Residual(Plan, Option<Plan>),
    /// Stages for each turn.
    Repeat(Vec<Plan>),
    /// The outputs of each one behind the other.
    Concat(usize, Vec<Plan>),
    /// The sum of the outputs.
    Sum(Vec<Plan>),
    /// Branches multiplied.
    Multiplied(Vec<Plan>),
    /// A layer of the language.
    Layer(Layer),
    /// A layer of two values of this shape, of which one is read besides.
    Pair(&'static str, Vec<usize>),
}

/// A layer of the language between two shapes.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What it computes.
    pub kind: Kind,
    /// The shape that goes in.
    pub input: Vec<usize>,
    /// The shape that comes out.
    pub output: Vec<usize>,
    /// The shape of the memory of attention.
    pub memory: Option<Vec<usize>>,
    /// What the reference makes of it, once.
    pub sum: OnceCell<Vec<Term>>,
}

/// A product that a linear layer adds to an output: of one value of the input, or of 1.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// To which output.
    pub output: usize,
    /// Which input, or 1.
    pub input: Option<usize>,
    /// What it is multiplied with.
    pub factor: Factor,
}

/// What a value is multiplied with.
#[derive(Clone, Copy, Debug)]
pub enum Factor {
    /// A number.
    Number(f64),
    /// The value of the state at this position.
    Parameter(usize),
}

impl Plan {
    /// What a network of a group computes where its const parameters have these values.
    pub fn of(group: &Group, network: &Network, arguments: &[usize]) -> Self {
        let values = |sizes: &[Size]| sizes.iter().map(|size| size.value(arguments)).collect();
        let input = values(&network.input);
        let mut plan = Plan::through(group, &network.stages, input, arguments);
        plan.vocabularies = values(&network.vocabularies);
        plan.is_graph = network.is_graph;
        let mut start = 0;
        for Input { label, sizes, holds } in &network.inputs {
            let shape: Vec<usize> = values(sizes);
            let end = start + shape.iter().product::<usize>();
            let holds = match holds {
                Holds::Numbers => Held::Numbers,
                Holds::Mask => Held::Mask,
                Holds::Tokens(size, padding) => Held::Tokens(size.value(arguments), *padding),
            };
            plan.parts.push(Part { label: label.clone(), rows: start..end, shape, holds });
            start = end;
        }
        // What is read anywhere in the network can have any of its names.
        for step in &mut plan.steps {
            step.key = Some(step.field.clone());
        }
        let last = plan.steps.last();
        let last = last.map(|step| End { key: step.field.clone(), shape: step.output.clone() });
        let front = match network.outputs.is_empty() {
            true => None,
            // The stages in front may end with a reference.
            false => plan.ends.pop().or(last),
        };
        for output in &network.outputs {
            let End { key: front, shape } = front.clone().expect("a stage in front of outputs");
            let first = plan.steps.len();
            let mut of_output = Plan::through(group, output, shape, arguments);
            if let Some(step) = of_output.steps.first_mut() {
                step.from.get_or_insert(front);
            }
            for (index, step) in of_output.steps.iter_mut().enumerate() {
                if let Some(number) = step.field.strip_prefix("stage") {
                    let number: usize = number.parse().expect("a number");
                    debug_assert_eq!(number, index + 1);
                    step.field = format!("stage{}", first + number);
                }
                step.key = Some(step.field.clone());
            }
            let last = of_output.steps.last();
            let of_last =
                last.map(|step| End { key: step.field.clone(), shape: step.output.clone() });
            plan.ends.push(of_last.unwrap_or_else(|| of_output.ends[0].clone()));
            plan.values += of_output.values;
            plan.steps.extend(of_output.steps);
        }
        if !network.outputs.is_empty() {
            let sizes = plan.ends.iter().map(|end| end.shape.iter().product::<usize>());
            plan.given = vec![sizes.sum()];
        }
        plan
    }

    /// What stages compute.
    fn through(group: &Group, stages: &[Stage], input: Vec<usize>, arguments: &[usize]) -> Self {
        let mut shape = input.clone();
        let mut steps: Vec<Step> = Vec::new();
        let mut is_bare = true;
        let mut from = None;
        for stage in stages {
            let (tensors, label, activation, operation) = match stage {
                Stage::Stated(_) => continue,
                Stage::Reference(reference) => {
                    from = Some(named(reference, arguments, &mut shape));
                    continue;
                }
                Stage::Layer { tensors, label, activation, operation } => {
                    (tensors, label, activation, operation)
                }
            };
            let (mut given, mut reads) = (Vec::new(), [None, None]);
            match operation {
                Some(Operation::Network(index, _, named)) if !named.is_empty() => {
                    let inputs = group.networks[*index].inputs.iter();
                    given.extend(inputs.map(|input| value_of(named, &input.label)));
                    from = None;
                }
                Some(Operation::Pair(_, a, b)) => {
                    from = Some(named(a, arguments, &mut shape));
                    reads[0] = Some(b.values[0].key.clone());
                }
                Some(Operation::Call(call)) => {
                    reads = [&call.reads.memory, &call.reads.mask]
                        .map(|read| read.as_ref().map(|read| read.values[0].key.clone()));
                }
                _ => {}
            }
            let (compute, output) = match operation {
                None => (Compute::Nothing, shape.clone()),
                Some(Operation::Tied(label)) => tied(&steps, label, &shape),
                Some(operation) => Compute::of(group, operation, &shape, arguments),
            };
            shape.clone_from(&output);
            is_bare = steps.is_empty() && label.is_none() && tensors.is_none();
            steps.push(Step {
                tensors: tensors.clone(),
                from: from.take(),
                given,
                reads,
                key: label.clone(),
                field: label.clone().unwrap_or_else(|| format!("stage{}", steps.len() + 1)),
                values: compute.values(),
                compute,
                activation: activation.as_ref().map(|activation| activation.function),
                output,
            });
        }
        let values = steps.iter().map(|step| step.values).sum();
        let ends = from.into_iter().map(|key| End { key, shape: shape.clone() }).collect();
        let (vocabularies, parts, is_graph) = (Vec::new(), Vec::new(), false);
        Plan { input, vocabularies, steps, is_bare, values, parts, ends, given: shape, is_graph }
    }

    /// The shape of a sample that comes out.
    pub fn output(&self) -> &[usize] {
        &self.given
    }

    /// Several outputs; none where one value comes out.
    pub fn several(&self) -> &[End] {
        if self.ends.len() > 1 { &self.ends } else { &[] }
    }

    /// The fields of what each stage gives: several inputs, then all stages.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let inputs = self.parts.iter().map(|part| part.label.as_str());
        inputs.chain(self.steps.iter().map(|step| step.field.as_str()))
    }

    /// How many values a sample has that goes in.
    pub fn inputs(&self) -> usize {
        self.input.iter().product()
    }

    /// How many values a sample has that comes out.
    pub fn outputs(&self) -> usize {
        self.output().iter().product()
    }
}

impl Compute {
    fn of(
        group: &Group,
        operation: &Operation,
        input: &[usize],
        arguments: &[usize],
    ) -> (Self, Vec<usize>) {
        let through = |stages: &Vec<Stage>| Plan::through(group, stages, input.to_vec(), arguments);
        let all =
            |written: &[Vec<Stage>]| branches(written).iter().map(through).collect::<Vec<_>>();
        match operation {
            Operation::Dense(width, form) => {
                let (inputs, width) = (input[input.len() - 1], width.value(arguments));
                (Compute::Dense(inputs, width, form.has_bias), with_last(input, width))
            }
            Operation::Network(index, inner, _) => {
                let inner: Vec<usize> = inner.iter().map(|size| size.value(arguments)).collect();
                let plan = Plan::of(group, &group.networks[*index], &inner);
                let output = plan.output().to_vec();
                (Compute::Network(plan), output)
            }
            Operation::User(layer) => user_layer(layer, arguments),
            Operation::Residual(body, project) => {
                let body = through(body);
                let output = body.output().to_vec();
                (Compute::Residual(body, project.as_ref().map(through)), output)
            }
            Operation::Repeat(times, body) => {
                (Compute::Repeat(vec![through(body); times.value(arguments)]), input.to_vec())
            }
            Operation::Turns(_, _, bodies) => {
                let (mut turns, mut shape) = (Vec::new(), input.to_vec());
                for body in bodies {
                    let turn = Plan::through(group, body, shape, arguments);
                    shape = turn.output().to_vec();
                    turns.push(turn);
                }
                (Compute::Repeat(turns), shape)
            }
            Operation::Concat(axis, branches) => {
                let branches = all(branches);
                let (axis, mut output) = (axis.unwrap_or(0), branches[0].output().to_vec());
                output[axis] = branches.iter().map(|branch| branch.output()[axis]).sum();
                (Compute::Concat(axis, branches), output)
            }
            Operation::Product(branches) => {
                let branches = all(branches);
                let output = branches[0].output().to_vec();
                (Compute::Multiplied(branches), output)
            }
            Operation::Sum(branches) => {
                let branches = all(branches);
                let output = branches[0].output().to_vec();
                (Compute::Sum(branches), output)
            }
            Operation::Call(call) => {
                let kind = call.kind.clone();
                let output = kind.output(input);
                let (input, sum) = (input.to_vec(), OnceCell::new());
                let memory =
                    call.reads.memory.as_ref().map(|memory| memory.values[0].shape(arguments));
                (Compute::Layer(Layer { kind, input, output: output.clone(), memory, sum }), output)
            }
            Operation::Pair("gaussian", ..) => {
                (Compute::Pair("gaussian", input.to_vec()), input.to_vec())
            }
            Operation::Pair(word, ..) => (Compute::Pair(word, input.to_vec()), with_last(input, 1)),
            Operation::Tied(_) => unreachable!("`through` sees the stages in front"),
        }
    }

    /// The names that the outputs of a network have where its stage is called so, and their rows.
    pub fn outputs(&self, stage: &str) -> Vec<(String, Range<usize>)> {
        let Compute::Network(plan) = self else { return Vec::new() };
        let mut row = 0;
        let outputs = plan.several().iter().map(|end| {
            let start = row;
            row += end.shape.iter().product::<usize>();
            (format!("{stage}.{}", end.key), start..row)
        });
        outputs.collect()
    }

    /// How many values its state has.
    fn values(&self) -> usize {
        let mut list = Vec::new();
        self.tensors(Names::default(), &mut list);
        list.iter().map(Tensor::values).sum()
    }
}

impl Read {
    fn shape(&self, arguments: &[usize]) -> Vec<usize> {
        self.sizes.iter().map(|size| size.value(arguments)).collect()
    }
}

/// The name of the value that an input is given.
fn value_of(given: &[Given], input: &str) -> String {
    let given = given.iter().find(|given| given.input == input).expect("all inputs are given");
    given.value.values[0].key.clone()
}

/// The name of the value that stages go on from, whose shape they then have.
fn named(reference: &Reference, arguments: &[usize], shape: &mut Vec<usize>) -> String {
    let [value] = reference.values.as_slice() else { unreachable!("one branch for each") };
    *shape = value.shape(arguments);
    value.key.clone()
}

/// The table of an embedding in front as an output layer.
fn tied(steps: &[Step], label: &str, input: &[usize]) -> (Compute, Vec<usize>) {
    let index = steps.iter().position(|step| step.field == label).expect("it is in front");
    let start = steps[..index].iter().map(|step| step.values).sum();
    let (values, features) = (steps[index].values, input[input.len() - 1]);
    let output = with_last(input, values / features);
    (Compute::Tied(start..start + values, features), output)
}

fn with_last(shape: &[usize], last: usize) -> Vec<usize> {
    let mut shape = shape.to_vec();
    shape.pop();
    shape.push(last);
    shape
}

fn user_layer(layer: &UserLayer, arguments: &[usize]) -> (Compute, Vec<usize>) {
    match layer {
        UserLayer::Gain(size) => {
            let size = size.value(arguments);
            (Compute::Gain(size), vec![size])
        }
        UserLayer::Product(half) => (Compute::Product(*half), vec![*half]),
        UserLayer::Mix(rows, columns) => (Compute::Mix(*rows, *columns), vec![*columns]),
        UserLayer::Fold(a, b, c) => (Compute::Reshape, vec![*a, *b, *c]),
        UserLayer::Unfold(a, b, c) => (Compute::Reshape, vec![a * b * c]),
    }
}
