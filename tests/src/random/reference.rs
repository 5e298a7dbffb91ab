//! The textbook: every formula written down plainly over `DMatrix<f64>`, sharing nothing with the crate that is
//! tested.
//!
//! A batch is a matrix with one sample per column.

mod activation;
mod attention;
mod joined;
mod linear;
mod normalization;
mod recurrence;
mod tokens;
mod unit;

use std::ops::Range;

use activation::{activate, activate_backward};
use static_net::nalgebra::DMatrix;

use super::declaration::Function;
use super::declaration::call::{Cell, Kind};
use super::declaration::plan::{Compute, Layer, Plan};

/// What a network does to a batch.
#[derive(Clone, Debug)]
pub struct Run {
    /// What went in, then what each step gives.
    pub representations: Vec<DMatrix<f64>>,
    /// For each step, what it gives before its activation, and how the stages inside it got there.
    inner: Vec<(DMatrix<f64>, Vec<Run>)>,
}

/// Runs a network with these parameters.
pub fn forward(plan: &Plan, state: &[f64], input: &DMatrix<f64>) -> Run {
    let mut run = Run { representations: vec![input.clone()], inner: Vec::new() };
    let mut rest = state;
    for step in &plan.steps {
        let (own, behind) = rest.split_at(step.values);
        rest = behind;
        let own = step.compute.shared(state).unwrap_or(own);
        let x = run.representations.last().expect("never empty");
        let mut runs = Vec::new();
        let before = compute(&step.compute, own, x, &mut runs);
        let after = match step.activation {
            Some(function) => activate(function, &step.output, &before),
            None => before.clone(),
        };
        run.inner.push((before, runs));
        run.representations.push(after);
    }
    assert!(rest.is_empty(), "a state of the right length");
    run
}

fn compute(compute: &Compute, own: &[f64], x: &DMatrix<f64>, runs: &mut Vec<Run>) -> DMatrix<f64> {
    match compute {
        Compute::Nothing | Compute::Reshape => x.clone(),
        Compute::Dense(inputs, outputs, has_bias) => {
            let (weight, bias) = own.split_at(inputs * outputs);
            let mut y = dense(weight, *outputs) * steps(x, *inputs);
            for mut step in y.column_iter_mut().filter(|_| *has_bias) {
                step += DMatrix::from_column_slice(*outputs, 1, bias).column(0);
            }
            samples(y, x, *inputs)
        }
        Compute::Tied(table, features) => {
            let vectors = DMatrix::from_column_slice(*features, table.len() / features, own);
            samples(vectors.transpose() * steps(x, *features), x, *features)
        }
        Compute::Gain(len) => DMatrix::from_fn(*len, x.ncols(), |i, s| own[i] * x[(i, s)]),
        Compute::Product(half) => {
            DMatrix::from_fn(*half, x.ncols(), |i, s| x[(i, s)] * x[(half + i, s)])
        }
        Compute::Mix(rows, columns) => DMatrix::from_fn(*columns, x.ncols(), |column, s| {
            (0..*rows).map(|row| own[row] * x[(row * columns + column, s)]).sum()
        }),
        Compute::Layer(layer) => match &layer.kind {
            Kind::Same | Kind::Flatten(..) | Kind::Reshape(_) => x.clone(),
            Kind::Embedding { .. } => tokens::forward(layer, own, x),
            Kind::BatchNorm(..)
            | Kind::LayerNorm(..)
            | Kind::RmsNorm(..)
            | Kind::GroupNorm(..)
            | Kind::InstanceNorm(..) => normalization::forward(layer, own, x),
            Kind::Normalize(axis, eps) => unit::forward(&layer.input, *axis, *eps, x),
            Kind::PRelu(_) => {
                x.map_with_location(
                    |i, _, x| {
                        if x > 0.0 { x } else { x * own[slope_of(layer, own, i)] }
                    },
                )
            }
            Kind::Attention { .. } | Kind::Position(_) | Kind::Sinusoidal => {
                attention::forward(layer, own, x)
            }
            Kind::Recurrent { .. } => recurrence::forward(layer, own, x),
            _ => linear::forward(layer, own, x),
        },
        Compute::Network(plan) => {
            runs.push(forward(plan, own, x));
            runs[0].output().clone()
        }
        Compute::Residual(body, project) => {
            let (own, behind) = own.split_at(body.values);
            runs.push(forward(body, own, x));
            match project {
                None => x + runs[0].output(),
                Some(project) => {
                    runs.push(forward(project, behind, x));
                    runs[1].output() + runs[0].output()
                }
            }
        }
        Compute::Repeat(times, body) => {
            for time in 0..*times {
                let own = &own[time * body.values..][..body.values];
                let x = runs.last().map_or(x, Run::output);
                runs.push(forward(body, own, x));
            }
            runs[times - 1].output().clone()
        }
        Compute::Concat(_, branches) | Compute::Sum(branches) | Compute::Multiplied(branches) => {
            let mut own = own;
            for branch in branches {
                let (first, behind) = own.split_at(branch.values);
                runs.push(forward(branch, first, x));
                own = behind;
            }
            let outputs: Vec<_> = runs.iter().map(Run::output).collect();
            joined::forward(compute, branches, &outputs)
        }
    }
}

impl Run {
    /// What comes out.
    pub fn output(&self) -> &DMatrix<f64> {
        self.representations.last().expect("never empty")
    }

    /// On which side of a corner each value stands that goes into a function with corners: which place of a
    /// window has the largest, and 1 or 0 for activations. Differences mean nothing across a corner, nor
    /// where a normalization is so steep that no step is small, for which there is nothing.
    pub fn sides(&self, plan: &Plan) -> Option<Vec<usize>> {
        let mut sides = Vec::new();
        self.add_sides(plan, &mut sides).then_some(sides)
    }

    fn add_sides(&self, plan: &Plan, sides: &mut Vec<usize>) -> bool {
        let mut is_smooth = true;
        for (index, step) in plan.steps.iter().enumerate() {
            let x = &self.representations[index];
            let (before, runs) = &self.inner[index];
            let plans: Vec<&Plan> = match &step.compute {
                Compute::Network(plan) => vec![plan],
                Compute::Repeat(times, plan) => vec![plan; *times],
                Compute::Residual(body, None) => vec![body],
                Compute::Residual(body, Some(project)) => vec![body, project],
                Compute::Concat(_, branches)
                | Compute::Sum(branches)
                | Compute::Multiplied(branches) => branches.iter().collect(),
                _ => Vec::new(),
            };
            for (run, plan) in runs.iter().zip(plans) {
                is_smooth &= run.add_sides(plan, sides);
            }
            if let Compute::Layer(layer) = &step.compute {
                sides.extend(linear::largest(layer, x));
                is_smooth &= normalization::is_smooth(layer, x);
                if let Kind::Normalize(axis, eps) = layer.kind {
                    is_smooth &= unit::is_smooth(&layer.input, axis, eps, x);
                }
                if matches!(layer.kind, Kind::PRelu(_)) {
                    sides.extend(x.iter().map(|&value| usize::from(value > 0.0)));
                }
                if matches!(layer.kind, Kind::Recurrent { cell: Cell::Relu, .. }) {
                    // After each step: the generator makes no other.
                    sides.extend(before.iter().map(|&value| usize::from(value > 0.0)));
                }
            }
            let kinks = step.activation.map(Function::kinks).unwrap_or_default();
            if !kinks.is_empty() {
                let side = |value: &f64| kinks.iter().filter(|kink| value > kink).count();
                sides.extend(before.iter().map(side));
            }
        }
        is_smooth
    }
}

/// The gradients of the parameters and of the input, from the one of the output.
pub fn backward(
    plan: &Plan,
    state: &[f64],
    run: &Run,
    d_output: &DMatrix<f64>,
) -> (Vec<f64>, DMatrix<f64>) {
    let mut parts: Vec<Vec<f64>> = Vec::new();
    let mut tied: Vec<(Range<usize>, Vec<f64>)> = Vec::new();
    let mut d_y = d_output.clone();
    let mut rest = state;
    for (index, step) in plan.steps.iter().enumerate().rev() {
        let (before, own) = rest.split_at(rest.len() - step.values);
        rest = before;
        let own = step.compute.shared(state).unwrap_or(own);
        let x = &run.representations[index];
        let (before, runs) = &run.inner[index];
        if let Some(function) = step.activation {
            d_y = activate_backward(function, &step.output, before, &d_y);
        }
        let (gradient, d_x) = compute_backward(&step.compute, own, x, runs, d_y);
        match &step.compute {
            Compute::Tied(table, _) => tied.push((table.clone(), gradient)),
            _ => parts.push(gradient),
        }
        d_y = d_x;
    }
    parts.reverse();
    let mut gradient = parts.concat();
    for (table, part) in tied {
        for (sum, value) in gradient[table].iter_mut().zip(part) {
            *sum += value;
        }
    }
    (gradient, d_y)
}

fn compute_backward(
    compute: &Compute,
    own: &[f64],
    x: &DMatrix<f64>,
    runs: &[Run],
    d_y: DMatrix<f64>,
) -> (Vec<f64>, DMatrix<f64>) {
    match compute {
        Compute::Nothing | Compute::Reshape => (Vec::new(), d_y),
        Compute::Dense(inputs, outputs, has_bias) => {
            let weight = dense(&own[..inputs * outputs], *outputs);
            let d_y = steps(&d_y, *outputs);
            let d_weight = &d_y * steps(x, *inputs).transpose();
            let d_bias = d_y.column_sum();
            let d_bias = d_bias.iter().filter(|_| *has_bias);
            let gradient = d_weight.iter().chain(d_bias).copied().collect();
            (gradient, samples(weight.transpose() * d_y, x, *inputs))
        }
        Compute::Tied(table, features) => {
            let tokens = table.len() / features;
            let d_y = steps(&d_y, tokens);
            let d_vectors = steps(x, *features) * d_y.transpose();
            let vectors = DMatrix::from_column_slice(*features, tokens, own);
            (d_vectors.as_slice().to_vec(), samples(vectors * d_y, x, *features))
        }
        Compute::Gain(len) => {
            let gradient = (0..*len).map(|i| x.row(i).dot(&d_y.row(i))).collect();
            (gradient, DMatrix::from_fn(*len, x.ncols(), |i, s| own[i] * d_y[(i, s)]))
        }
        Compute::Product(half) => {
            let d_x = DMatrix::from_fn(2 * half, x.ncols(), |i, s| {
                x[((i + half) % (2 * half), s)] * d_y[(i % half, s)]
            });
            (Vec::new(), d_x)
        }
        Compute::Mix(rows, columns) => {
            let gradient =
                (0..*rows).map(|row| x.rows(row * columns, *columns).dot(&d_y)).collect();
            let d_x = DMatrix::from_fn(rows * columns, x.ncols(), |i, s| {
                own[i / columns] * d_y[(i % columns, s)]
            });
            (gradient, d_x)
        }
        Compute::Layer(layer) => match &layer.kind {
            Kind::Same | Kind::Flatten(..) | Kind::Reshape(_) => (Vec::new(), d_y),
            Kind::Embedding { .. } => tokens::backward(layer, own, x, &d_y),
            Kind::BatchNorm(..)
            | Kind::LayerNorm(..)
            | Kind::RmsNorm(..)
            | Kind::GroupNorm(..)
            | Kind::InstanceNorm(..) => normalization::backward(layer, own, x, &d_y),
            Kind::Normalize(axis, eps) => {
                (Vec::new(), unit::backward(&layer.input, *axis, *eps, x, &d_y))
            }
            Kind::PRelu(_) => {
                let mut gradient = vec![0.0; own.len()];
                let d_x = DMatrix::from_fn(x.nrows(), x.ncols(), |i, s| {
                    let (slope, x, d_y) = (slope_of(layer, own, i), x[(i, s)], d_y[(i, s)]);
                    if x > 0.0 {
                        return d_y;
                    }
                    gradient[slope] += x * d_y;
                    d_y * own[slope]
                });
                (gradient, d_x)
            }
            Kind::Attention { .. } | Kind::Position(_) | Kind::Sinusoidal => {
                attention::backward(layer, own, x, &d_y)
            }
            Kind::Recurrent { .. } => recurrence::backward(layer, own, x, &d_y),
            _ => linear::backward(layer, own, x, &d_y),
        },
        Compute::Network(plan) => backward(plan, own, &runs[0], &d_y),
        Compute::Residual(body, project) => {
            let (own, behind) = own.split_at(body.values);
            let (mut gradient, d_x) = backward(body, own, &runs[0], &d_y);
            match project {
                None => (gradient, d_x + d_y),
                Some(project) => {
                    let (more, d_past) = backward(project, behind, &runs[1], &d_y);
                    gradient.extend(more);
                    (gradient, d_x + d_past)
                }
            }
        }
        Compute::Repeat(times, body) => {
            let mut parts = Vec::new();
            let mut d_y = d_y;
            for time in (0..*times).rev() {
                let own = &own[time * body.values..][..body.values];
                let (gradient, d_x) = backward(body, own, &runs[time], &d_y);
                parts.push(gradient);
                d_y = d_x;
            }
            parts.reverse();
            (parts.concat(), d_y)
        }
        Compute::Concat(_, branches) | Compute::Sum(branches) | Compute::Multiplied(branches) => {
            let outputs: Vec<_> = runs.iter().map(Run::output).collect();
            let mut gradient = Vec::new();
            let mut d_x = DMatrix::zeros(x.nrows(), x.ncols());
            let mut own = own;
            for (index, (branch, run)) in branches.iter().zip(runs).enumerate() {
                let (first, behind) = own.split_at(branch.values);
                own = behind;
                let d_y = joined::backward(compute, branches, &outputs, &d_y, index);
                let (part, d_branch) = backward(branch, first, run, &d_y);
                gradient.extend(part);
                d_x += d_branch;
            }
            (gradient, d_x)
        }
    }
}

impl Compute {
    /// The parameters, where they are another step's.
    fn shared<'a>(&self, state: &'a [f64]) -> Option<&'a [f64]> {
        match self {
            Compute::Tied(table, _) => Some(&state[table.clone()]),
            _ => None,
        }
    }
}

/// Which slope a value of a sample has.
fn slope_of(layer: &Layer, slopes: &[f64], value: usize) -> usize {
    value / (layer.input.iter().product::<usize>() / slopes.len())
}

/// Samples of steps with so many values each, as a matrix with a column for each step.
fn steps(x: &DMatrix<f64>, values: usize) -> DMatrix<f64> {
    DMatrix::from_column_slice(values, x.len() / values, x.as_slice())
}

/// Steps as a matrix with a column for each sample, of which there are as many as in `x`. There a step had so
/// many values.
fn samples(y: DMatrix<f64>, x: &DMatrix<f64>, values: usize) -> DMatrix<f64> {
    DMatrix::from_column_slice(y.nrows() * x.nrows() / values, x.ncols(), y.as_slice())
}

/// The weight matrix of a dense layer: column by column, one row for each output.
fn dense(weight: &[f64], outputs: usize) -> DMatrix<f64> {
    DMatrix::from_column_slice(outputs, weight.len() / outputs, weight)
}
