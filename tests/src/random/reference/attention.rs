//! Attention, and what tells it where a position is.
//!
//! A sample is a matrix here, with a column for each position.

use static_net::nalgebra::DMatrix;

use super::super::declaration::call::Kind;
use super::super::declaration::plan::Layer;
use super::values::Reads;

/// An attention with its parameters.
struct Attention {
    features: usize,
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
        let features = layer.input[1];
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

    fn projected(&self, sequence: &DMatrix<f64>) -> DMatrix<f64> {
        let mut projected = &self.in_weight * sequence;
        for mut position in projected.column_iter_mut() {
            position += self.in_bias.column(0);
        }
        projected
    }

    /// Of a sample that attends to a memory, whose positions a mask may hide.
    fn heads(
        &self,
        sample: &DMatrix<f64>,
        memory: &DMatrix<f64>,
        mask: Option<&[f64]>,
    ) -> Vec<Head> {
        let (own, other) = (self.projected(sample), self.projected(memory));
        let head = |head: usize| {
            let [queries, keys, values] = self.rows(head);
            let queries = own.rows(queries, self.width()).into_owned();
            let [keys, values] =
                [keys, values].map(|row| other.rows(row, self.width()).into_owned());
            let (queries, keys) = (self.turned(&queries, 1.0), self.turned(&keys, 1.0));
            let mut weights = queries.transpose() * &keys / (self.width() as f64).sqrt();
            for i in 0..weights.nrows() {
                let is_seen = |j: usize| {
                    (!self.is_causal || j <= i) && mask.is_none_or(|mask| mask[j] != 0.0)
                };
                let seen: Vec<usize> = (0..weights.ncols()).filter(|&j| is_seen(j)).collect();
                let largest = seen.iter().map(|&j| weights[(i, j)]).fold(f64::MIN, f64::max);
                let exponential = |j: usize| (weights[(i, j)] - largest).exp();
                let sum: f64 = seen.iter().map(|&j| exponential(j)).sum();
                let row: Vec<f64> = (0..weights.ncols())
                    .map(|j| if is_seen(j) { exponential(j) / sum } else { 0.0 })
                    .collect();
                for (j, value) in row.into_iter().enumerate() {
                    weights[(i, j)] = value;
                }
            }
            Head { queries, keys, values, weights }
        };
        (0..self.heads).map(head).collect()
    }

    /// What the heads give, one below the other.
    fn attended(&self, heads: &[Head]) -> DMatrix<f64> {
        let mut attended = DMatrix::zeros(self.features, heads[0].weights.nrows());
        for (index, head) in heads.iter().enumerate() {
            let given = &head.values * head.weights.transpose();
            attended.rows_mut(index * self.width(), self.width()).copy_from(&given);
        }
        attended
    }

    fn forward(
        &self,
        sample: &DMatrix<f64>,
        memory: &DMatrix<f64>,
        mask: Option<&[f64]>,
    ) -> DMatrix<f64> {
        let mut y = &self.out_weight * self.attended(&self.heads(sample, memory, mask));
        for mut position in y.column_iter_mut() {
            position += self.out_bias.column(0);
        }
        y
    }

    /// The gradients of the parameters, of a sample and of its memory.
    fn backward(
        &self,
        sample: &DMatrix<f64>,
        memory: &DMatrix<f64>,
        mask: Option<&[f64]>,
        d_y: &DMatrix<f64>,
    ) -> (Vec<f64>, DMatrix<f64>, DMatrix<f64>) {
        let heads = self.heads(sample, memory, mask);
        let d_attended = self.out_weight.transpose() * d_y;
        let rows = self.in_weight.nrows();
        let mut d_own = DMatrix::zeros(rows, sample.ncols());
        let mut d_other = DMatrix::zeros(rows, memory.ncols());
        let scale = (self.width() as f64).sqrt().recip();
        for (index, head) in heads.iter().enumerate() {
            let d_given = d_attended.rows(index * self.width(), self.width());
            let d_weights = d_given.transpose() * &head.values;
            let products = head.weights.component_mul(&d_weights);
            let d_scores = DMatrix::from_fn(sample.ncols(), memory.ncols(), |i, j| {
                scale * head.weights[(i, j)] * (d_weights[(i, j)] - products.row(i).sum())
            });
            let [queries, keys, values] = self.rows(index);
            let add = |to: &mut DMatrix<f64>, row: usize, gradient: DMatrix<f64>| {
                let mut rows = to.rows_mut(row, self.width());
                rows += gradient;
            };
            add(&mut d_own, queries, self.turned(&(&head.keys * d_scores.transpose()), -1.0));
            add(&mut d_other, keys, self.turned(&(&head.queries * &d_scores), -1.0));
            add(&mut d_other, values, d_given * &head.weights);
        }
        let d_in_weight = &d_own * sample.transpose() + &d_other * memory.transpose();
        let d_in_bias = d_own.column_sum() + d_other.column_sum();
        let (d_out_weight, d_out_bias) =
            (d_y * self.attended(&heads).transpose(), d_y.column_sum());
        let biases = usize::from(self.has_bias);
        let in_bias = d_in_bias.iter().take(biases * d_in_bias.len());
        let out_bias = d_out_bias.iter().take(biases * d_out_bias.len());
        let gradient = d_in_weight.iter().chain(in_bias).chain(&d_out_weight).chain(out_bias);
        let [d_sample, d_memory] =
            [d_own, d_other].map(|d_projected| self.in_weight.transpose() * d_projected);
        (gradient.copied().collect(), d_sample, d_memory)
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

/// A sample with a column for each position.
fn positions(features: usize, x: &DMatrix<f64>, sample: usize) -> DMatrix<f64> {
    DMatrix::from_column_slice(features, x.nrows() / features, x.column(sample).as_slice())
}

pub(super) fn forward(layer: &Layer, own: &[f64], x: &DMatrix<f64>, reads: &Reads) -> DMatrix<f64> {
    let features = layer.input[1];
    let Some(attention) = Attention::of(layer, own) else {
        return DMatrix::from_fn(x.nrows(), x.ncols(), |place, s| {
            x[(place, s)] + added(layer, own, place / features, place % features)
        });
    };
    let mut y = x.clone();
    for s in 0..x.ncols() {
        let sample = positions(features, x, s);
        let memory =
            reads.memory().map_or_else(|| sample.clone(), |all| positions(features, all, s));
        let mask = reads.mask().map(|mask| mask.column(s).as_slice().to_vec());
        let given = attention.forward(&sample, &memory, mask.as_deref());
        y.column_mut(s).copy_from_slice(given.as_slice());
    }
    y
}

/// The gradients of the parameters, of what comes in, and of the memory where there is one.
pub(super) fn backward(
    layer: &Layer,
    own: &[f64],
    x: &DMatrix<f64>,
    reads: &Reads,
    d_y: &DMatrix<f64>,
) -> (Vec<f64>, DMatrix<f64>, Option<DMatrix<f64>>) {
    let features = layer.input[1];
    let mut gradient = vec![0.0; own.len()];
    let Some(attention) = Attention::of(layer, own) else {
        if let Kind::Position(_) = layer.kind {
            for (sum, row) in gradient.iter_mut().zip(d_y.row_iter()) {
                *sum = row.sum();
            }
        }
        return (gradient, d_y.clone(), None);
    };
    let (mut d_x, mut d_memory) = (x.clone(), reads.memory().cloned());
    for s in 0..x.ncols() {
        let sample = positions(features, x, s);
        let memory =
            reads.memory().map_or_else(|| sample.clone(), |all| positions(features, all, s));
        let mask = reads.mask().map(|mask| mask.column(s).as_slice().to_vec());
        let d_y = positions(features, d_y, s);
        let (part, d_sample, d_other) = attention.backward(&sample, &memory, mask.as_deref(), &d_y);
        for (sum, value) in gradient.iter_mut().zip(part) {
            *sum += value;
        }
        let d_sample = match &mut d_memory {
            None => d_sample + d_other,
            Some(d_memory) => {
                d_memory.column_mut(s).copy_from_slice(d_other.as_slice());
                d_sample
            }
        };
        d_x.column_mut(s).copy_from_slice(d_sample.as_slice());
    }
    (gradient, d_x, d_memory)
}
