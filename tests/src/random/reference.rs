//! The textbook: every formula written down plainly over `DMatrix<f64>`, sharing nothing with the crate that is
//! tested.
//!
//! A batch is a matrix with one sample per column.

mod activation;
mod attention;
mod joined;
mod linear;
mod masked;
mod normalization;
mod pair;
mod recurrence;
mod tokens;
mod unit;
mod values;

use std::ops::Range;

use activation::{activate, activate_backward};
use static_net::nalgebra::DMatrix;

use super::declaration::Function;
use super::declaration::call::{Cell, Kind};
use super::declaration::plan::known::Known;
use super::declaration::plan::{Compute, Layer, Plan, Step};
use values::{Gradients, Reads, stacked};

/// What a network does to a batch.
#[derive(Clone, Debug)]
pub struct Run {
    /// What went in, then what each step gives.
    pub representations: Vec<DMatrix<f64>>,
    /// How each step got there.
    inner: Vec<Taken>,
    output: DMatrix<f64>,
    /// Of a turn, the names of the values that it gives.
    keys: Vec<String>,
}

/// What a step does to a batch.
#[derive(Clone, Debug)]
struct Taken {
    /// What it goes on from.
    x: DMatrix<f64>,
    /// What it reads besides.
    reads: Reads,
    /// What it gives before its activation.
    before: DMatrix<f64>,
    /// How the stages inside it got there.
    runs: Vec<Run>,
}

/// Runs a network with these parameters.
pub fn forward(plan: &Plan, state: &[f64], input: &DMatrix<f64>) -> Run {
    run(plan, state, input, &mut Known::of(plan, input))
}

/// The same of stages, which see these values and add their own.
fn run(plan: &Plan, state: &[f64], input: &DMatrix<f64>, known: &mut Known<DMatrix<f64>>) -> Run {
    let (mut representations, mut inner) = (vec![input.clone()], Vec::new());
    let mut rest = state;
    for step in &plan.steps {
        let (own, behind) = rest.split_at(step.values);
        rest = behind;
        let own = step.compute.shared(state).unwrap_or(own);
        let x = match &step.from {
            _ if !step.given.is_empty() => stacked(step.given.iter().map(|key| known.value(key))),
            Some(key) => known.value(key),
            None => representations.last().expect("never empty").clone(),
        };
        let reads = known.reads(step);
        let mut runs = Vec::new();
        let before = compute(step, own, &x, &reads, &mut runs, known);
        let after = match step.activation {
            Some(function) => activate(function, &step.output, &before),
            None => before.clone(),
        };
        if let Some(key) = &step.key {
            known.add(key, after.clone());
            for (end, rows) in step.compute.outputs(key) {
                known.add(&end, after.rows(rows.start, rows.len()).into_owned());
            }
        }
        inner.push(Taken { x, reads, before, runs });
        representations.push(after);
    }
    assert!(rest.is_empty(), "a state of the right length");
    let output = match plan.ends.as_slice() {
        [] => representations.last().expect("never empty").clone(),
        ends => stacked(ends.iter().map(|end| known.value(&end.key))),
    };
    Run { representations, inner, output, keys: Vec::new() }
}

fn compute(
    step: &Step,
    own: &[f64],
    x: &DMatrix<f64>,
    reads: &Reads,
    runs: &mut Vec<Run>,
    known: &mut Known<DMatrix<f64>>,
) -> DMatrix<f64> {
    match &step.compute {
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
                attention::forward(layer, own, x, reads)
            }
            Kind::Recurrent { .. } => recurrence::forward(layer, own, x, reads.mask()),
            _ if reads.mask().is_some() => masked::forward(layer, x, reads.mask()),
            _ => linear::forward(layer, own, x),
        },
        Compute::Pair(word, shape) => pair::forward(word, shape, x, reads.other()),
        Compute::Network(plan) => {
            runs.push(forward(plan, own, x));
            runs[0].output().clone()
        }
        Compute::Residual(body, project) => {
            let (own, behind) = own.split_at(body.values);
            runs.push(run(body, own, x, known));
            match project {
                None => x + runs[0].output(),
                Some(project) => {
                    runs.push(run(project, behind, x, known));
                    runs[1].output() + runs[0].output()
                }
            }
        }
        Compute::Repeat(turns) => {
            let mut own = own;
            for (turn, body) in turns.iter().enumerate() {
                let (first, behind) = own.split_at(body.values);
                own = behind;
                let x = runs.last().map_or(x, Run::output).clone();
                known.begin_turn();
                runs.push(run(body, first, &x, known));
                let given = runs[turn].output.clone();
                runs[turn].keys = known.end_turn(turn, step.key.as_deref(), given);
            }
            runs[turns.len() - 1].output().clone()
        }
        Compute::Concat(_, branches) | Compute::Sum(branches) | Compute::Multiplied(branches) => {
            let mut own = own;
            for branch in branches {
                let (first, behind) = own.split_at(branch.values);
                runs.push(run(branch, first, x, known));
                own = behind;
            }
            let outputs: Vec<_> = runs.iter().map(Run::output).collect();
            joined::forward(&step.compute, branches, &outputs)
        }
    }
}

impl Run {
    /// What comes out.
    pub fn output(&self) -> &DMatrix<f64> {
        &self.output
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
            let Taken { x, reads, before, runs } = &self.inner[index];
            if let Some(mask) = reads.mask() {
                sides.extend(mask.iter().map(|&value| usize::from(value != 0.0)));
            }
            let plans: Vec<&Plan> = match &step.compute {
                Compute::Network(plan) => vec![plan],
                Compute::Repeat(turns) => turns.iter().collect(),
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
            if let Compute::Pair(word, shape) = &step.compute {
                is_smooth &= pair::is_smooth(word, shape, x, reads.other());
            }
            if let Compute::Layer(layer) = &step.compute {
                match reads.mask() {
                    None => sides.extend(linear::largest(layer, x)),
                    mask => sides.extend(masked::largest(layer, x, mask)),
                }
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
    let mut gradients = Gradients::default();
    let (gradient, mut d_input) = run_back(plan, state, run, d_output, &mut gradients);
    gradients.add_to_input(plan, &mut d_input);
    (gradient, d_input)
}

/// The same of stages, which add to the gradients of what they read.
fn run_back(
    plan: &Plan,
    state: &[f64],
    run: &Run,
    d_output: &DMatrix<f64>,
    gradients: &mut Gradients,
) -> (Vec<f64>, DMatrix<f64>) {
    let mut parts: Vec<Vec<f64>> = Vec::new();
    let mut tied: Vec<(Range<usize>, Vec<f64>)> = Vec::new();
    // What the step behind has left, of what it goes on from.
    let mut d_y = match plan.ends.as_slice() {
        [] => d_output.clone(),
        ends => {
            let mut row = 0;
            for end in ends {
                let len = end.shape.iter().product();
                gradients.add(&end.key, d_output.rows(row, len).into_owned());
                row += len;
            }
            let last = run.representations.last().expect("never empty");
            DMatrix::zeros(last.nrows(), last.ncols())
        }
    };
    let mut rest = state;
    for (index, step) in plan.steps.iter().enumerate().rev() {
        let (before, own) = rest.split_at(rest.len() - step.values);
        rest = before;
        let own = step.compute.shared(state).unwrap_or(own);
        let taken = &run.inner[index];
        if let Some(d_read) = step.key.as_ref().and_then(|key| gradients.take(key)) {
            d_y += d_read;
        }
        for (end, rows) in step.key.iter().flat_map(|key| step.compute.outputs(key)) {
            if let Some(d_read) = gradients.take(&end) {
                let mut d_output = d_y.rows_mut(rows.start, rows.len());
                d_output += d_read;
            }
        }
        if let Some(function) = step.activation {
            d_y = activate_backward(function, &step.output, &taken.before, &d_y);
        }
        let (gradient, d_x) = compute_backward(step, own, taken, d_y, gradients);
        match &step.compute {
            Compute::Tied(table, _) => tied.push((table.clone(), gradient)),
            _ => parts.push(gradient),
        }
        d_y = d_x;
        let before = &run.representations[index];
        if let Compute::Network(plan) = &step.compute
            && !step.given.is_empty()
        {
            for (key, part) in step.given.iter().zip(&plan.parts) {
                gradients.add(key, d_y.rows(part.rows.start, part.rows.len()).into_owned());
            }
            d_y = DMatrix::zeros(before.nrows(), before.ncols());
        } else if let Some(key) = &step.from {
            // Of tokens there is no gradient.
            if d_y.nrows() == taken.x.nrows() {
                gradients.add(key, d_y);
            }
            d_y = DMatrix::zeros(before.nrows(), before.ncols());
        }
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
    step: &Step,
    own: &[f64],
    Taken { x, reads, runs, .. }: &Taken,
    d_y: DMatrix<f64>,
    gradients: &mut Gradients,
) -> (Vec<f64>, DMatrix<f64>) {
    match &step.compute {
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
                let (gradient, d_x, d_memory) = attention::backward(layer, own, x, reads, &d_y);
                if let (Some(key), Some(d_memory)) = (&step.reads[0], d_memory) {
                    gradients.add(key, d_memory);
                }
                (gradient, d_x)
            }
            Kind::Recurrent { .. } => recurrence::backward(layer, own, x, reads.mask(), &d_y),
            _ if reads.mask().is_some() => {
                (Vec::new(), masked::backward(layer, x, reads.mask(), &d_y))
            }
            _ => linear::backward(layer, own, x, &d_y),
        },
        Compute::Pair(word, shape) => {
            let [d_x, d_other] = pair::backward(word, shape, x, reads.other(), &d_y);
            gradients.add(step.reads[0].as_deref().expect("it reads a value"), d_other);
            (Vec::new(), d_x)
        }
        Compute::Network(plan) => backward(plan, own, &runs[0], &d_y),
        Compute::Residual(body, project) => {
            let (own, behind) = own.split_at(body.values);
            let (mut gradient, d_x) = run_back(body, own, &runs[0], &d_y, gradients);
            match project {
                None => (gradient, d_x + d_y),
                Some(project) => {
                    let (more, d_past) = run_back(project, behind, &runs[1], &d_y, gradients);
                    gradient.extend(more);
                    (gradient, d_x + d_past)
                }
            }
        }
        Compute::Repeat(turns) => {
            let (mut parts, mut d_y, mut own) = (Vec::new(), d_y, own);
            for (turn, body) in turns.iter().enumerate().rev() {
                let (front, last) = own.split_at(own.len() - body.values);
                own = front;
                let given = step.key.as_ref().map(|key| format!("{key}@{turn}"));
                if let Some(d_read) = given.and_then(|key| gradients.take(&key)) {
                    d_y += d_read;
                }
                gradients.begin_turn(turn, &runs[turn].keys);
                let (gradient, d_x) = run_back(body, last, &runs[turn], &d_y, gradients);
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
                let d_y = joined::backward(&step.compute, branches, &outputs, &d_y, index);
                let (part, d_branch) = run_back(branch, first, run, &d_y, gradients);
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
