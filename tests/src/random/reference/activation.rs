//! The activations and their derivatives.

use std::f64::consts::{PI, SQRT_2};

use static_net::nalgebra::DMatrix;

use super::super::declaration::Function;

pub(super) fn activate(function: Function, shape: &[usize], x: &DMatrix<f64>) -> DMatrix<f64> {
    match function {
        Function::Softmax(axis) => over_axis(x, shape, axis, softmax),
        Function::LogSoftmax(axis) => {
            over_axis(x, shape, axis, |x| softmax(x).into_iter().map(f64::ln).collect())
        }
        _ => x.map(|x| value(function, x)),
    }
}

pub(super) fn activate_backward(
    function: Function,
    shape: &[usize],
    x: &DMatrix<f64>,
    d_y: &DMatrix<f64>,
) -> DMatrix<f64> {
    let (Function::Softmax(axis) | Function::LogSoftmax(axis)) = function else {
        return x.zip_map(d_y, |x, d_y| slope(function, x) * d_y);
    };
    let mut d_x = d_y.clone();
    for line in lines(x.len(), shape, axis) {
        // The whole Jacobian: dy_i/dx_j.
        let y = softmax(&at(x, &line));
        for (j, &place) in line.iter().enumerate() {
            let slope = |i: usize| {
                let same = f64::from(u8::from(i == j));
                match function {
                    Function::Softmax(_) => y[i] * (same - y[j]),
                    _ => same - y[j],
                }
            };
            d_x[place] = line.iter().enumerate().map(|(i, &from)| d_y[from] * slope(i)).sum();
        }
    }
    d_x
}

fn over_axis(
    x: &DMatrix<f64>,
    shape: &[usize],
    axis: Option<usize>,
    function: impl Fn(&[f64]) -> Vec<f64>,
) -> DMatrix<f64> {
    let mut y = x.clone();
    for line in lines(x.len(), shape, axis) {
        for (&place, value) in line.iter().zip(function(&at(x, &line))) {
            y[place] = value;
        }
    }
    y
}

/// The places of the values along an axis, of all samples together: those that differ in this index alone.
pub(super) fn lines(len: usize, shape: &[usize], axis: Option<usize>) -> Vec<Vec<usize>> {
    let axis = axis.unwrap_or(shape.len() - 1);
    let inner: usize = shape[axis + 1..].iter().product();
    let is_first = |place: &usize| (place / inner).is_multiple_of(shape[axis]);
    let line = |first: usize| (0..shape[axis]).map(move |index| first + index * inner).collect();
    (0..len).filter(is_first).map(line).collect()
}

pub(super) fn at(x: &DMatrix<f64>, places: &[usize]) -> Vec<f64> {
    places.iter().map(|&place| x[place]).collect()
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
        Function::Relu6 => x.clamp(0.0, 6.0),
        Function::Selu => SELU_SCALE * if x > 0.0 { x } else { SELU_ALPHA * (x.exp() - 1.0) },
        Function::Mish => x * x.exp().ln_1p().tanh(),
        Function::HardSwish => x * hard_sigmoid(x),
        Function::HardTanh(min, max) | Function::Clamp(min, max) => x.clamp(min, max),
        Function::HardSigmoid => hard_sigmoid(x),
        Function::Softsign => x / (1.0 + x.abs()),
        Function::Exp => x.exp(),
        Function::Identity => x,
        Function::Softmax(_) | Function::LogSoftmax(_) => {
            unreachable!("functions of a whole sample")
        }
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
        Function::Relu6 => f64::from(u8::from(0.0 < x && x < 6.0)),
        Function::Selu => SELU_SCALE * if x > 0.0 { 1.0 } else { SELU_ALPHA * x.exp() },
        Function::Mish => {
            let tanh = x.exp().ln_1p().tanh();
            tanh + x * (1.0 - tanh * tanh) * sigmoid(x)
        }
        Function::HardSwish => {
            if x.abs() < 3.0 {
                x / 3.0 + 0.5
            } else {
                f64::from(u8::from(x > 0.0))
            }
        }
        Function::HardTanh(min, max) | Function::Clamp(min, max) => {
            f64::from(u8::from(min < x && x < max))
        }
        Function::HardSigmoid => f64::from(u8::from(x.abs() < 3.0)) / 6.0,
        Function::Softsign => (1.0 + x.abs()).powi(-2),
        Function::Exp => x.exp(),
        Function::Identity => 1.0,
        Function::Softmax(_) | Function::LogSoftmax(_) => {
            unreachable!("functions of a whole sample")
        }
    }
}

/// The constants of the paper.
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;

fn hard_sigmoid(x: f64) -> f64 {
    (x + 3.0).clamp(0.0, 6.0) / 6.0
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
