//! Single stages: dense, nested networks, layers of users, stated shapes.

use super::super::call::Kind;
use super::super::plan::Plan;
use super::super::{
    Activation, Form, Function, Holds, Input, Network, Operation, Parameter, Size, Stage,
    UserLayer, branches,
};
use super::axes::Axes;
use super::{Body, Generator, LABELS, same};

impl Generator<'_> {
    /// Adds a stage, at times with one in front of it that gives what it takes.
    pub(super) fn stage(&mut self, body: &mut Body) {
        if let Some(time) = self.time {
            return self.look_back(time, body);
        }
        let is_image = body.shape.len() > 1;
        match self.rng.below(100) {
            0..10 => self.state(body),
            10..20 => {
                let activation = Some(self.activation());
                self.push(body, activation, None);
            }
            20..33 if body.depth < 2 => self.composition(body),
            33..43 => {
                if !self.nested(body) {
                    self.call(body);
                }
            }
            43..95 if is_image => self.call(body),
            43..51 => self.user_layer(body),
            51..67 => self.call(body),
            _ => self.dense(body),
        }
    }

    pub(super) fn push(
        &mut self,
        body: &mut Body,
        activation: Option<Activation>,
        operation: Option<Operation>,
    ) {
        let label = self.rng.word(LABELS);
        let is_free = !body.labels.contains(&label) && self.is_free(label);
        let is_labelled = is_free && self.rng.percent(if self.known.is_some() { 50 } else { 30 });
        if is_labelled {
            self.take(label);
            body.labels.push(label);
        }
        let label = is_labelled.then(|| label.to_owned());
        // Those of several outputs stand on one level.
        let place = self.tensor_place().unwrap_or(2 * body.stages.len());
        let names = [place.to_string(), format!("layers.{place}"), format!("model.fc{place}")];
        let tensors = self.rng.percent(8).then(|| self.rng.pick(&names).clone());
        // The exponential of an exponential is soon no number.
        let is_steep = |stage: &Stage| {
            matches!(stage, Stage::Layer { activation: Some(activation), .. }
            if activation.function == Function::Exp)
        };
        let activation = match activation {
            Some(Activation { function: Function::Exp, arguments })
                if body.depth > 0 || body.stages.iter().any(is_steep) =>
            {
                Some(Activation { function: Function::Sigmoid, arguments })
            }
            activation => activation,
        };
        // Of these it is known here how many axes there are behind them.
        let keeps_rank = matches!(
            operation,
            None | Some(
                Operation::Dense(..) | Operation::Residual(_, None) | Operation::Repeat(..)
            )
        );
        let rank = body.shape.len();
        let along = |activation| {
            if keeps_rank || self.time.is_some() {
                self.along(activation, rank)
            } else {
                activation
            }
        };
        let activation = activation.map(along);
        body.stages.push(Stage::Layer { tensors, label, activation, operation });
    }

    fn state(&mut self, body: &mut Body) {
        for size in &mut body.shape {
            match size {
                Size::Fixed(value, text) => {
                    if self.rng.percent(40) {
                        *text = self.written(*value);
                    }
                }
                Size::Parameter(_, in_braces) => *in_braces = self.rng.percent(20),
            }
        }
        body.stages.push(Stage::Stated(body.shape.clone()));
    }

    fn dense(&mut self, body: &mut Body) {
        if body.shape.len() == 2 && self.rng.percent(60) {
            let width = self.rng.between(1, 8);
            return self.dense_at_each_step(width, body);
        }
        let width = self.size();
        self.dense_to(width, body);
    }

    pub(super) fn dense_to(&mut self, width: Size, body: &mut Body) {
        self.flatten(body);
        let activation = self.rng.percent(65).then(|| self.activation());
        let form = self.form();
        self.push(body, activation, Some(Operation::Dense(width.clone(), form)));
        body.shape = vec![width];
    }

    fn form(&mut self) -> Form {
        if self.rng.percent(45) { Form::PLAIN } else { *self.rng.pick(&Form::CALLS) }
    }

    /// A dense layer over the features of a sequence. Where the macro does not know that there is one, it is
    /// stated.
    pub(super) fn dense_at_each_step(&mut self, width: usize, body: &mut Body) {
        if !self.is_evident(body) {
            body.stages.push(Stage::Stated(body.shape.clone()));
        }
        self.state_axes(Axes::Sequence, body);
        let activation = self.rng.percent(65).then(|| self.activation());
        let width = self.fixed(width);
        let form = self.form();
        self.push(body, activation, Some(Operation::Dense(width.clone(), form)));
        body.shape[1] = width;
    }

    /// Whether the macro knows the shape behind stages as sizes: at times it does where this says no.
    pub(super) fn is_evident(&self, body: &Body) -> bool {
        for stage in body.stages.iter().rev() {
            let operation = match stage {
                Stage::Stated(_) => return true,
                Stage::Reference(_) => return false,
                Stage::Layer { operation, .. } => operation,
            };
            match operation {
                Some(Operation::Dense(..) | Operation::Tied(_)) => return true,
                None | Some(Operation::Residual(_, None) | Operation::Repeat(..)) => {}
                Some(Operation::Call(call)) => match call.kind {
                    Kind::Embedding { .. } => return true,
                    Kind::Same
                    | Kind::BatchNorm(..)
                    | Kind::LayerNorm(..)
                    | Kind::RmsNorm(..)
                    | Kind::Normalize(..)
                    | Kind::GroupNorm(..)
                    | Kind::InstanceNorm(..)
                    | Kind::PRelu(_)
                    | Kind::Attention { .. }
                    | Kind::Position(_)
                    | Kind::Sinusoidal => {}
                    // It computes with numbers, and with no names.
                    _ if self.is_plain => {}
                    _ => return false,
                },
                _ => return false,
            }
        }
        body.is_evident
    }

    /// A vector, of whatever there is.
    pub(super) fn flatten(&mut self, body: &mut Body) {
        let (layer, output) = match body.shape.as_slice() {
            [Size::Fixed(a, _), Size::Fixed(b, _)] => (UserLayer::Mix(*a, *b), *b),
            [Size::Fixed(a, _), Size::Fixed(b, _), Size::Fixed(c, _)] => {
                (UserLayer::Unfold(*a, *b, *c), a * b * c)
            }
            _ => return,
        };
        if self.rng.percent(60) {
            return self.flatten_call(body);
        }
        let activation = self.rng.percent(20).then(|| self.activation());
        self.push(body, activation, Some(Operation::User(layer)));
        body.shape = vec![Size::literal(output)];
    }

    fn nested(&mut self, body: &mut Body) -> bool {
        if self.group.networks.is_empty() {
            return false;
        }
        let index = self.rng.below(self.group.networks.len());
        let inner = self.group.networks[index].clone();
        let is_of_numbers = |input: &Input| input.holds == Holds::Numbers;
        if !inner.vocabularies.is_empty() || !inner.inputs.iter().all(is_of_numbers) {
            return false;
        }
        let arguments = self.arguments_of(&inner);
        let apply = |size: &Size| applied(size, &arguments);
        let input: Vec<Size> = inner.input.iter().map(apply).collect();
        let fits = same(&input, &body.shape);
        if !fits && input.len() > 1 {
            return false;
        }
        // What an inner network states must hold for these arguments too, and it does: it is stated
        // of a parameter by its name. What it nests is sized by its own parameters.
        if !fits {
            self.dense_to(input[0].clone(), body);
        }
        self.add_network(index, arguments, body);
        true
    }

    /// Arguments for the const parameters of a network.
    pub(super) fn arguments_of(&mut self, network: &Network) -> Vec<Size> {
        let argument = |parameter: &Parameter| match parameter.is_count {
            true => self.count(),
            // As the values of parameters.
            false => match self.size() {
                Size::Fixed(1, _) => self.fixed(2),
                size => size,
            },
        };
        network.parameters.iter().map(argument).collect()
    }

    /// Adds a network that takes what there is.
    pub(super) fn add_network(&mut self, index: usize, arguments: Vec<Size>, body: &mut Body) {
        let activation = self.rng.percent(30).then(|| self.activation());
        body.shape = self.output(&self.group.networks[index], &arguments);
        let is_generic = arguments.iter().any(|size| matches!(size, Size::Parameter(..)));
        self.push(body, activation, Some(Operation::Network(index, arguments, Vec::new())));
        if is_generic {
            // Rust cannot name what comes out otherwise.
            body.stages.push(Stage::Stated(body.shape.clone()));
        }
    }

    /// The shape behind a network with these arguments.
    fn output(&self, network: &Network, arguments: &[Size]) -> Vec<Size> {
        if network.is_graph {
            let plan = Plan::of(&self.group, network, &[]);
            return plan.output().iter().copied().map(Size::literal).collect();
        }
        let input = network.input.iter().map(|size| applied(size, arguments)).collect();
        self.behind(&network.stages, input, arguments)
    }

    /// The shape behind stages of a network with these arguments.
    pub(super) fn behind(
        &self,
        stages: &[Stage],
        input: Vec<Size>,
        arguments: &[Size],
    ) -> Vec<Size> {
        let mut shape = input;
        for stage in stages {
            let operation = match stage {
                Stage::Reference(reference) => {
                    shape.clone_from(&reference.values[0].sizes);
                    continue;
                }
                Stage::Layer { operation: Some(operation), .. } => operation,
                Stage::Layer { operation: None, .. } | Stage::Stated(_) => continue,
            };
            shape = match operation {
                Operation::Dense(width, _) => {
                    shape.pop();
                    shape.push(applied(width, arguments));
                    shape
                }
                Operation::Tied(label) => {
                    shape.pop();
                    shape.push(Size::literal(rows(stages, label)));
                    shape
                }
                Operation::Network(index, inner, _) => {
                    let inner: Vec<Size> =
                        inner.iter().map(|size| applied(size, arguments)).collect();
                    self.output(&self.group.networks[*index], &inner)
                }
                Operation::User(UserLayer::Gain(size)) => vec![applied(size, arguments)],
                Operation::User(UserLayer::Product(half)) => vec![Size::literal(*half)],
                Operation::User(UserLayer::Mix(_, columns)) => vec![Size::literal(*columns)],
                Operation::User(UserLayer::Fold(a, b, c)) => {
                    [a, b, c].map(|size| Size::literal(*size)).to_vec()
                }
                Operation::User(UserLayer::Unfold(a, b, c)) => vec![Size::literal(a * b * c)],
                Operation::Repeat(..) | Operation::Turns(..) => shape,
                Operation::Pair(word, first, _) => {
                    shape.clone_from(&first.values[0].sizes);
                    if *word != "gaussian" {
                        shape.pop();
                        shape.push(Size::literal(1));
                    }
                    shape
                }
                Operation::Residual(body, _) => self.behind(body, shape, arguments),
                Operation::Sum(written) | Operation::Product(written) => {
                    self.behind(&branches(written)[0], shape, arguments)
                }
                Operation::Concat(axis, written) => {
                    let outputs: Vec<Vec<Size>> = branches(written)
                        .iter()
                        .map(|branch| self.behind(branch, shape.clone(), arguments))
                        .collect();
                    joined(axis.unwrap_or(0), &outputs)
                }
                Operation::Call(call) => match fixed(&shape) {
                    Some(sizes) => {
                        call.kind.output(&sizes).into_iter().map(Size::literal).collect()
                    }
                    // Layers over const parameters leave the shape as it is.
                    None => shape,
                },
            };
        }
        shape
    }

    fn user_layer(&mut self, body: &mut Body) {
        if body.shape.len() > 1 {
            return self.flatten(body);
        }
        let activation = self.rng.percent(30).then(|| self.activation());
        let (layer, output) = match self.rng.below(4) {
            0 => {
                let half = self.rng.between(1, 9);
                self.dense_to(Size::literal(2 * half), body);
                (UserLayer::Product(half), vec![half])
            }
            1 => {
                let (a, b, c) = self.volume();
                let width = self.fixed(a * b * c);
                self.dense_to(width, body);
                (UserLayer::Fold(a, b, c), vec![a, b, c])
            }
            _ => {
                let size = body.shape[0].clone();
                let is_generic = matches!(size, Size::Parameter(..));
                let layer = Operation::User(UserLayer::Gain(size));
                self.push(body, activation, Some(layer));
                if is_generic {
                    body.stages.push(Stage::Stated(body.shape.clone()));
                }
                return;
            }
        };
        self.push(body, activation, Some(Operation::User(layer)));
        body.shape = output.into_iter().map(Size::literal).collect();
    }
}

fn applied(size: &Size, arguments: &[Size]) -> Size {
    match size {
        Size::Fixed(value, _) => Size::literal(*value),
        Size::Parameter(position, _) => arguments[*position].clone(),
    }
}

/// How many tokens there are in the tables of the embedding with a label.
pub(super) fn rows(stages: &[Stage], wanted: &str) -> usize {
    let mut tables = stages.iter().filter_map(|stage| match stage {
        Stage::Layer { label: Some(label), operation: Some(Operation::Call(call)), .. }
            if label == wanted =>
        {
            match &call.kind {
                Kind::Embedding { vocabularies, .. } => Some(vocabularies.iter().sum()),
                _ => None,
            }
        }
        _ => None,
    });
    tables.next_back().expect("the embedding is in front")
}

/// The shape of samples one behind the other along an axis.
pub(super) fn joined(axis: usize, outputs: &[Vec<Size>]) -> Vec<Size> {
    let mut shape = outputs[0].clone();
    let sizes = outputs.iter().map(|output| match &output[axis] {
        Size::Fixed(value, _) => *value,
        Size::Parameter(..) => unreachable!("Rust could not add it"),
    });
    shape[axis] = Size::literal(sizes.sum());
    shape
}

/// The sizes, where none depends on a parameter.
pub(super) fn fixed(shape: &[Size]) -> Option<Vec<usize>> {
    shape
        .iter()
        .map(|size| if let Size::Fixed(value, _) = size { Some(*value) } else { None })
        .collect()
}
