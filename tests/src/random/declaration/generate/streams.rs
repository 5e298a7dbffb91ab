//! Stages that look back only: networks of them take their sequence step by step too.

use super::super::call::Kind;
use super::super::plan::stream::Time;
use super::super::{Holds, Input, Size};
use super::stages::fixed;
use super::{Body, Generator};

impl Generator<'_> {
    /// A sequence, and along which axis time runs in it.
    pub(super) fn timed(&mut self) -> (Vec<Size>, Time) {
        let sizes = [self.rng.between(1, 6), self.rng.between(2, 7)];
        let time = *self.rng.pick(&[Time::First, Time::Last]);
        (sizes.map(|size| self.fixed(size)).to_vec(), time)
    }

    /// Adds stages that look back, if no activation goes over time.
    pub(super) fn fill_looking_back(&mut self, body: &mut Body) {
        for _ in 0..self.rng.between(1, 5) {
            if self.rng.percent(15) {
                self.add(body, "transpose", Kind::Permute(vec![1, 0]), Vec::new(), 0);
                self.time = self.time.map(Time::transposed);
            } else {
                self.stage(body);
            }
        }
    }

    /// Adds a stage that looks back.
    pub(super) fn look_back(&mut self, time: Time, body: &mut Body) {
        let sizes = fixed(&body.shape).expect("a sequence has no size of a parameter");
        match (self.rng.below(10), time) {
            (0, _) => {
                let activation = Some(self.activation());
                self.push(body, activation, None);
            }
            (1, _) if self.rng.percent(50) => self.dropout(body),
            (1, time) => self.slice(&sizes, time.across(), body),
            (2 | 3, _) if body.depth < 2 => self.composition(body),
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

    /// Adds what leads to a sequence of the same steps with so many values each.
    pub(super) fn reach_looking_back(&mut self, output: &[Size], time: Time, body: &mut Body) {
        let sizes = fixed(output).expect("a sequence has no size of a parameter");
        match time {
            Time::First => self.dense_at_each_step(sizes[1], body),
            Time::Last => self.pointwise(sizes[0], body),
        }
    }

    /// Sequences that go into a graph: as long as this one is, with time along the same axis, and tokens too.
    pub(super) fn timed_inputs(&mut self, length: usize, time: Time) -> Vec<Input> {
        let count = self.rng.between(2, 3);
        let mut inputs = Vec::new();
        for index in 0..count {
            let (sizes, holds) = match time {
                Time::First if index > 0 && self.rng.percent(25) => {
                    let vocabulary = self.rng.between(2, 9);
                    (vec![length], Holds::Tokens(self.fixed(vocabulary), None))
                }
                Time::First => (vec![length, self.rng.between(1, 6)], Holds::Numbers),
                Time::Last => (vec![self.rng.between(1, 6), length], Holds::Numbers),
            };
            let sizes = sizes.into_iter().map(|size| self.fixed(size)).collect();
            inputs.push(Input { label: self.new_label(), sizes, holds });
        }
        inputs
    }
}
