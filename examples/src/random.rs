//! Numbers that are drawn.

use static_net::rand::{Rng, RngExt};

/// A normally distributed number of mean 0 and deviation 1 (Box and Muller 1958): from a logarithm's square root and an
/// angle.
pub fn standard_normal<R: Rng + ?Sized>(rng: &mut R) -> f32 {
    let (radius, turn): (f32, f32) = (1.0 - rng.random::<f32>(), rng.random());
    (-2.0 * radius.ln()).sqrt() * (core::f32::consts::TAU * turn).cos()
}

#[cfg(test)]
mod tests {
    use static_net::rand::SeedableRng;
    use static_net::rand::rngs::StdRng;

    use super::*;

    #[test]
    fn the_moments_are_those_of_a_normal_distribution() {
        let mut rng = StdRng::seed_from_u64(1);
        let drawn: Vec<f64> = (0..100_000).map(|_| f64::from(standard_normal(&mut rng))).collect();
        let moment = |power: i32| {
            drawn.iter().map(|value| value.powi(power)).sum::<f64>() / drawn.len() as f64
        };
        for (power, expected, within) in
            [(1, 0.0, 0.01), (2, 1.0, 0.02), (3, 0.0, 0.05), (4, 3.0, 0.1)]
        {
            assert!((moment(power) - expected).abs() < within, "{power}: {}", moment(power));
        }
    }
}
