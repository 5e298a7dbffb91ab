//! Stages that look back only: networks of them take their sequence step by step too.

use super::super::call::Kind;
use super::super::plan::stream::Time;
use super::super::{Operation, Size, Stage};
use super::stages::{fixed, joined};
use super::{Body, Generator};

impl Generator<'_> {
    /// A sequence, and along which axis time runs in it.
    pub(super) fn timed(&mut self) -> (Vec<Size>, Time) {
        let sizes = [self.rng.between(1, 6), self.rng.between(2, 7)];
        let time = *self.rng.pick(&[Time::First, Time::Last]);
        (sizes.map(|size| self.fixed(size)).to_vec(), time)
    }

    /// Adds stages that look back, if no activation goes over time.
    pub(super) fn fill_looking_back(&mut self, mut time: Time, body: &mut Body) {
        for _ in 0..self.rng.between(1, 5) {
            if self.rng.percent(15) {
                self.add(body, "transpose", Kind::Permute(vec![1, 0]), Vec::new(), 0);
                time = time.transposed();
            } else {
                self.look_back(time, body);
            }
        }
    }

    fn look_back(&mut self, time: Time, body: &mut Body) {
        let sizes = fixed(&body.shape).expect("a sequence has no size of a parameter");
        match (self.rng.below(10), time) {
            (0, _) => {
                let activation = Some(self.activation());
                self.push(body, activation, None);
            }
            (1, _) if self.rng.percent(50) => self.dropout(body),
            (1, time) => self.slice(&sizes, usize::from(time == Time::First), body),
            (2 | 3, _) if body.depth < 2 => self.composition_looking_back(time, body),
            (4 | 5, Time::First) => self.sequence(&sizes, true, body),
            (6, Time::First) if sizes[1] > 3 => {
                let kind = Kind::LayerNorm(1, 1e-5, [true, true]);
                self.add(body, "layer_norm", kind, Vec::new(), 0);
            }
            (7 | 8, Time::First) => self.recurrence(&sizes, true, body),
            (_, Time::First) => {
                let width = self.rng.between(1, 8);
                self.dense_at_each_step(width, body);
            }
            (4, Time::Last) => {
                let momentum = ("momentum", self.number(0.1), true);
                let given = vec![("eps", self.number(1e-5), true), momentum];
                self.add(body, "batch_norm", Kind::BatchNorm(1e-5, true), given, 0);
            }
            (_, Time::Last) => self.convolution(&sizes, true, body),
        }
    }

    fn composition_looking_back(&mut self, time: Time, body: &mut Body) {
        let input = body.shape.clone();
        let other = |generator: &mut Self| {
            let mut shape = input.clone();
            shape[usize::from(time == Time::First)] = Size::literal(generator.rng.between(1, 6));
            shape
        };
        let (operation, output) = match self.rng.below(6) {
            0 => {
                let stages = self.looking_back(time, body, &input);
                (Operation::Residual(stages, None), input)
            }
            1 => {
                let output = other(self);
                let stages = self.looking_back(time, body, &output);
                let project = self.looking_back(time, body, &output);
                (Operation::Residual(stages, Some(project)), output)
            }
            2 => {
                let times = self.count();
                (Operation::Repeat(times, self.looking_back(time, body, &input)), input)
            }
            3 => {
                let axis = usize::from(time == Time::First);
                let outputs = [other(self), other(self)];
                let branches = outputs.iter().map(|output| self.looking_back(time, body, output));
                let branches = branches.collect();
                let written = (axis > 0 || self.rng.percent(20)).then_some(axis);
                (Operation::Concat(written, branches), joined(axis, &outputs))
            }
            kind => {
                let output = other(self);
                // A gate for each step.
                let mut gate = output.clone();
                if self.rng.percent(50) {
                    gate[usize::from(time == Time::First)] = Size::literal(1);
                }
                let branches = [&output, &gate].map(|shape| self.looking_back(time, body, shape));
                let branches = branches.to_vec();
                match kind {
                    4 => (Operation::Sum(branches), output),
                    _ => (Operation::Product(branches), output),
                }
            }
        };
        self.push(body, None, Some(operation));
        body.shape = output;
    }

    /// Stages inside a composition that look back and give a shape.
    fn looking_back(&mut self, time: Time, outer: &Body, output: &[Size]) -> Vec<Stage> {
        let (shape, is_evident) = (outer.shape.clone(), self.is_evident(outer));
        let (stages, labels, depth) = (Vec::new(), Vec::new(), outer.depth + 1);
        let values = outer.values.clone();
        let mut body = Body { stages, shape, is_evident, labels, depth, values };
        for _ in 0..self.rng.below(3) {
            self.look_back(time, &mut body);
        }
        let sizes = fixed(output).expect("a sequence has no size of a parameter");
        match time {
            Time::First => self.dense_at_each_step(sizes[1], &mut body),
            Time::Last => self.pointwise(sizes[0], &mut body),
        }
        body.stages
    }
}
