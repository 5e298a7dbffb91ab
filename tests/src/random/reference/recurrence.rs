//! Recurrent layers, one sample, one step and one hidden unit after the other.

use static_net::nalgebra::{DMatrix, DVector};

use super::super::declaration::call::{Cell, Kind};
use super::super::declaration::plan::Layer;

/// The weights of a cell, and where their gradients stand.
struct Weights {
    input: DMatrix<f64>,
    recurrent: DMatrix<f64>,
    input_bias: DVector<f64>,
    recurrent_bias: DVector<f64>,
    has_bias: bool,
}

/// What a step computes, for each hidden unit.
struct Step {
    /// Where in the sequence it is.
    place: usize,
    before: DVector<f64>,
    /// What is remembered besides, before and behind.
    memory: [DVector<f64>; 2],
    /// The product with the state, with its bias.
    recurrent: DVector<f64>,
    /// The values of all gates, one gate behind the other.
    gates: DVector<f64>,
    output: DVector<f64>,
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

impl Weights {
    fn of(layer: &Layer, own: &[f64]) -> Self {
        let Kind::Recurrent { cell, hidden, bias, .. } = layer.kind else { unreachable!() };
        let (rows, features) = (cell.gates() * hidden, layer.input[1]);
        let (input, rest) = own.split_at(rows * features);
        let (recurrent, biases) = rest.split_at(rows * hidden);
        let bias_at = |index: usize| match bias {
            true => DVector::from_column_slice(&biases[index * rows..][..rows]),
            false => DVector::zeros(rows),
        };
        Weights {
            input: DMatrix::from_column_slice(rows, features, input),
            recurrent: DMatrix::from_column_slice(rows, hidden, recurrent),
            input_bias: bias_at(0),
            recurrent_bias: bias_at(1),
            has_bias: bias,
        }
    }

    fn zeros_like(&self) -> Self {
        Weights {
            input: 0.0 * &self.input,
            recurrent: 0.0 * &self.recurrent,
            input_bias: 0.0 * &self.input_bias,
            recurrent_bias: 0.0 * &self.recurrent_bias,
            has_bias: self.has_bias,
        }
    }

    fn values(&self) -> Vec<f64> {
        let mut values = [self.input.as_slice(), self.recurrent.as_slice()].concat();
        if self.has_bias {
            values.extend(self.input_bias.iter().chain(&self.recurrent_bias));
        }
        values
    }

    /// All steps along one sample, in the order in which they are made.
    fn steps(
        &self,
        cell: Cell,
        x: &DMatrix<f64>,
        is_reversed: bool,
        is_seen: impl Fn(usize) -> bool,
    ) -> Vec<Step> {
        let hidden = self.recurrent.ncols();
        let (mut h, mut c) = (DVector::<f64>::zeros(hidden), DVector::<f64>::zeros(hidden));
        let mut steps: Vec<Step> = Vec::new();
        for index in 0..x.ncols() {
            let place = if is_reversed { x.ncols() - 1 - index } else { index };
            if !is_seen(place) {
                continue;
            }
            let input = &self.input * x.column(place) + &self.input_bias;
            let recurrent = &self.recurrent * &h + &self.recurrent_bias;
            let mut gates = &input + &recurrent;
            let (before, memory) = (h.clone(), c.clone());
            for unit in 0..hidden {
                let mut gate = |number: usize, function: fn(f64) -> f64| {
                    let value = &mut gates[number * hidden + unit];
                    *value = function(*value);
                    *value
                };
                match cell {
                    Cell::Tanh => h[unit] = gate(0, f64::tanh),
                    Cell::Relu => h[unit] = gate(0, |x| x.max(0.0)),
                    Cell::Lstm => {
                        let [i, f] = [0, 1].map(|number| gate(number, sigmoid));
                        let (g, o) = (gate(2, f64::tanh), gate(3, sigmoid));
                        c[unit] = f * c[unit] + i * g;
                        h[unit] = o * c[unit].tanh();
                    }
                    Cell::Gru => {
                        let [r, z] = [0, 1].map(|number| gate(number, sigmoid));
                        let row = 2 * hidden + unit;
                        let n = (input[row] + r * recurrent[row]).tanh();
                        gates[row] = n;
                        h[unit] = (1.0 - z) * n + z * h[unit];
                    }
                }
            }
            let (memory, output) = ([memory, c.clone()], h.clone());
            steps.push(Step { place, before, memory, recurrent, gates, output });
        }
        steps
    }

    /// Adds to the gradients of the weights and of the input. `d_output` says how the loss changes with the output
    /// after each step.
    fn steps_back(
        &self,
        cell: Cell,
        x: &DMatrix<f64>,
        steps: &[Step],
        d_output: impl Fn(usize) -> DVector<f64>,
        gradient: &mut Weights,
        d_x: &mut DMatrix<f64>,
    ) {
        let hidden = self.recurrent.ncols();
        let (mut d_h, mut d_c) = (DVector::zeros(hidden), DVector::<f64>::zeros(hidden));
        for (index, step) in steps.iter().enumerate().rev() {
            d_h += d_output(index);
            let rows = self.recurrent.nrows();
            let mut d_input = DVector::zeros(rows);
            let mut past = DVector::zeros(hidden);
            let mut d_recurrent = DVector::zeros(rows);
            for unit in 0..hidden {
                let gate = |number: usize| step.gates[number * hidden + unit];
                let row = |number: usize| number * hidden + unit;
                match cell {
                    Cell::Tanh => d_input[unit] = d_h[unit] * (1.0 - gate(0).powi(2)),
                    Cell::Relu => d_input[unit] = if gate(0) > 0.0 { d_h[unit] } else { 0.0 },
                    Cell::Lstm => {
                        let [i, f, g, o] = [0, 1, 2, 3].map(gate);
                        let tanh = step.memory[1][unit].tanh();
                        d_c[unit] += d_h[unit] * o * (1.0 - tanh * tanh);
                        d_input[row(0)] = d_c[unit] * g * i * (1.0 - i);
                        d_input[row(1)] = d_c[unit] * step.memory[0][unit] * f * (1.0 - f);
                        d_input[row(2)] = d_c[unit] * i * (1.0 - g * g);
                        d_input[row(3)] = d_h[unit] * tanh * o * (1.0 - o);
                        d_c[unit] *= f;
                    }
                    Cell::Gru => {
                        let [r, z, n] = [0, 1, 2].map(gate);
                        let before_tanh = d_h[unit] * (1.0 - z) * (1.0 - n * n);
                        d_input[row(2)] = before_tanh;
                        d_input[row(1)] = d_h[unit] * (step.before[unit] - n) * z * (1.0 - z);
                        d_input[row(0)] = before_tanh * step.recurrent[row(2)] * r * (1.0 - r);
                        d_recurrent[row(2)] = before_tanh * (r - 1.0);
                        past[unit] = d_h[unit] * z;
                    }
                }
            }
            // So far what differs from the other.
            d_recurrent += &d_input;
            gradient.input += &d_input * x.column(step.place).transpose();
            gradient.recurrent += &d_recurrent * step.before.transpose();
            gradient.input_bias += &d_input;
            gradient.recurrent_bias += &d_recurrent;
            let mut column = d_x.column_mut(step.place);
            column += self.input.transpose() * &d_input;
            d_h = past + self.recurrent.transpose() * &d_recurrent;
        }
    }
}

/// The cells of a layer, each with whether it goes from the last step to the first.
fn cells(layer: &Layer, own: &[f64]) -> Vec<(Weights, bool)> {
    let Kind::Recurrent { is_both, .. } = layer.kind else { unreachable!() };
    let count = if is_both { 2 } else { 1 };
    let cells = own.chunks(own.len() / count).zip([false, true]);
    cells.map(|(own, is_reversed)| (Weights::of(layer, own), is_reversed)).collect()
}

/// A sample with one step for each column.
fn sequence(layer: &Layer, x: &DMatrix<f64>, sample: usize) -> DMatrix<f64> {
    DMatrix::from_column_slice(layer.input[1], layer.input[0], x.column(sample).as_slice())
}

/// Where the outputs of a cell after a step stand in a sample, if they do.
fn place(layer: &Layer, direction: usize, steps: &[Step], index: usize) -> Option<usize> {
    let Kind::Recurrent { hidden, is_last, .. } = layer.kind else { unreachable!() };
    let width = layer.output[layer.output.len() - 1];
    match is_last {
        true => (index + 1 == steps.len()).then_some(direction * hidden),
        false => Some(steps[index].place * width + direction * hidden),
    }
}

pub(super) fn forward(
    layer: &Layer,
    own: &[f64],
    x: &DMatrix<f64>,
    mask: Option<&DMatrix<f64>>,
) -> DMatrix<f64> {
    let Kind::Recurrent { cell, hidden, .. } = layer.kind else { unreachable!() };
    let mut y = DMatrix::zeros(layer.output.iter().product(), x.ncols());
    for sample in 0..x.ncols() {
        let x = sequence(layer, x, sample);
        let is_seen = |place| mask.is_none_or(|mask| mask[(place, sample)] != 0.0);
        for (direction, (weights, is_reversed)) in cells(layer, own).iter().enumerate() {
            let steps = weights.steps(cell, &x, *is_reversed, is_seen);
            for (index, step) in steps.iter().enumerate() {
                if let Some(start) = place(layer, direction, &steps, index) {
                    y.view_mut((start, sample), (hidden, 1)).copy_from(&step.output);
                }
            }
        }
    }
    y
}

pub(super) fn backward(
    layer: &Layer,
    own: &[f64],
    x: &DMatrix<f64>,
    mask: Option<&DMatrix<f64>>,
    d_y: &DMatrix<f64>,
) -> (Vec<f64>, DMatrix<f64>) {
    let Kind::Recurrent { cell, hidden, .. } = layer.kind else { unreachable!() };
    let cells = cells(layer, own);
    let mut gradients: Vec<Weights> =
        cells.iter().map(|(weights, _)| weights.zeros_like()).collect();
    let mut d_all = DMatrix::zeros(x.nrows(), x.ncols());
    for sample in 0..x.ncols() {
        let x = sequence(layer, x, sample);
        let mut d_x = 0.0 * &x;
        let is_seen = |place| mask.is_none_or(|mask| mask[(place, sample)] != 0.0);
        for (direction, (weights, is_reversed)) in cells.iter().enumerate() {
            let steps = weights.steps(cell, &x, *is_reversed, is_seen);
            let d_output = |index: usize| match place(layer, direction, &steps, index) {
                Some(start) => d_y.view((start, sample), (hidden, 1)).column(0).into_owned(),
                None => DVector::zeros(hidden),
            };
            weights.steps_back(cell, &x, &steps, d_output, &mut gradients[direction], &mut d_x);
        }
        d_all.column_mut(sample).copy_from_slice(d_x.as_slice());
    }
    (gradients.iter().flat_map(Weights::values).collect(), d_all)
}
