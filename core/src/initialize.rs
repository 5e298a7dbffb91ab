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

/// Draws values from a normal distribution around 0 with this standard deviation (Box and Muller 1958).
///
/// Draws are made in f64 and rounded, so an f32 and an f64 network of one seed agree.
pub fn normal<T: Float, R: Rng + ?Sized>(values: &mut [T], deviation: f64, rng: &mut R) {
    for pair in values.chunks_mut(2) {
        // From (0, 1], which has a logarithm.
        let radius = deviation * Float::sqrt(-2.0 * Float::ln(1.0 - rng.random::<f64>()));
        let angle = core::f64::consts::TAU * rng.random::<f64>();
        for (value, part) in pair.iter_mut().zip([Float::cos(angle), Float::sin(angle)]) {
            *value = T::from_f64(radius * part);
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn normal_values_have_mean_and_deviation() {
        let mut values = [0.0f64; 20_001];
        normal(&mut values, 0.5, &mut StdRng::seed_from_u64(1));
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let variance =
            values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64;
        assert!(mean.abs() < 0.01, "{mean}");
        assert!((variance.sqrt() - 0.5).abs() < 0.01, "{variance}");
        let within_one = values.iter().filter(|value| value.abs() < 0.5).count();
        assert!((within_one as f64 / values.len() as f64 - 0.6827).abs() < 0.01, "{within_one}");
    }
}
