//! Layers made of stages.

use super::super::{Operation, Size, Stage};
use super::stages::{fixed, joined};
use super::{Body, Generator, is_layer, same};

impl Generator<'_> {
    /// Adds a composition.
    pub(super) fn composition(&mut self, body: &mut Body) {
        let input = body.shape.clone();
        let (operation, output) = match self.rng.below(6) {
            0 | 1 => (Operation::Residual(self.inner(body, &input), None), input),
            2 => {
                let output = self.target(&input);
                let stages = self.inner(body, &output);
                (Operation::Residual(stages, Some(self.inner(body, &output))), output)
            }
            3 => {
                let times = self.count();
                (Operation::Repeat(times, self.inner(body, &input)), input)
            }
            4 => {
                let output = self.target(&input);
                let branches = self.branches();
                let branches = (0..branches).map(|_| self.inner(body, &output)).collect();
                (Operation::Sum(branches), output)
            }
            _ => {
                let outputs = self.outputs(&input);
                let branches = outputs.iter().map(|output| self.inner(body, output)).collect();
                (Operation::Concat(branches), joined(&outputs))
            }
        };
        let activation = self.rng.percent(35).then(|| self.activation());
        self.push(body, activation, Some(operation));
        body.shape = output;
    }

    fn branches(&mut self) -> usize {
        *self.rng.pick(&[2, 2, 2, 3, 4])
    }

    /// A shape that stages behind this one may well give.
    fn target(&mut self, input: &[Size]) -> Vec<Size> {
        match input.len() {
            1 if self.rng.percent(70) => vec![self.size()],
            _ => input.to_vec(),
        }
    }

    /// Shapes that may differ in their first size.
    fn outputs(&mut self, input: &[Size]) -> Vec<Vec<Size>> {
        let branches = self.branches();
        let output = |generator: &mut Self| match fixed(input) {
            Some(sizes) if sizes.len() > 1 => input.to_vec(),
            _ => {
                let width = generator.width();
                vec![generator.fixed(width)]
            }
        };
        (0..branches).map(|_| output(self)).collect()
    }

    /// Stages inside a composition that give a shape.
    fn inner(&mut self, outer: &Body, output: &[Size]) -> Vec<Stage> {
        let shape = outer.shape.clone();
        let mut body = Body { stages: Vec::new(), shape, depth: outer.depth + 1 };
        let is_vector = output.len() == 1;
        let stages = if is_vector { *self.rng.pick(&[0, 0, 1, 1, 2]) } else { 0 };
        for _ in 0..stages {
            self.stage(&mut body);
        }
        if !same(&body.shape, output) {
            self.reach(output, &mut body);
        }
        if !body.stages.iter().any(is_layer) {
            let activation = Some(self.activation());
            self.push(&mut body, activation, None);
        }
        body.stages
    }

    /// Adds what leads to a shape.
    fn reach(&mut self, output: &[Size], body: &mut Body) {
        let [width] = output else { unreachable!("only vectors change") };
        let width = match width {
            Size::Fixed(value, _) => self.fixed(*value),
            Size::Parameter(position, _) => Size::Parameter(*position, self.rng.percent(20)),
        };
        self.dense_to(width, body);
    }
}
