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
    uniform(weights, gain * Float::sqrt(3.0 / fan_in.max(1) as f64), rng);
}

/// Draws weights uniformly between `-bound` and `bound`.
///
/// Draws are made in f64 and rounded, so an f32 and an f64 network of one seed agree.
pub fn uniform<T: Float, R: Rng + ?Sized>(weights: &mut [T], bound: f64, rng: &mut R) {
    for weight in weights {
        *weight = T::from_f64(bound * (2.0 * rng.random::<f64>() - 1.0));
    }
}
