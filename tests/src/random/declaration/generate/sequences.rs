//! Layers along sequences, with their arguments.

use super::super::call::{Cell, Kind};
use super::calls::is_fine;
use super::{Body, Generator};

impl Generator<'_> {
    /// A layer along the rows of a matrix; at times one that looks back only, or always.
    pub(super) fn recurrence(&mut self, sizes: &[usize], looks_back: bool, body: &mut Body) {
        let first = if looks_back { 3 } else { 0 };
        let cell = match self.rng.between(first, 9) {
            0 => return self.add(body, "take_last", Kind::TakeLast, Vec::new(), 0),
            1 => return self.add(body, "mean_over_time", Kind::MeanOverTime, Vec::new(), 0),
            2 => return self.add(body, "max_over_time", Kind::MaxOverTime, Vec::new(), 0),
            3 => *self.rng.pick(&[Cell::Tanh, Cell::Relu]),
            4 | 5 => Cell::Lstm,
            6 => Cell::Gru,
            _ => {
                let width = self.rng.between(1, 8);
                return self.dense_at_each_step(width, body);
            }
        };
        let draw = self.draw(sizes);
        let hidden = self.rng.between(1, 5);
        // Corners are found in what comes out, which is to be all.
        let is_last = cell != Cell::Relu && !looks_back && self.rng.percent(40);
        let (is_both, bias) = (!looks_back && self.rng.percent(35), self.rng.percent(75));
        let kind = Kind::Recurrent { cell, hidden, is_last, is_both, bias };
        if !is_fine(&kind.output(sizes)) {
            return self.normalization(body);
        }
        let mut given = vec![
            ("hidden", self.amount(&draw, hidden), false),
            ("last", is_last.to_string(), !is_last),
            ("bidirectional", is_both.to_string(), !is_both),
            ("bias", bias.to_string(), bias),
        ];
        let word = match cell {
            Cell::Lstm => "lstm",
            Cell::Gru => "gru",
            Cell::Tanh | Cell::Relu => {
                let name = if cell == Cell::Relu { "relu" } else { "tanh" };
                given.push(("nonlinearity", name.to_owned(), cell == Cell::Tanh));
                "rnn"
            }
        };
        self.add(body, word, kind, given, 1);
    }
}
