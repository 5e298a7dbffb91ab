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
        if self.rng.percent(30) {
            return input.to_vec();
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

    /// Shapes that may differ in their first size.
    fn outputs(&mut self, input: &[Size]) -> Vec<Vec<Size>> {
        let shape = self.target(input);
        let output = |generator: &mut Self| {
            let mut shape = shape.clone();
            if shape.len() > 1 {
                if generator.rng.percent(50) {
                    shape[0] = Size::literal(generator.rng.between(1, 3));
                }
            } else {
                let width = generator.width();
                shape[0] = generator.fixed(width);
            }
            shape
        };
        (0..self.branches()).map(|_| output(self)).collect()
    }

    /// Stages inside a composition that give a shape.
    fn inner(&mut self, outer: &Body, output: &[Size]) -> Vec<Stage> {
        let shape = outer.shape.clone();
        let is_evident = self.is_evident(outer);
        let (stages, labels, depth) = (Vec::new(), Vec::new(), outer.depth + 1);
        let mut body = Body { stages, shape, is_evident, labels, depth };
        for _ in 0..*self.rng.pick(&[0, 0, 1, 1, 2]) {
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
