//! Layers of two values: one of two vectors, or of those of each step.

use static_net::nalgebra::{DMatrix, DVector};

/// The least length that a vector is taken for.
const EPS: f64 = 1e-8;
/// Where lengths are smaller than that, a step of a difference is not small beside them.
const STEEP: f64 = 0.1;

fn length(vector: &DVector<f64>) -> f64 {
    vector.norm().max(EPS)
}

/// Whether each length is large beside the steps of differences.
pub(super) fn is_smooth(
    word: &str,
    shape: &[usize],
    x: &DMatrix<f64>,
    other: &DMatrix<f64>,
) -> bool {
    let is_long = |vector: &DVector<f64>| vector.norm() > STEEP;
    word != "cosine" || [x, other].iter().all(|x| vectors(shape, x).iter().all(is_long))
}

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
            _ => a.dot(&b) / (length(&a) * length(&b)),
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
                let (of_a, of_b) = (&a / length(&a), &b / length(&b));
                let cosine = of_a.dot(&of_b);
                // A length that is not the vector's own does not change with it.
                let own = |vector: &DVector<f64>| if vector.norm() > EPS { cosine } else { 0.0 };
                (
                    (&of_b - own(&a) * &of_a) * (d_value / length(&a)),
                    (&of_a - own(&b) * &of_b) * (d_value / length(&b)),
                )
            }
        };
        d_x.extend_from_slice(d_a.as_slice());
        d_other.extend_from_slice(d_b.as_slice());
    }
    [d_x, d_other].map(|values| DMatrix::from_column_slice(x.nrows(), x.ncols(), &values))
}
