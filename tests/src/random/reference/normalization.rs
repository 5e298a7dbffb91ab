//! Normalizations: of runs of neighbouring values, or by known statistics.

use static_net::nalgebra::DMatrix;

use super::super::declaration::call::Kind;
use super::super::declaration::plan::Layer;

/// Where scales are smaller than that, a step of a difference is not small beside them.
const STEEP: f64 = 0.1;

/// What the kinds of normalization differ in.
struct Rule {
    /// How many neighbours are normalized together.
    run: usize,
    /// Whether their mean is taken away.
    is_centred: bool,
    eps: f64,
    /// Which weight each value of a sample has: the value's position divided by the first and reduced by the
    /// second.
    weight: Option<(usize, usize)>,
    has_bias: bool,
}

impl Rule {
    fn of(layer: &Layer) -> Option<Rule> {
        let channels = layer.input[0];
        let values: usize = layer.input.iter().product();
        let plane = values / channels;
        let last = |axes: usize| layer.input[layer.input.len() - axes..].iter().product();
        let (run, eps, weight, has_weight) = match layer.kind {
            Kind::LayerNorm(axes, eps, [has_weight, _]) => {
                (last(axes), eps, (1, last(axes)), has_weight)
            }
            Kind::RmsNorm(axes, eps, affine) => (last(axes), eps, (1, last(axes)), affine),
            Kind::GroupNorm(groups, eps, affine) => {
                (values / groups, eps, (plane, channels), affine)
            }
            Kind::InstanceNorm(affine, eps) => (plane, eps, (plane, channels), affine),
            _ => return None,
        };
        let is_centred = !matches!(layer.kind, Kind::RmsNorm(..));
        let has_bias = match layer.kind {
            Kind::LayerNorm(_, _, [_, has_bias]) => has_bias,
            _ => is_centred && has_weight,
        };
        Some(Rule { run, is_centred, eps, weight: has_weight.then_some(weight), has_bias })
    }

    /// Mean and scale of a run.
    fn statistics(&self, run: &[f64]) -> (f64, f64) {
        let count = run.len() as f64;
        let mean = if self.is_centred { run.iter().sum::<f64>() / count } else { 0.0 };
        let variance = run.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
        (mean, (variance + self.eps).sqrt())
    }

    fn weight_of(&self, index: usize) -> Option<usize> {
        self.weight.map(|(divisor, count)| index / divisor % count)
    }
}

pub(super) fn forward(layer: &Layer, own: &[f64], x: &DMatrix<f64>) -> DMatrix<f64> {
    let Some(rule) = Rule::of(layer) else {
        return DMatrix::from_fn(x.nrows(), x.ncols(), |i, s| {
            let channel = Channel::of(layer, own, i);
            (x[(i, s)] - channel.mean) / channel.scale * channel.weight + channel.bias
        });
    };
    let weights = rule.weight.map_or(0, |(_, count)| count);
    let mut y = x.clone();
    for mut sample in y.column_iter_mut() {
        for (index, run) in sample.as_mut_slice().chunks_mut(rule.run).enumerate() {
            let (mean, scale) = rule.statistics(run);
            for (offset, value) in run.iter_mut().enumerate() {
                *value = (*value - mean) / scale;
                if let Some(weight) = rule.weight_of(index * rule.run + offset) {
                    *value *= own[weight];
                    if rule.has_bias {
                        *value += own[weights + weight];
                    }
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
    d_y: &DMatrix<f64>,
) -> (Vec<f64>, DMatrix<f64>) {
    let mut gradient = vec![0.0; own.len()];
    let mut d_x = DMatrix::zeros(x.nrows(), x.ncols());
    let Some(rule) = Rule::of(layer) else {
        let channels = layer.input[0];
        for s in 0..x.ncols() {
            for i in 0..x.nrows() {
                let channel = Channel::of(layer, own, i);
                let d = d_y[(i, s)];
                if matches!(layer.kind, Kind::BatchNorm(_, true)) {
                    gradient[channel.index] += d * (x[(i, s)] - channel.mean) / channel.scale;
                    gradient[channels + channel.index] += d;
                }
                d_x[(i, s)] = d * channel.weight / channel.scale;
            }
        }
        return (gradient, d_x);
    };
    let weights = rule.weight.map_or(0, |(_, count)| count);
    for s in 0..x.ncols() {
        for first in (0..x.nrows()).step_by(rule.run) {
            let run: Vec<f64> = (first..first + rule.run).map(|i| x[(i, s)]).collect();
            let (mean, scale) = rule.statistics(&run);
            let normal: Vec<f64> = run.iter().map(|x| (x - mean) / scale).collect();
            let d_normal: Vec<f64> = (0..rule.run)
                .map(|offset| {
                    let d = d_y[(first + offset, s)];
                    match rule.weight_of(first + offset) {
                        None => d,
                        Some(weight) => {
                            gradient[weight] += d * normal[offset];
                            if rule.has_bias {
                                gradient[weights + weight] += d;
                            }
                            d * own[weight]
                        }
                    }
                })
                .collect();
            let count = rule.run as f64;
            let shared = d_normal.iter().sum::<f64>() / count;
            let shared = if rule.is_centred { shared } else { 0.0 };
            let along = d_normal.iter().zip(&normal).map(|(d, n)| d * n).sum::<f64>() / count;
            for offset in 0..rule.run {
                d_x[(first + offset, s)] =
                    (d_normal[offset] - shared - normal[offset] * along) / scale;
            }
        }
    }
    (gradient, d_x)
}

/// Whether the scale of each run is large beside the steps of differences.
pub(super) fn is_smooth(layer: &Layer, x: &DMatrix<f64>) -> bool {
    let Some(rule) = Rule::of(layer) else { return true };
    let is_smooth =
        |run: &[f64]| run.len() == 1 && rule.is_centred || rule.statistics(run).1 > STEEP;
    x.column_iter().all(|sample| sample.as_slice().chunks(rule.run).all(is_smooth))
}

/// What evaluation does to a channel of a batch normalization.
struct Channel {
    index: usize,
    weight: f64,
    bias: f64,
    mean: f64,
    scale: f64,
}

impl Channel {
    fn of(layer: &Layer, own: &[f64], value: usize) -> Channel {
        let Kind::BatchNorm(eps, is_affine) = layer.kind else {
            unreachable!("the only one by channel")
        };
        let channels = layer.input[0];
        let index = value / (layer.input.iter().product::<usize>() / channels);
        let at = |tensor: usize| own[tensor * channels + index];
        let (weight, bias, statistics) = if is_affine { (at(0), at(1), 2) } else { (1.0, 0.0, 0) };
        let scale = (at(statistics + 1) + eps).sqrt();
        Channel { index, weight, bias, mean: at(statistics), scale }
    }
}
