//! Attention, and what tells it where a position is.
//!
//! A sample is a matrix here, with a column for each position.

use static_net::nalgebra::DMatrix;

use super::super::declaration::call::Kind;
use super::super::declaration::plan::Layer;

/// An attention with its parameters.
struct Attention {
    features: usize,
    length: usize,
    heads: usize,
    kv_heads: usize,
    is_causal: bool,
    is_rotary: bool,
    in_weight: DMatrix<f64>,
    in_bias: DMatrix<f64>,
    out_weight: DMatrix<f64>,
    out_bias: DMatrix<f64>,
    has_bias: bool,
}

/// Queries, keys, values and weights of one head.
struct Head {
    queries: DMatrix<f64>,
    keys: DMatrix<f64>,
    values: DMatrix<f64>,
    /// A row for each query.
    weights: DMatrix<f64>,
}

impl Attention {
    fn of(layer: &Layer, own: &[f64]) -> Option<Self> {
        let Kind::Attention { heads, kv_heads, is_causal, is_rotary, has_bias } = layer.kind else {
            return None;
        };
        let (length, features) = (layer.input[0], layer.input[1]);
        let projected = features + 2 * kv_heads * (features / heads);
        let mut rest = own;
        let mut take = |rows: usize, columns: usize, is_there: bool| {
            if !is_there {
                return DMatrix::zeros(rows, columns);
            }
            let (values, behind) = rest.split_at(rows * columns);
            rest = behind;
            DMatrix::from_column_slice(rows, columns, values)
        };
        Some(Attention {
            features,
            length,
            heads,
            kv_heads,
            is_causal,
            is_rotary,
            in_weight: take(projected, features, true),
            in_bias: take(projected, 1, has_bias),
            out_weight: take(features, features, true),
            out_bias: take(features, 1, has_bias),
            has_bias,
        })
    }

    fn width(&self) -> usize {
        self.features / self.heads
    }

    /// Where queries, keys and values of a head begin.
    fn rows(&self, head: usize) -> [usize; 3] {
        let kv = head / (self.heads / self.kv_heads) * self.width();
        let keys = self.features + kv;
        [head * self.width(), keys, keys + self.kv_heads * self.width()]
    }

    /// Turns the two halves of a head's features by the angles of each position, or back.
    fn turned(&self, x: &DMatrix<f64>, direction: f64) -> DMatrix<f64> {
        if !self.is_rotary {
            return x.clone();
        }
        let half = self.width() / 2;
        DMatrix::from_fn(x.nrows(), x.ncols(), |i, t| {
            let pair = i % half;
            let angle = direction * t as f64 / 10_000f64.powf(pair as f64 / half as f64);
            let (first, second) = (x[(pair, t)], x[(half + pair, t)]);
            match i < half {
                true => first * angle.cos() - second * angle.sin(),
                false => second * angle.cos() + first * angle.sin(),
            }
        })
    }

    fn heads(&self, sample: &DMatrix<f64>) -> Vec<Head> {
        let mut projected = &self.in_weight * sample;
        for mut position in projected.column_iter_mut() {
            position += self.in_bias.column(0);
        }
        let head = |head: usize| {
            let [queries, keys, values] =
                self.rows(head).map(|row| projected.rows(row, self.width()).into_owned());
            let (queries, keys) = (self.turned(&queries, 1.0), self.turned(&keys, 1.0));
            let mut weights = queries.transpose() * &keys / (self.width() as f64).sqrt();
            for i in 0..self.length {
                let seen = if self.is_causal { i + 1 } else { self.length };
                let largest = (0..seen).map(|j| weights[(i, j)]).fold(f64::MIN, f64::max);
                let exponentials: Vec<f64> =
                    (0..seen).map(|j| (weights[(i, j)] - largest).exp()).collect();
                let sum: f64 = exponentials.iter().sum();
                for j in 0..self.length {
                    weights[(i, j)] = exponentials.get(j).map_or(0.0, |value| value / sum);
                }
            }
            Head { queries, keys, values, weights }
        };
        (0..self.heads).map(head).collect()
    }

    /// What the heads give, one below the other.
    fn attended(&self, heads: &[Head]) -> DMatrix<f64> {
        let mut attended = DMatrix::zeros(self.features, self.length);
        for (index, head) in heads.iter().enumerate() {
            let given = &head.values * head.weights.transpose();
            attended.rows_mut(index * self.width(), self.width()).copy_from(&given);
        }
        attended
    }

    fn forward(&self, sample: &DMatrix<f64>) -> DMatrix<f64> {
        let mut y = &self.out_weight * self.attended(&self.heads(sample));
        for mut position in y.column_iter_mut() {
            position += self.out_bias.column(0);
        }
        y
    }

    /// The gradients of the parameters and of a sample.
    fn backward(&self, sample: &DMatrix<f64>, d_y: &DMatrix<f64>) -> (Vec<f64>, DMatrix<f64>) {
        let heads = self.heads(sample);
        let d_attended = self.out_weight.transpose() * d_y;
        let mut d_projected = DMatrix::zeros(self.in_weight.nrows(), self.length);
        let scale = (self.width() as f64).sqrt().recip();
        for (index, head) in heads.iter().enumerate() {
            let d_given = d_attended.rows(index * self.width(), self.width());
            let d_weights = d_given.transpose() * &head.values;
            let products = head.weights.component_mul(&d_weights);
            let d_scores = DMatrix::from_fn(self.length, self.length, |i, j| {
                scale * head.weights[(i, j)] * (d_weights[(i, j)] - products.row(i).sum())
            });
            let gradients = [
                self.turned(&(&head.keys * d_scores.transpose()), -1.0),
                self.turned(&(&head.queries * &d_scores), -1.0),
                d_given * &head.weights,
            ];
            for (row, gradient) in self.rows(index).into_iter().zip(gradients) {
                let mut rows = d_projected.rows_mut(row, self.width());
                rows += gradient;
            }
        }
        let (d_in_weight, d_in_bias) =
            (&d_projected * sample.transpose(), d_projected.column_sum());
        let (d_out_weight, d_out_bias) =
            (d_y * self.attended(&heads).transpose(), d_y.column_sum());
        let biases = usize::from(self.has_bias);
        let in_bias = d_in_bias.iter().take(biases * d_in_bias.len());
        let out_bias = d_out_bias.iter().take(biases * d_out_bias.len());
        let gradient = d_in_weight.iter().chain(in_bias).chain(&d_out_weight).chain(out_bias);
        (gradient.copied().collect(), self.in_weight.transpose() * d_projected)
    }
}

/// What is added to feature `i` of position `t`.
fn added(layer: &Layer, own: &[f64], t: usize, i: usize) -> f64 {
    let features = layer.input[1];
    match layer.kind {
        Kind::Position(_) => own[t * features + i],
        _ => {
            let angle = t as f64 / 10_000f64.powf((i / 2 * 2) as f64 / features as f64);
            if i.is_multiple_of(2) { angle.sin() } else { angle.cos() }
        }
    }
}

pub(super) fn forward(layer: &Layer, own: &[f64], x: &DMatrix<f64>) -> DMatrix<f64> {
    let (length, features) = (layer.input[0], layer.input[1]);
    let Some(attention) = Attention::of(layer, own) else {
        return DMatrix::from_fn(x.nrows(), x.ncols(), |place, s| {
            x[(place, s)] + added(layer, own, place / features, place % features)
        });
    };
    let mut y = x.clone();
    for mut sample in y.column_iter_mut() {
        let matrix = DMatrix::from_column_slice(features, length, sample.as_slice());
        sample.copy_from_slice(attention.forward(&matrix).as_slice());
    }
    y
}

pub(super) fn backward(
    layer: &Layer,
    own: &[f64],
    x: &DMatrix<f64>,
    d_y: &DMatrix<f64>,
) -> (Vec<f64>, DMatrix<f64>) {
    let (length, features) = (layer.input[0], layer.input[1]);
    let mut gradient = vec![0.0; own.len()];
    let Some(attention) = Attention::of(layer, own) else {
        if let Kind::Position(_) = layer.kind {
            for (sum, row) in gradient.iter_mut().zip(d_y.row_iter()) {
                *sum = row.sum();
            }
        }
        return (gradient, d_y.clone());
    };
    let mut d_x = x.clone();
    for (mut sample, d_y) in d_x.column_iter_mut().zip(d_y.column_iter()) {
        let matrix = |values: &[f64]| DMatrix::from_column_slice(features, length, values);
        let (part, d_sample) =
            attention.backward(&matrix(sample.as_slice()), &matrix(d_y.as_slice()));
        for (sum, value) in gradient.iter_mut().zip(part) {
            *sum += value;
        }
        sample.copy_from_slice(d_sample.as_slice());
    }
    (gradient, d_x)
}
