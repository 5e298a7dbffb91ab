//! What a network computes, with all sizes known: what the reference implementation works from.

use super::{Function, Group, Network, Operation, Size, Stage, UserLayer};

/// A network as a list of steps.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The shape of a sample that goes in.
    pub input: Vec<usize>,
    /// One for each stage that has a place among the representations.
    pub steps: Vec<Step>,
}

/// One stage.
#[derive(Clone, Debug)]
pub struct Step {
    /// The field: the label, or `stage` and its position.
    pub field: String,
    /// What is computed first.
    pub compute: Compute,
    /// What is applied to that.
    pub activation: Option<Function>,
    /// The shape that comes out.
    pub output: Vec<usize>,
}

/// A function with parameters.
#[derive(Clone, Debug)]
pub enum Compute {
    /// Values stay as they are: an activation stands alone.
    Nothing,
    /// So many inputs and outputs.
    Dense(usize, usize),
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
}

impl Plan {
    /// What a network of a group computes where its const parameters have these values.
    pub fn of(group: &Group, network: &Network, arguments: &[usize]) -> Self {
        let values = |sizes: &[Size]| sizes.iter().map(|size| size.value(arguments)).collect();
        let input: Vec<usize> = values(&network.input);
        let mut shape = input.clone();
        let mut steps = Vec::new();
        for stage in &network.stages {
            let Stage::Layer { label, activation, operation } = stage else { continue };
            let (compute, output) = match operation {
                None => (Compute::Nothing, shape.clone()),
                Some(Operation::Dense(width)) => {
                    let width = width.value(arguments);
                    (Compute::Dense(shape[0], width), vec![width])
                }
                Some(Operation::Network(index, inner)) => {
                    let plan = Plan::of(group, &group.networks[*index], &values(inner));
                    let output = plan.output().to_vec();
                    (Compute::Network(plan), output)
                }
                Some(Operation::User(layer)) => user_layer(layer, arguments),
            };
            shape.clone_from(&output);
            steps.push(Step {
                field: label.clone().unwrap_or_else(|| format!("stage{}", steps.len() + 1)),
                compute,
                activation: activation.as_ref().map(|activation| activation.function),
                output,
            });
        }
        Plan { input, steps }
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

    /// How many parameters it has.
    pub fn parameters(&self) -> usize {
        self.steps.iter().map(|step| step.compute.parameters()).sum()
    }

    /// The parameters' names and shapes as PyTorch has them.
    pub fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        let mut tensors = Vec::new();
        for step in &self.steps {
            let inner: Vec<(String, Vec<usize>)> = match &step.compute {
                Compute::Dense(inputs, outputs) => vec![
                    ("weight".into(), vec![*outputs, *inputs]),
                    ("bias".into(), vec![*outputs]),
                ],
                Compute::Network(plan) => plan.tensors(),
                Compute::Gain(len) => vec![("gain".into(), vec![*len])],
                Compute::Mix(rows, _) => vec![("weight".into(), vec![*rows])],
                Compute::Nothing | Compute::Product(_) | Compute::Reshape => Vec::new(),
            };
            let field = step.field.trim_start_matches("r#");
            let named = |(name, shape)| (format!("{field}.{name}"), shape);
            tensors.extend(inner.into_iter().map(named));
        }
        tensors
    }
}

impl Compute {
    /// How many parameters it has.
    pub fn parameters(&self) -> usize {
        match self {
            Compute::Nothing | Compute::Product(_) | Compute::Reshape => 0,
            Compute::Dense(inputs, outputs) => (inputs + 1) * outputs,
            Compute::Network(plan) => plan.parameters(),
            Compute::Gain(len) => *len,
            Compute::Mix(rows, _) => *rows,
        }
    }
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
