//! Where parameters start.

use rand::{Rng, RngExt};

use crate::scalar::Float;

/// Draws weights uniformly from `±gain * sqrt(3 / fan_in)`, so that a layer passes on the variance
/// of what comes in (He et al. 2015, <https://arxiv.org/abs/1502.01852>; `gain` as in
/// `torch.nn.init.calculate_gain`).
///
/// Draws are made in f64 and rounded, so an f32 and an f64 network of one seed agree.
pub fn kaiming_uniform<T: Float, R: Rng + ?Sized>(
    weights: &mut [T],
    fan_in: usize,
    gain: f64,
    rng: &mut R,
) {
    let bound = gain * Float::sqrt(3.0 / fan_in.max(1) as f64);
    for weight in weights {
        *weight = T::from_f64(bound * (2.0 * rng.random::<f64>() - 1.0));
    }
}

/// Draws weights uniformly from `±sqrt(6 / (fan_in + fan_out))`, so that variances stay on the way forward and
/// backward (Glorot & Bengio 2010, <https://proceedings.mlr.press/v9/glorot10a.html>;
/// `torch.nn.init.xavier_uniform_`).
pub fn xavier_uniform<T: Float, R: Rng + ?Sized>(
    weights: &mut [T],
    fan_in: usize,
    fan_out: usize,
    rng: &mut R,
) {
    kaiming_uniform(weights, fan_in + fan_out, core::f64::consts::SQRT_2, rng);
}

/// Draws weights from the normal distribution around zero with a standard deviation (Box & Muller 1958).
pub fn normal<T: Float, R: Rng + ?Sized>(weights: &mut [T], deviation: f64, rng: &mut R) {
    for pair in weights.chunks_mut(2) {
        // Of (0, 1], since zero has no logarithm.
        let radius = Float::sqrt(-2.0 * Float::ln(1.0 - rng.random::<f64>()));
        let angle = core::f64::consts::TAU * rng.random::<f64>();
        let drawn = [radius * Float::cos(angle), radius * Float::sin(angle)];
        for (weight, drawn) in pair.iter_mut().zip(drawn) {
            *weight = T::from_f64(deviation * drawn);
        }
    }
}
