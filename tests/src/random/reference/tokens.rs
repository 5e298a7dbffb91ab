//! Vectors that stand for tokens. The ids of tokens are numbers here too, of which there is no gradient.

use static_net::nalgebra::DMatrix;

use super::super::declaration::call::Kind;
use super::super::declaration::plan::Layer;

/// Where the vector of a token begins among the parameters.
fn place(layer: &Layer, position: usize, token: f64) -> usize {
    let Kind::Embedding { vocabularies, features } = &layer.kind else { unreachable!() };
    let in_front: usize = match vocabularies.as_slice() {
        [_] => 0,
        each => each[..position].iter().sum(),
    };
    (in_front + token as usize) * features
}

pub(super) fn forward(layer: &Layer, own: &[f64], x: &DMatrix<f64>) -> DMatrix<f64> {
    let [length, features] = [layer.output[0], layer.output[1]];
    DMatrix::from_fn(length * features, x.ncols(), |value, sample| {
        let position = value / features;
        own[place(layer, position, x[(position, sample)]) + value % features]
    })
}

pub(super) fn backward(
    layer: &Layer,
    own: &[f64],
    x: &DMatrix<f64>,
    d_y: &DMatrix<f64>,
) -> (Vec<f64>, DMatrix<f64>) {
    let features = layer.output[1];
    let mut gradient = vec![0.0; own.len()];
    for sample in 0..x.ncols() {
        for value in 0..d_y.nrows() {
            let position = value / features;
            let row = place(layer, position, x[(position, sample)]);
            gradient[row + value % features] += d_y[(value, sample)];
        }
    }
    (gradient, DMatrix::zeros(0, x.ncols()))
}
