//! Digits on a ground of stripes, from which no brightness tells them: they are where the stripes are missing.

use core::f32::consts::TAU;

use static_net::rand::{Rng, RngExt};

use crate::augment::Augment;
use crate::data::Batch;
use crate::mnist::{PIXELS, SIDE};
use crate::random::standard_normal;

/// Pictures, and which of their pixels are of the digit: the truth is 1 there, and else 0.
pub struct Pictures {
    /// From 0 to 1.
    pub pixels: Batch<PIXELS>,
    /// Of the digit or not.
    pub truth: Batch<PIXELS>,
}

/// How far the digits are moved: their places should not tell where they are.
const MOVED: Augment = Augment { shift: 3.0, rotation: 15.0, scale: 0.15 };
/// How bright a ground is in the mean, and how bright the digit on it: both are drawn from here.
const BRIGHTNESS: core::ops::Range<f32> = 0.35..0.65;
/// How many waves a ground is made of, how high each is, and how far from one crest to the next, in pixels.
const WAVES: usize = 3;
const HEIGHT: f32 = 0.2;
const LENGTH: core::ops::Range<f32> = 2.5..5.0;
/// The standard deviation of what is added to all pixels.
const NOISE: f32 = 0.03;

impl Pictures {
    /// Moves each digit a little and puts it on a ground that is drawn anew.
    pub fn of<R: Rng + ?Sized>(digits: &Batch<PIXELS>, rng: &mut R) -> Self {
        let mut ink = digits.clone();
        MOVED.apply(&mut ink, rng);
        let truth = ink.map(|ink| if ink > 0.5 { 1.0 } else { 0.0 });
        let mut pixels = ink;
        for mut picture in pixels.column_iter_mut() {
            let digit = rng.random_range(BRIGHTNESS);
            let ground = Ground::draw(rng);
            for (index, pixel) in picture.iter_mut().enumerate() {
                let ground = ground.at((index / SIDE) as f32, (index % SIDE) as f32);
                let clear = *pixel * digit + (1.0 - *pixel) * ground;
                *pixel = (clear + NOISE * standard_normal(rng)).clamp(0.0, 1.0);
            }
        }
        Pictures { pixels, truth }
    }
}

/// Waves that cross each other.
struct Ground {
    brightness: f32,
    waves: [Wave; WAVES],
}

struct Wave {
    /// Turns to a pixel, downwards and to the right.
    turns: (f32, f32),
    /// In turns.
    phase: f32,
}

impl Ground {
    fn draw<R: Rng + ?Sized>(rng: &mut R) -> Self {
        let brightness = rng.random_range(BRIGHTNESS);
        let waves = [(); WAVES].map(|()| {
            let (sine, cosine) = (TAU * rng.random::<f32>()).sin_cos();
            let length = rng.random_range(LENGTH);
            Wave { turns: (sine / length, cosine / length), phase: rng.random() }
        });
        Ground { brightness, waves }
    }

    fn at(&self, row: f32, column: f32) -> f32 {
        let heights = self.waves.iter().map(|Wave { turns, phase }| {
            HEIGHT * (TAU * (turns.0 * row + turns.1 * column + phase)).sin()
        });
        self.brightness + heights.sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use static_net::rand::SeedableRng;
    use static_net::rand::rngs::StdRng;

    use super::*;
    use crate::mnist;

    #[test]
    fn no_brightness_tells_a_digit_from_its_ground() {
        let (digits, _) = mnist::digits(None).unwrap();
        let digits = digits.first(500).inputs;
        let pictures = Pictures::of(&digits, &mut StdRng::seed_from_u64(1));
        assert!(pictures.pixels.min() >= 0.0 && pictures.pixels.max() <= 1.0);
        assert!(pictures.truth.iter().all(|&truth| truth == 0.0 || truth == 1.0));
        // The moments of both kinds of pixels: equal means, less spread in the digits.
        let moments = |kind: f32| {
            let both = pictures.pixels.iter().zip(&pictures.truth);
            let values: Vec<f32> =
                both.filter(|(_, truth)| **truth == kind).map(|(pixel, _)| *pixel).collect();
            let mean = values.iter().sum::<f32>() / values.len() as f32;
            let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f32>();
            (mean, (squares / values.len() as f32).sqrt(), values.len())
        };
        let (ground, digit) = (moments(0.0), moments(1.0));
        assert!((ground.0 - digit.0).abs() < 0.02, "{ground:?} {digit:?}");
        assert!(ground.1 > 1.5 * digit.1, "{ground:?} {digit:?}");
        let part = digit.2 as f32 / (digit.2 + ground.2) as f32;
        assert!((0.08..0.2).contains(&part), "{part}");
    }

    #[test]
    fn each_time_the_ground_is_another() {
        let (digits, _) = mnist::digits(None).unwrap();
        let digits = digits.first(2).inputs;
        let mut rng = StdRng::seed_from_u64(1);
        let (first, second) = (Pictures::of(&digits, &mut rng), Pictures::of(&digits, &mut rng));
        assert_ne!(first.pixels, second.pixels);
        let again = Pictures::of(&digits, &mut StdRng::seed_from_u64(1));
        assert_eq!((again.pixels, again.truth), (first.pixels, first.truth));
    }
}
