//! Division by the norm along an axis.

use static_net::nalgebra::DMatrix;

use super::activation::{at, lines};

/// Where norms are smaller than that, a step of a difference is not small beside them.
const STEEP: f64 = 0.1;

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|x| x * x).sum::<f64>().sqrt()
}

pub(super) fn forward(shape: &[usize], axis: usize, eps: f64, x: &DMatrix<f64>) -> DMatrix<f64> {
    let mut y = x.clone();
    for line in lines(x.len(), shape, Some(axis)) {
        let norm = norm(&at(x, &line)).max(eps);
        line.iter().for_each(|&place| y[place] /= norm);
    }
    y
}

pub(super) fn backward(
    shape: &[usize],
    axis: usize,
    eps: f64,
    x: &DMatrix<f64>,
    d_y: &DMatrix<f64>,
) -> DMatrix<f64> {
    let mut d_x = d_y.clone();
    for line in lines(x.len(), shape, Some(axis)) {
        let (x, d_y) = (at(x, &line), at(d_y, &line));
        let norm = norm(&x);
        for (i, &place) in line.iter().enumerate() {
            // dy_j/dx_i, of all of them.
            let slope = |j: usize| {
                let same = f64::from(u8::from(i == j));
                match norm < eps {
                    true => same / eps,
                    false => same / norm - x[i] * x[j] / norm.powi(3),
                }
            };
            d_x[place] = d_y.iter().enumerate().map(|(j, d)| d * slope(j)).sum();
        }
    }
    d_x
}

/// Whether each norm is large beside the steps of differences, and not near where it is replaced.
pub(super) fn is_smooth(shape: &[usize], axis: usize, eps: f64, x: &DMatrix<f64>) -> bool {
    lines(x.len(), shape, Some(axis)).iter().all(|line| norm(&at(x, line)) > STEEP.max(2.0 * eps))
}
