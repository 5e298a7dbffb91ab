//! Layers made of stages.

use super::super::{Operation, Size, Stage};
use super::graph::{begin_elsewhere, identity};
use super::stages::{fixed, joined};
use super::{Body, Generator, is_layer, same};

impl Generator<'_> {
    /// Adds a composition.
    pub(super) fn composition(&mut self, body: &mut Body) {
        let input = body.shape.clone();
        let found = self.found();
        let (operation, output) = match self.rng.below(7) {
            0 | 1 => (Operation::Residual(self.inner(body, &input), None), input),
            2 => {
                let output = self.target(&input);
                let stages = vec![self.inner(body, &output)];
                let project = match self.taking(body, &output, &stages) {
                    Some(straight) => straight,
                    None => self.inner(body, &output),
                };
                (Operation::Residual(stages.concat(), Some(project)), output)
            }
            3 => {
                let times = self.count();
                (Operation::Repeat(times, self.turn(body, &input)), input)
            }
            kind @ (4 | 5) => {
                let output = self.target(&input);
                let mut branches = vec![self.inner(body, &output)];
                for _ in 1..self.branches() {
                    let gate = self.gate(&output);
                    branches.push(self.inner(body, &gate));
                }
                branches.extend(self.taking(body, &output, &branches));
                match kind {
                    4 => (Operation::Sum(branches), output),
                    _ => (Operation::Product(branches), output),
                }
            }
            _ => {
                let axis = match self.time {
                    Some(time) => time.across(),
                    None if input.len() > 1 && self.rng.percent(50) => self.rng.below(input.len()),
                    None => 0,
                };
                let mut outputs = self.outputs(axis, &input);
                let axis = axis.min(outputs[0].len() - 1);
                let mut branches: Vec<_> =
                    outputs.iter().map(|output| self.inner(body, output)).collect();
                if let Some(branch) = self.taking(body, &outputs[0], &branches) {
                    branches.push(branch);
                    outputs.push(outputs[0].clone());
                }
                let written = (axis > 0 || self.rng.percent(20)).then_some(axis);
                (Operation::Concat(written, branches), joined(axis, &outputs))
            }
        };
        let activation = self.rng.percent(35).then(|| self.activation());
        self.push(body, activation, Some(operation));
        body.shape = output;
        self.name_values_inside(found, body);
    }

    /// A branch that takes what comes in, where all others begin elsewhere, though a stage stands in front.
    pub(super) fn taking(
        &mut self,
        outer: &Body,
        output: &[Size],
        branches: &[Vec<Stage>],
    ) -> Option<Vec<Stage>> {
        let is_first = outer.depth == 0 && !outer.stages.iter().any(is_layer);
        if is_first || !branches.iter().all(|branch| begin_elsewhere(branch)) {
            return None;
        }
        let mut body = self.inside(outer);
        match same(&body.shape, output) {
            true => body.stages.push(identity()),
            false => self.reach(output, &mut body),
        }
        Some(body.stages)
    }

    fn branches(&mut self) -> usize {
        *self.rng.pick(&[2, 2, 2, 3, 4])
    }

    /// A shape that stages behind this one may well give.
    fn target(&mut self, input: &[Size]) -> Vec<Size> {
        if self.rng.percent(30) {
            return input.to_vec();
        }
        if let Some(time) = self.time {
            let mut shape = input.to_vec();
            shape[time.across()] = Size::literal(self.rng.between(1, 6));
            return shape;
        }
        match fixed(input) {
            Some(sizes) if sizes.len() == 2 && self.rng.percent(40) => {
                [sizes[0], self.rng.between(1, 8)].map(Size::literal).to_vec()
            }
            Some(sizes) if sizes.len() > 1 => {
                let stride = *self.rng.pick(&[1, 1, 2]);
                let mut shape = vec![self.rng.between(1, 4)];
                shape.extend(sizes[1..].iter().map(|size| size.div_ceil(stride)));
                shape.into_iter().map(Size::literal).collect()
            }
            _ => vec![self.size()],
        }
    }

    /// A shape whose values can be joined with those of another one by one, or each with several.
    fn gate(&mut self, whole: &[Size]) -> Vec<Size> {
        if self.rng.percent(50) {
            return whole.to_vec();
        }
        let one = || Size::literal(1);
        if let Some(time) = self.time {
            let mut gate = whole.to_vec();
            gate[time.across()] = one();
            return gate;
        }
        match (whole, self.rng.below(3)) {
            ([channels, _, _], 0) => vec![channels.clone()],
            ([channels, _, _], 1) => vec![channels.clone(), one(), one()],
            ([_, height, width], _) => vec![one(), height.clone(), width.clone()],
            ([first, _], 0) => vec![first.clone(), one()],
            ([_, last], 1) => vec![one(), last.clone()],
            _ => whole.to_vec(),
        }
    }

    /// Shapes that may differ in their size along an axis.
    fn outputs(&mut self, axis: usize, input: &[Size]) -> Vec<Vec<Size>> {
        let shape = self.target(input);
        let output = |generator: &mut Self| {
            let mut shape = shape.clone();
            if shape.len() > 1 {
                if generator.rng.percent(50) {
                    let axis = axis.min(shape.len() - 1);
                    shape[axis] = Size::literal(generator.rng.between(1, 3));
                }
            } else {
                let width = generator.width();
                shape[0] = generator.fixed(width);
            }
            shape
        };
        (0..self.branches()).map(|_| output(self)).collect()
    }

    /// Stages inside a composition that give a shape; those of a graph may begin with any value.
    pub(super) fn inner(&mut self, outer: &Body, output: &[Size]) -> Vec<Stage> {
        let mut body = self.inside(outer);
        match self.rng.below(100) {
            0..25 => self.begin_elsewhere(&mut body),
            25..35 => drop(self.by_name(&mut body)),
            _ => {}
        }
        self.reaching(body, outer, output)
    }

    /// The stages of a turn, which go on from what the turn in front gives.
    fn turn(&mut self, outer: &Body, output: &[Size]) -> Vec<Stage> {
        let mut body = self.inside(outer);
        if self.rng.percent(30) {
            self.by_name(&mut body);
        }
        self.reaching(body, outer, output)
    }

    /// No stages, inside of a composition.
    pub(super) fn inside(&self, outer: &Body) -> Body {
        let (shape, is_evident) = (outer.shape.clone(), self.is_evident(outer));
        let (stages, labels, depth) = (Vec::new(), Vec::new(), outer.depth + 1);
        Body { stages, shape, is_evident, labels, depth, values: outer.values.clone() }
    }

    fn reaching(&mut self, mut body: Body, outer: &Body, output: &[Size]) -> Vec<Stage> {
        for _ in 0..*self.rng.pick(&[0, 0, 1, 1, 2]) {
            self.stage(&mut body);
            self.name(&mut body);
        }
        if !same(&body.shape, output) {
            self.reach(output, &mut body);
        }
        if !body.stages.iter().any(is_layer) {
            let activation = Some(self.activation());
            self.push(&mut body, activation, None);
        }
        self.name(&mut body);
        self.find(&body.values[outer.values.len()..]);
        body.stages
    }

    /// Adds what leads to a shape.
    pub(super) fn reach(&mut self, output: &[Size], body: &mut Body) {
        if let Some(time) = self.time {
            return self.reach_looking_back(output, time, body);
        }
        let width = match output {
            [Size::Fixed(value, _)] => self.fixed(*value),
            [Size::Parameter(position, _)] => Size::Parameter(*position, self.rng.percent(20)),
            _ => {
                let sizes = fixed(output).expect("no image has the size of a parameter");
                return self.reach_image(&sizes, body);
            }
        };
        self.dense_to(width, body);
    }
}
