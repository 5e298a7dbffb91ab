//! What a network computes, with all sizes known: what the reference implementation works from.

pub mod stream;
mod tensors;

use std::cell::OnceCell;
use std::ops::Range;

#[allow(unused_imports, reason = "the build script needs no values")]
pub use tensors::{Tensor, Values};

use super::call::Kind;
use super::{Function, Group, Network, Operation, Size, Stage, UserLayer};

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
}

/// One stage.
#[derive(Clone, Debug)]
pub struct Step {
    /// What its tensors are called, where that is not the field.
    pub tensors: Option<String>,
    /// The field: the label, or `stage` and its position.
    pub field: String,
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
    /// The same stages so many times.
    Repeat(usize, Plan),
    /// The outputs of each one behind the other.
    Concat(usize, Vec<Plan>),
    /// The sum of the outputs.
    Sum(Vec<Plan>),
    /// Branches multiplied.
    Multiplied(Vec<Plan>),
    /// A layer of the language.
    Layer(Layer),
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
        let plan = Plan::through(group, &network.stages, input, arguments);
        Plan { vocabularies: values(&network.vocabularies), ..plan }
    }

    /// What stages compute.
    fn through(group: &Group, stages: &[Stage], input: Vec<usize>, arguments: &[usize]) -> Self {
        let mut shape = input.clone();
        let mut steps: Vec<Step> = Vec::new();
        let mut is_bare = true;
        for stage in stages {
            let Stage::Layer { tensors, label, activation, operation } = stage else { continue };
            let (compute, output) = match operation {
                None => (Compute::Nothing, shape.clone()),
                Some(Operation::Tied(label)) => tied(&steps, label, &shape),
                Some(operation) => Compute::of(group, operation, &shape, arguments),
            };
            shape.clone_from(&output);
            is_bare = steps.is_empty() && label.is_none() && tensors.is_none();
            steps.push(Step {
                tensors: tensors.clone(),
                field: label.clone().unwrap_or_else(|| format!("stage{}", steps.len() + 1)),
                values: compute.values(),
                compute,
                activation: activation.as_ref().map(|activation| activation.function),
                output,
            });
        }
        let values = steps.iter().map(|step| step.values).sum();
        Plan { input, vocabularies: Vec::new(), steps, is_bare, values }
    }

    /// The shape of a sample that comes out.
    pub fn output(&self) -> &[usize] {
        &self.steps.last().expect("a network has a stage").output
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
        match operation {
            Operation::Dense(width, form) => {
                let (inputs, width) = (input[input.len() - 1], width.value(arguments));
                (Compute::Dense(inputs, width, form.has_bias), with_last(input, width))
            }
            Operation::Network(index, inner) => {
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
                (Compute::Repeat(times.value(arguments), through(body)), input.to_vec())
            }
            Operation::Concat(axis, branches) => {
                let branches: Vec<Plan> = branches.iter().map(through).collect();
                let (axis, mut output) = (axis.unwrap_or(0), branches[0].output().to_vec());
                output[axis] = branches.iter().map(|branch| branch.output()[axis]).sum();
                (Compute::Concat(axis, branches), output)
            }
            Operation::Product(branches) => {
                let branches: Vec<Plan> = branches.iter().map(through).collect();
                let output = branches[0].output().to_vec();
                (Compute::Multiplied(branches), output)
            }
            Operation::Sum(branches) => {
                let branches: Vec<Plan> = branches.iter().map(through).collect();
                let output = branches[0].output().to_vec();
                (Compute::Sum(branches), output)
            }
            Operation::Call(call) => {
                let kind = call.kind.clone();
                let output = kind.output(input);
                let (input, sum) = (input.to_vec(), OnceCell::new());
                (Compute::Layer(Layer { kind, input, output: output.clone(), sum }), output)
            }
            Operation::Tied(_) => unreachable!("`through` sees the stages in front"),
        }
    }

    /// How many values its state has.
    fn values(&self) -> usize {
        let mut list = Vec::new();
        self.tensors("", &mut list);
        list.iter().map(Tensor::values).sum()
    }
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
