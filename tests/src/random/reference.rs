//! The textbook: every formula written down plainly over `DMatrix<f64>`, sharing nothing with the crate that is
//! tested.
//!
//! A batch is a matrix with one sample per column.

use std::f64::consts::{PI, SQRT_2};

use static_net::nalgebra::DMatrix;

use super::declaration::Function;
use super::declaration::plan::{Compute, Plan, Step};

/// What a network does to a batch.
#[derive(Clone, Debug)]
pub struct Run {
    /// What went in, then what each step gives.
    pub representations: Vec<DMatrix<f64>>,
    /// For each step, what it gives before its activation, and how its network got there if it is one.
    inner: Vec<(DMatrix<f64>, Option<Run>)>,
}

/// Runs a network with these parameters.
pub fn forward(plan: &Plan, state: &[f64], input: &DMatrix<f64>) -> Run {
    let mut run = Run { representations: vec![input.clone()], inner: Vec::new() };
    let mut rest = state;
    for step in &plan.steps {
        let (own, behind) = rest.split_at(step.compute.parameters());
        rest = behind;
        let x = run.representations.last().expect("never empty");
        let mut nested = None;
        let before = match &step.compute {
            Compute::Nothing | Compute::Reshape => x.clone(),
            Compute::Dense(inputs, outputs) => {
                let (weight, bias) = dense(own, *inputs, *outputs);
                let mut y = weight * x;
                for mut sample in y.column_iter_mut() {
                    sample += bias.column(0);
                }
                y
            }
            Compute::Network(plan) => {
                let run = forward(plan, own, x);
                let output = run.output().clone();
                nested = Some(run);
                output
            }
            Compute::Gain(len) => DMatrix::from_fn(*len, x.ncols(), |i, s| own[i] * x[(i, s)]),
            Compute::Product(half) => {
                DMatrix::from_fn(*half, x.ncols(), |i, s| x[(i, s)] * x[(half + i, s)])
            }
            Compute::Mix(rows, columns) => DMatrix::from_fn(*columns, x.ncols(), |column, s| {
                (0..*rows).map(|row| own[row] * x[(row * columns + column, s)]).sum()
            }),
        };
        let after = match step.activation {
            Some(function) => activate(function, last_axis(step), &before),
            None => before.clone(),
        };
        run.inner.push((before, nested));
        run.representations.push(after);
    }
    assert!(rest.is_empty(), "a state of the right length");
    run
}

impl Run {
    /// What comes out.
    pub fn output(&self) -> &DMatrix<f64> {
        self.representations.last().expect("never empty")
    }

    /// On which side of its corner each value stands that goes into an activation with a corner.
    /// Differences mean nothing across a corner.
    pub fn sides(&self, plan: &Plan) -> Vec<bool> {
        let mut sides = Vec::new();
        for (step, (before, nested)) in plan.steps.iter().zip(&self.inner) {
            if let (Some(run), Compute::Network(plan)) = (nested, &step.compute) {
                sides.extend(run.sides(plan));
            }
            if matches!(
                step.activation,
                Some(Function::Relu | Function::LeakyRelu(_) | Function::Elu(_))
            ) {
                sides.extend(before.iter().map(|&value| value > 0.0));
            }
        }
        sides
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
    let mut d_y = d_output.clone();
    let mut rest = state;
    for (index, step) in plan.steps.iter().enumerate().rev() {
        let (before, own) = rest.split_at(rest.len() - step.compute.parameters());
        rest = before;
        let x = &run.representations[index];
        let (before, nested) = &run.inner[index];
        if let Some(function) = step.activation {
            d_y = activate_backward(function, last_axis(step), before, &d_y);
        }
        let (gradient, d_x) = match &step.compute {
            Compute::Nothing | Compute::Reshape => (Vec::new(), d_y),
            Compute::Dense(inputs, outputs) => {
                let (weight, _) = dense(own, *inputs, *outputs);
                let d_weight = &d_y * x.transpose();
                let d_bias = d_y.column_sum();
                let gradient = d_weight.iter().chain(d_bias.iter()).copied().collect();
                (gradient, weight.transpose() * d_y)
            }
            Compute::Network(plan) => {
                backward(plan, own, nested.as_ref().expect("a network ran"), &d_y)
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
        };
        parts.push(gradient);
        d_y = d_x;
    }
    parts.reverse();
    (parts.concat(), d_y)
}

/// The weight matrix and the bias of a dense layer: column by column, one row for each output.
fn dense(state: &[f64], inputs: usize, outputs: usize) -> (DMatrix<f64>, DMatrix<f64>) {
    let (weight, bias) = state.split_at(inputs * outputs);
    (
        DMatrix::from_column_slice(outputs, inputs, weight),
        DMatrix::from_column_slice(outputs, 1, bias),
    )
}

fn last_axis(step: &Step) -> usize {
    *step.output.last().expect("a shape has an axis")
}

fn activate(function: Function, axis: usize, x: &DMatrix<f64>) -> DMatrix<f64> {
    match function {
        Function::Softmax => over_axis(x, axis, softmax),
        Function::LogSoftmax => {
            over_axis(x, axis, |x| softmax(x).into_iter().map(f64::ln).collect())
        }
        _ => x.map(|x| value(function, x)),
    }
}

fn activate_backward(
    function: Function,
    axis: usize,
    x: &DMatrix<f64>,
    d_y: &DMatrix<f64>,
) -> DMatrix<f64> {
    match function {
        Function::Softmax | Function::LogSoftmax => {
            let mut d_x = d_y.clone();
            let runs = x.as_slice().chunks(axis).zip(d_y.as_slice().chunks(axis));
            for (d_x, (x, d_y)) in d_x.as_mut_slice().chunks_mut(axis).zip(runs) {
                // The whole Jacobian: dy_i/dx_j.
                let y = softmax(x);
                for j in 0..axis {
                    d_x[j] = (0..axis)
                        .map(|i| {
                            let same = f64::from(u8::from(i == j));
                            let slope = match function {
                                Function::Softmax => y[i] * (same - y[j]),
                                _ => same - y[j],
                            };
                            d_y[i] * slope
                        })
                        .sum();
                }
            }
            d_x
        }
        _ => x.zip_map(d_y, |x, d_y| slope(function, x) * d_y),
    }
}

fn over_axis(x: &DMatrix<f64>, axis: usize, function: impl Fn(&[f64]) -> Vec<f64>) -> DMatrix<f64> {
    let values = x.as_slice().chunks(axis).flat_map(function);
    DMatrix::from_iterator(x.nrows(), x.ncols(), values)
}

fn softmax(x: &[f64]) -> Vec<f64> {
    let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = x.iter().map(|x| (x - largest).exp()).sum();
    x.iter().map(|x| (x - largest).exp() / total).collect()
}

/// A function of one value.
fn value(function: Function, x: f64) -> f64 {
    match function {
        Function::Relu => x.max(0.0),
        Function::LeakyRelu(slope) => {
            if x > 0.0 {
                x
            } else {
                slope * x
            }
        }
        Function::Elu(alpha) => {
            if x > 0.0 {
                x
            } else {
                alpha * (x.exp() - 1.0)
            }
        }
        Function::Gelu => x * normal(x),
        Function::GeluTanh => 0.5 * x * (1.0 + gelu_inner(x).tanh()),
        Function::Silu => x * sigmoid(x),
        Function::Tanh => x.tanh(),
        Function::Sigmoid => sigmoid(x),
        Function::Softplus(beta) => {
            (beta * x).max(0.0) / beta + (-(beta * x).abs()).exp().ln_1p() / beta
        }
        Function::Identity => x,
        Function::Softmax | Function::LogSoftmax => unreachable!("functions of a whole sample"),
    }
}

/// Its derivative.
fn slope(function: Function, x: f64) -> f64 {
    match function {
        Function::Relu => {
            if x > 0.0 {
                1.0
            } else {
                0.0
            }
        }
        Function::LeakyRelu(slope) => {
            if x > 0.0 {
                1.0
            } else {
                slope
            }
        }
        Function::Elu(alpha) => {
            if x > 0.0 {
                1.0
            } else {
                alpha * x.exp()
            }
        }
        Function::Gelu => normal(x) + x * (-x * x / 2.0).exp() / (2.0 * PI).sqrt(),
        Function::GeluTanh => {
            let tanh = gelu_inner(x).tanh();
            let inner = (2.0 / PI).sqrt() * (1.0 + 3.0 * 0.044715 * x * x);
            0.5 * (1.0 + tanh) + 0.5 * x * (1.0 - tanh * tanh) * inner
        }
        Function::Silu => sigmoid(x) * (1.0 + x * (1.0 - sigmoid(x))),
        Function::Tanh => 1.0 - x.tanh().powi(2),
        Function::Sigmoid => sigmoid(x) * (1.0 - sigmoid(x)),
        Function::Softplus(beta) => sigmoid(beta * x),
        Function::Identity => 1.0,
        Function::Softmax | Function::LogSoftmax => unreachable!("functions of a whole sample"),
    }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn gelu_inner(x: f64) -> f64 {
    (2.0 / PI).sqrt() * (x + 0.044715 * x.powi(3))
}

/// The normal distribution function.
fn normal(x: f64) -> f64 {
    0.5 * (1.0 + erf(x / SQRT_2))
}

/// The error function by its power series (Abramowitz and Stegun 7.1.6), which has no cancelling signs.
fn erf(x: f64) -> f64 {
    if x.abs() > 6.0 {
        return x.signum();
    }
    let mut term = x;
    let mut sum = x;
    for n in 1..400 {
        term *= 2.0 * x * x / f64::from(2 * n + 1);
        sum += term;
    }
    2.0 / PI.sqrt() * (-x * x).exp() * sum
}
