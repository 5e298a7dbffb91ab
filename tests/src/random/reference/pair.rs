//! Layers of two values: one of two vectors, or of those of each step.

use static_net::nalgebra::{DMatrix, DVector};

/// The vectors along the last axis, of all samples.
fn vectors(shape: &[usize], x: &DMatrix<f64>) -> Vec<DVector<f64>> {
    let width = shape[shape.len() - 1];
    x.as_slice().chunks(width).map(DVector::from_column_slice).collect()
}

pub(super) fn forward(
    word: &str,
    shape: &[usize],
    x: &DMatrix<f64>,
    other: &DMatrix<f64>,
) -> DMatrix<f64> {
    if word == "gaussian" {
        return x.clone();
    }
    let pairs = vectors(shape, x).into_iter().zip(vectors(shape, other));
    let values: Vec<f64> = pairs
        .map(|(a, b)| match word {
            "dot" => a.dot(&b),
            _ => a.dot(&b) / (a.norm() * b.norm()),
        })
        .collect();
    let each = shape[..shape.len() - 1].iter().product();
    DMatrix::from_column_slice(each, x.ncols(), &values)
}

pub(super) fn backward(
    word: &str,
    shape: &[usize],
    x: &DMatrix<f64>,
    other: &DMatrix<f64>,
    d_y: &DMatrix<f64>,
) -> [DMatrix<f64>; 2] {
    if word == "gaussian" {
        return [d_y.clone(), 0.0 * other];
    }
    let pairs = vectors(shape, x).into_iter().zip(vectors(shape, other));
    let (mut d_x, mut d_other) = (Vec::new(), Vec::new());
    for ((a, b), &d_value) in pairs.zip(d_y) {
        let (d_a, d_b) = match word {
            "dot" => (&b * d_value, &a * d_value),
            _ => {
                let (of_a, of_b) = (a.normalize(), b.normalize());
                let cosine = of_a.dot(&of_b);
                (
                    (&of_b - cosine * &of_a) * (d_value / a.norm()),
                    (&of_a - cosine * &of_b) * (d_value / b.norm()),
                )
            }
        };
        d_x.extend_from_slice(d_a.as_slice());
        d_other.extend_from_slice(d_b.as_slice());
    }
    [d_x, d_other].map(|values| DMatrix::from_column_slice(x.nrows(), x.ncols(), &values))
}
