//! Networks that read values again: several inputs and outputs, values with several readers, and layers of more than one.

use super::super::call::Kind;
use super::super::plan::Plan;
use super::super::plan::stream::Time;
use super::super::{Activation, Function, Holds, Input, Operation, Size, Stage};
use super::named::has_several;
use super::read::{Is, Known, Value};
use super::stages::{fixed, joined};
use super::{Body, Generator, Part, is_layer, same};

/// What a graph is made of.
pub(super) struct Graph {
    /// The sizes of the input, or how many values all inputs have.
    pub(super) input: Vec<Size>,
    pub(super) inputs: Vec<Input>,
    pub(super) stages: Vec<Stage>,
    pub(super) outputs: Vec<Vec<Stage>>,
    /// What stands in front of the outputs.
    pub(super) front: Vec<Size>,
}

impl Graph {
    /// Stages one behind the other.
    pub(super) fn chain(stages: Vec<Stage>) -> Self {
        let (input, inputs, outputs, front) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Graph { input, inputs, stages, outputs, front }
    }
}

impl Generator<'_> {
    pub(super) fn graph(&mut self, part: Part) -> Graph {
        self.known = Some(Known::default());
        let length = self.graph_over_time();
        let (stages, labels, values) = (Vec::new(), Vec::new(), Vec::new());
        let mut body =
            Body { stages, shape: Vec::new(), is_evident: false, labels, depth: 0, values };
        let (mut input, mut inputs) = (Vec::new(), Vec::new());
        let is_block = part == Part::Block;
        let has_inputs = self.rng.percent(if is_block { 80 } else { 50 });
        if has_inputs {
            inputs = self.inputs(length);
            input = self.begin(&inputs, &mut body);
        } else {
            let timed = length.zip(self.time);
            input.extend(match timed {
                Some((length, time)) => {
                    let mut sizes = vec![length; 2];
                    sizes[time.across()] = self.rng.between(1, 6);
                    sizes.into_iter().map(|size| self.fixed(size)).collect()
                }
                None => self.input(),
            });
            body.shape.clone_from(&input);
            body.values.push(Value::one("input", &input));
        }
        let stages = match part {
            Part::Block => self.rng.between(1, 2),
            Part::Whole => self.rng.between(1, 4),
            Part::Any => self.rng.between(2, 5),
        };
        let last = self.rng.below(stages);
        for stage in 0..stages {
            if part == Part::Whole && stage >= last {
                self.by_name(&mut body);
            }
            self.go_on(&mut body);
            self.name(&mut body);
        }
        if part == Part::Whole && self.rng.percent(20) {
            // An output of it may be the end.
            self.by_name(&mut body);
        }
        self.join_unread(&mut body);
        if !body.stages.iter().any(is_layer) {
            let activation = Some(self.activation());
            self.push(&mut body, activation, None);
        }
        let front = body.shape.clone();
        let has_outputs =
            is_block && !has_inputs || self.rng.percent(if is_block { 70 } else { 40 });
        let outputs = if has_outputs { self.several_outputs(&mut body) } else { Vec::new() };
        self.known = None;
        Graph { input, inputs, stages: body.stages, outputs, front }
    }

    /// Two or three inputs, at times with a mask or tokens among them, and always one of numbers.
    fn inputs(&mut self, length: Option<usize>) -> Vec<Input> {
        if self.rng.percent(60)
            && let Some(inputs) = self.inputs_of_another(length)
        {
            return inputs;
        }
        if let Some((length, time)) = length.zip(self.time) {
            return self.timed_inputs(length, time);
        }
        let length = self.rng.between(2, 6);
        let count = self.rng.between(2, 3);
        let mut inputs = Vec::new();
        for index in 0..count {
            let (sizes, holds) = match self.rng.below(if index == 0 { 7 } else { 10 }) {
                0..4 => (vec![self.rng.between(1, 9)], Holds::Numbers),
                4..7 => (vec![length, self.rng.between(1, 6)], Holds::Numbers),
                7 | 8 => (vec![length], Holds::Mask),
                _ => {
                    let vocabulary = self.rng.between(2, 9);
                    let padding = self.rng.percent(70).then(|| self.rng.below(vocabulary));
                    (vec![length], Holds::Tokens(self.fixed(vocabulary), padding))
                }
            };
            let sizes = sizes.into_iter().map(|size| self.fixed(size)).collect();
            inputs.push(Input { label: self.new_label(), sizes, holds });
        }
        inputs
    }

    /// Whether all stages of a graph are to look back only, so that it streams: of how many steps. Where a network of the group does
    /// so, most do as it does.
    fn graph_over_time(&mut self) -> Option<usize> {
        let networks = self.group.networks.iter().filter(|network| has_several(network));
        let plans = networks.map(|network| Plan::of(&self.group, network, &[]).stream());
        let streams: Vec<(usize, Time)> = plans
            .flatten()
            .filter(|stream| stream.input == stream.output)
            .map(|stream| (stream.length, stream.input))
            .collect();
        let (length, time) = match streams.as_slice() {
            [] if self.rng.percent(40) => {
                (self.rng.between(2, 7), *self.rng.pick(&[Time::First, Time::Last]))
            }
            [] => return None,
            _ if self.rng.percent(15) => return None,
            streams => *self.rng.pick(streams),
        };
        self.time = Some(time);
        Some(length)
    }

    /// Begins with one of several inputs, of which all have to be read; gives how many values they have.
    fn begin(&mut self, inputs: &[Input], body: &mut Body) -> Vec<Size> {
        let mut all = 0;
        for Input { label, sizes, holds } in inputs {
            let values = fixed(sizes).expect("sizes of inputs are numbers or consts");
            all += values.iter().product::<usize>();
            let mut value = Value::one(label, sizes);
            if let Holds::Tokens(vocabulary, padding) = holds {
                if padding.is_some() {
                    let mut mask = value.clone();
                    mask.is = Is::Mask;
                    mask.values[0].key = format!("{label}?mask");
                    body.values.push(mask);
                }
                value.is = Is::Tokens(vocabulary.value(&[]));
            }
            self.pass_over(value.clone());
            body.values.push(value);
        }
        body.shape = vec![Size::literal(all)];
        if self.rng.percent(40) && self.by_name(body) {
            self.go_on_from_reference(body);
            return vec![Size::literal(all)];
        }
        let value = self.any(body, Value::is_one).expect("one of the inputs is numbers");
        self.start_at(&value, body);
        self.name(body);
        vec![Size::literal(all)]
    }

    /// Goes on from a value with a stage.
    fn start_at(&mut self, value: &Value, body: &mut Body) {
        self.refer_to(value, body);
        self.go_on_from_reference(body);
    }

    /// Adds a stage where a reference stands last.
    fn go_on_from_reference(&mut self, body: &mut Body) {
        while ends_with_reference(body) {
            self.stage(body);
        }
    }

    /// Goes on from a value; of tokens, from their vectors.
    pub(super) fn refer_to(&mut self, value: &Value, body: &mut Body) {
        let reference = self.refer(value);
        body.stages.push(Stage::Reference(reference));
        body.shape = value.sizes().to_vec();
        if let Is::Tokens(vocabulary) = value.is {
            let features = self.rng.between(1, 6);
            let given = vec![("features", self.written(features), false)];
            let kind = Kind::Embedding { vocabularies: vec![vocabulary], features };
            self.add(body, "embedding", kind, given, 1);
        }
    }

    /// Begins stages of a composition with any value, in a graph.
    pub(super) fn begin_elsewhere(&mut self, body: &mut Body) {
        if self.known.is_some()
            && let Some(value) = self.any(body, Value::is_one)
        {
            self.refer_to(&value, body);
        }
    }

    fn go_on(&mut self, body: &mut Body) {
        let has_stage = body.stages.iter().any(is_layer);
        let is_done = match self.rng.below(100) {
            _ if !has_stage => false,
            0..30 => false,
            30..45 => self.go_back(body),
            45..59 => self.join(body),
            59..69 => self.two_values(body),
            69..82 => self.reading(body),
            82..89 => self.by_name(body),
            _ => self.turns(body),
        };
        if !is_done {
            self.stage(body);
        }
    }

    /// Goes on from an earlier value, so that what is at hand is read later.
    fn go_back(&mut self, body: &mut Body) -> bool {
        let Some(value) = self.any(body, Value::is_one) else { return false };
        let Some(at_hand) = self.labelled(body) else { return false };
        if at_hand.text == value.text {
            return false;
        }
        self.pass_over(at_hand);
        self.start_at(&value, body);
        true
    }

    /// Branches of which one or two are earlier values.
    fn join(&mut self, body: &mut Body) -> bool {
        let of_turns = |value: &Value| value.is == Is::Numbers && value.values.len() > 1;
        let value = if self.rng.percent(60) { self.any(body, of_turns) } else { None };
        let any = |generator: &mut Self| generator.any(body, |value| value.is == Is::Numbers);
        let Some(value) = value.or_else(|| any(self)) else { return false };
        let is_uniform = value.values.iter().all(|read| same(&read.sizes, value.sizes()));
        let is_vector = value.values.iter().all(|read| read.sizes.len() == 1);
        let found = self.found();
        let (mut branches, word) = (Vec::new(), self.rng.below(3));
        let mut shapes: Vec<Vec<Size>> = Vec::new();
        let is_first = self.rng.percent(30);
        let is_alone = value.values.len() > 1 && self.rng.percent(25);
        // Only vectors are joined whatever their sizes.
        if !is_uniform && (word < 2 || !is_vector) {
            return false;
        }
        if !is_first && !is_alone {
            let wanted = match word {
                2 if is_vector && self.rng.percent(60) => {
                    vec![Size::literal(self.rng.between(1, 9))]
                }
                _ => value.sizes().to_vec(),
            };
            branches.push(match same(&body.shape, &wanted) && self.rng.percent(50) {
                true => vec![identity()],
                false => self.inner(body, &wanted),
            });
            shapes.push(wanted);
        }
        let reference = self.refer(&value);
        shapes.extend(value.values.iter().map(|read| read.sizes.clone()));
        let place = branches.len();
        if !is_alone && (is_first || self.rng.percent(25)) {
            let wanted = value.sizes().to_vec();
            branches.push(self.inner(body, &wanted));
            shapes.push(wanted);
        }
        branches.insert(place, vec![Stage::Reference(reference)]);
        let wanted = value.sizes().to_vec();
        if let Some(branch) = self.taking(body, &wanted, &branches) {
            branches.push(branch);
            shapes.push(wanted);
        }
        let (operation, output) = match word {
            0 => (Operation::Sum(branches), value.sizes().to_vec()),
            1 => (Operation::Product(branches), value.sizes().to_vec()),
            _ => {
                let rank = value.sizes().len();
                let axis = match self.time {
                    Some(time) => time.across(),
                    None if is_uniform && rank > 1 => self.rng.below(rank),
                    None => 0,
                };
                let written = (axis > 0 || self.rng.percent(20)).then_some(axis);
                (Operation::Concat(written, branches), joined(axis, &shapes))
            }
        };
        let activation = self.rng.percent(35).then(|| self.activation());
        self.push(body, activation, Some(operation));
        body.shape = output;
        self.name_values_inside(found, body);
        true
    }

    /// Joins what is at hand with all that no stage has read.
    fn join_unread(&mut self, body: &mut Body) {
        let unread = self.unread();
        if unread.is_empty() {
            return;
        }
        let axis = self.time.map_or(0, Time::across);
        let is_timed = self.time.is_some();
        let mut branches = Vec::new();
        let mut shapes = Vec::new();
        for value in [None].into_iter().chain(unread.iter().map(Some)) {
            let mut branch = self.inside(body);
            match value {
                None if branch.shape.len() == 1 || is_timed => branch.stages.push(identity()),
                None => self.flatten_call(&mut branch),
                Some(value) => {
                    self.refer_to(value, &mut branch);
                    if branch.shape.len() > 1 && !is_timed {
                        self.flatten_call(&mut branch);
                    }
                }
            }
            shapes.push(branch.shape);
            branches.push(branch.stages);
        }
        self.push(body, None, Some(Operation::Concat((axis > 0).then_some(axis), branches)));
        body.shape = joined(axis, &shapes);
        self.name(body);
    }

    /// Two or three outputs, of which some may be earlier values.
    fn several_outputs(&mut self, body: &mut Body) -> Vec<Vec<Stage>> {
        let mut outputs: Vec<Vec<Stage>> = Vec::new();
        let mut named = Vec::new();
        for index in 0..self.rng.between(2, 3) {
            let is_whole = |value: &Value| {
                value.is_plain() && value.text == value.values[0].key && value.text != "input"
                    && body.stages.iter().any(|stage| matches!(stage, Stage::Layer { label: Some(label), .. } if *label == value.text))
            };
            let earlier = self.any(body, is_whole).filter(|value| !named.contains(&value.text));
            if index > 0
                && self.rng.percent(35)
                && let Some(value) = earlier
            {
                outputs.push(vec![Stage::Reference(self.refer(&value))]);
                named.push(value.text);
                continue;
            }
            let mut branch = self.inside(body);
            branch.labels = std::mem::take(&mut body.labels);
            if index > 0 && self.rng.percent(25) {
                self.begin_elsewhere(&mut branch);
            }
            while !branch.stages.iter().any(is_layer) {
                self.stage(&mut branch);
            }
            if let Some(value) = self.labelled(&mut branch) {
                named.push(value.text);
            }
            body.labels = branch.labels;
            outputs.push(branch.stages);
        }
        outputs
    }
}

/// Whether the next stage goes on from a reference.
pub(super) fn ends_with_reference(body: &Body) -> bool {
    let last = body.stages.iter().rfind(|stage| !matches!(stage, Stage::Stated(_)));
    matches!(last, Some(Stage::Reference(_)))
}

/// Whether stages do not take what comes in.
pub(super) fn begin_elsewhere(stages: &[Stage]) -> bool {
    let all = |branches: &[Vec<Stage>]| branches.iter().all(|branch| begin_elsewhere(branch));
    match stages.first() {
        Some(Stage::Reference(_)) => true,
        Some(Stage::Layer { operation: Some(operation), .. }) => match operation {
            Operation::Pair(..) => true,
            Operation::Network(_, _, given) => !given.is_empty(),
            Operation::Concat(_, branches)
            | Operation::Sum(branches)
            | Operation::Product(branches) => all(branches),
            Operation::Residual(body, Some(project)) => {
                begin_elsewhere(body) && begin_elsewhere(project)
            }
            Operation::Turns(_, _, turns) => {
                turns.first().is_some_and(|turn| begin_elsewhere(turn))
            }
            _ => false,
        },
        Some(Stage::Layer { operation: None, .. } | Stage::Stated(_)) | None => false,
    }
}

pub(super) fn identity() -> Stage {
    let activation = Activation { function: Function::Identity, arguments: String::new() };
    Stage::Layer { tensors: None, label: None, activation: Some(activation), operation: None }
}
