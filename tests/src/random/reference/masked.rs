//! One vector of the steps that a mask does not hide: the last, their mean, or the largest values.

use static_net::nalgebra::DMatrix;

use super::super::declaration::call::Kind;
use super::super::declaration::plan::Layer;

/// The steps of a sample that are seen.
fn seen(mask: &DMatrix<f64>, sample: usize) -> Vec<usize> {
    (0..mask.nrows()).filter(|&step| mask[(step, sample)] != 0.0).collect()
}

/// The step that has the largest value of a feature.
fn largest_of(steps: &[usize], value: impl Fn(usize) -> f64) -> Option<usize> {
    steps.iter().copied().reduce(|a, b| if value(b) > value(a) { b } else { a })
}

/// How much each step counts for a feature of a sample.
fn weights(
    layer: &Layer,
    x: &DMatrix<f64>,
    mask: Option<&DMatrix<f64>>,
    feature: usize,
    sample: usize,
) -> Vec<(usize, f64)> {
    let steps = seen(mask.expect("a mask"), sample);
    let features = layer.input[1];
    match layer.kind {
        Kind::MeanOverTime => steps.iter().map(|&step| (step, 1.0 / steps.len() as f64)).collect(),
        Kind::MaxOverTime => {
            let largest = largest_of(&steps, |step| x[(step * features + feature, sample)]);
            largest.map(|step| (step, 1.0)).into_iter().collect()
        }
        _ => steps.last().map(|&step| (step, 1.0)).into_iter().collect(),
    }
}

pub(super) fn forward(
    layer: &Layer,
    x: &DMatrix<f64>,
    mask: Option<&DMatrix<f64>>,
) -> DMatrix<f64> {
    let features = layer.input[1];
    DMatrix::from_fn(features, x.ncols(), |feature, sample| {
        let weights = weights(layer, x, mask, feature, sample);
        weights.iter().map(|(step, weight)| weight * x[(step * features + feature, sample)]).sum()
    })
}

pub(super) fn backward(
    layer: &Layer,
    x: &DMatrix<f64>,
    mask: Option<&DMatrix<f64>>,
    d_y: &DMatrix<f64>,
) -> DMatrix<f64> {
    let features = layer.input[1];
    let mut d_x = 0.0 * x;
    for sample in 0..x.ncols() {
        for feature in 0..features {
            for (step, weight) in weights(layer, x, mask, feature, sample) {
                d_x[(step * features + feature, sample)] += weight * d_y[(feature, sample)];
            }
        }
    }
    d_x
}

/// Which step has the largest value of each feature, of a layer that chooses.
pub(super) fn largest(layer: &Layer, x: &DMatrix<f64>, mask: Option<&DMatrix<f64>>) -> Vec<usize> {
    if layer.kind != Kind::MaxOverTime {
        return Vec::new();
    }
    let features = layer.input[1];
    let all = (0..x.ncols()).flat_map(|sample| (0..features).map(move |feature| (feature, sample)));
    all.flat_map(|(feature, sample)| weights(layer, x, mask, feature, sample))
        .map(|(step, _)| step)
        .collect()
}
