//! Sound as pictures: what frequencies a recording has when.

use std::f32::consts::PI;

use anyhow::{Result, ensure};
use realfft::RealFftPlanner;

/// Samples to a frame: 32 ms at 8 kHz.
pub const FRAME: usize = 256;
/// Samples from one frame to the next: 16 ms at 8 kHz.
pub const HOP: usize = 128;
/// The quietest power that counts, as the logarithm needs one: 100 dB below a full-scale square wave.
const FLOOR: f32 = 1e-10;

/// Log-mel spectrograms: for each frame of a recording the logarithm of the power in bands that are equally wide to
/// the ear.
///
/// A frame is weighted with a Hann window and transformed; the powers of its frequencies are summed under
/// overlapping triangles whose corners are equally far apart on the mel scale (Stevens, Volkmann and Newman 1937, in
/// the formula of O'Shaughnessy 1987): see [`mel`].
pub struct LogMel {
    /// For each band, the first frequency under its triangle and the weights from there on.
    bands: Vec<(usize, Vec<f32>)>,
    window: Vec<f32>,
    transform: std::sync::Arc<dyn realfft::RealToComplex<f32>>,
}

impl LogMel {
    /// Spectrograms of `bands` bands between two frequencies in hertz, of recordings with so many samples a second.
    ///
    /// # Errors
    /// If the frequencies are not in order, or above half the rate, or a band is narrower than a frequency of the
    /// transform.
    pub fn new(bands: usize, frequencies: [f32; 2], rate: u32) -> Result<Self> {
        let [low, high] = frequencies;
        ensure!(
            0.0 <= low && low < high && high <= rate as f32 / 2.0,
            "bands from {low} to {high} Hz of {rate} samples a second"
        );
        // The corners as places among the frequencies of the transform.
        let corner = |index: usize| {
            let part = index as f32 / (bands + 1) as f32;
            hertz(mel(low) + part * (mel(high) - mel(low))) * FRAME as f32 / rate as f32
        };
        let triangle = |band: usize| {
            let [left, top, right] = [0, 1, 2].map(|offset| corner(band + offset));
            let first = left.ceil() as usize;
            let weights = (first..=right.floor() as usize).map(|frequency| {
                let place = frequency as f32;
                ((place - left) / (top - left)).min((right - place) / (right - top)).max(0.0)
            });
            (first, weights.collect::<Vec<f32>>())
        };
        let bands: Vec<_> = (0..bands).map(triangle).collect();
        let narrow = bands.iter().position(|(_, weights)| weights.iter().sum::<f32>() == 0.0);
        ensure!(narrow.is_none(), "{} bands are more than a frame can tell apart", bands.len());
        Ok(LogMel {
            bands,
            window: (0..FRAME).map(hann).collect(),
            transform: RealFftPlanner::new().plan_fft_forward(FRAME),
        })
    }

    /// The spectrogram of a recording whose samples are between -1 and 1: a row for each frame, a value for each band,
    /// the natural logarithm of its power. Samples behind the last whole frame are left out.
    pub fn of(&self, samples: &[f32]) -> Vec<Vec<f32>> {
        let mut spectrum = self.transform.make_output_vec();
        let mut scratch = self.transform.make_scratch_vec();
        let mut frame = vec![0.0; FRAME];
        let starts =
            (0..(samples.len() + HOP).saturating_sub(FRAME) / HOP).map(|index| index * HOP);
        let rows = starts.map(|start| {
            let weighted = samples[start..start + FRAME].iter().zip(&self.window);
            frame.iter_mut().zip(weighted).for_each(|(to, (sample, weight))| *to = sample * weight);
            self.transform
                .process_with_scratch(&mut frame, &mut spectrum, &mut scratch)
                .expect("buffers of the transform's own sizes");
            let power = |frequency: usize| spectrum[frequency].norm_sqr() / (FRAME * FRAME) as f32;
            let band = |(first, weights): &(usize, Vec<f32>)| {
                let sum: f32 = weights
                    .iter()
                    .enumerate()
                    .map(|(index, weight)| weight * power(first + index))
                    .sum();
                sum.max(FLOOR).ln()
            };
            self.bands.iter().map(band).collect()
        });
        rows.collect()
    }
}

/// How high a frequency in hertz sounds: `mel(f) = 1127 ln(1 + f / 700)`, with 1000 mel at 1000 Hz.
pub fn mel(hertz: f32) -> f32 {
    1127.0 * (hertz / 700.0).ln_1p()
}

/// The frequency that sounds so high: the inverse of [`mel`].
fn hertz(mel: f32) -> f32 {
    700.0 * (mel / 1127.0).exp_m1()
}

/// The Hann window, `sin^2(pi n / N)`: it fades a frame in and out.
fn hann(sample: usize) -> f32 {
    (PI * sample as f32 / FRAME as f32).sin().powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 8000;

    fn tone(hertz: f32, samples: usize) -> Vec<f32> {
        (0..samples).map(|n| (2.0 * PI * hertz * n as f32 / RATE as f32).sin()).collect()
    }

    #[test]
    fn mels_are_as_published() {
        assert!((mel(1000.0) - 1000.0).abs() < 0.1);
        assert!((mel(4000.0) - 2146.1).abs() < 0.1);
        assert!((hertz(mel(440.0)) - 440.0).abs() < 0.01);
    }

    #[test]
    fn a_tone_is_loudest_in_its_band() {
        let spectrograms = LogMel::new(20, [0.0, 4000.0], RATE).unwrap();
        for (expected, hertz) in
            [0, 6, 13, 19].map(|band| (band, hertz(mel(4000.0) * (band + 1) as f32 / 21.0)))
        {
            let rows = spectrograms.of(&tone(hertz, 1024));
            assert_eq!(rows.len(), 7);
            for row in rows {
                let loudest = (0..20).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap();
                assert_eq!(loudest, expected, "{hertz} Hz");
            }
        }
    }

    #[test]
    fn power_is_that_of_the_definition() {
        // A frequency of the transform: with a Hann window it has half the sum of the window, and its neighbours half
        // of that.
        let spectrograms = LogMel::new(8, [0.0, 4000.0], RATE).unwrap();
        let row = &spectrograms.of(&tone(1000.0, FRAME))[0];
        for (value, (first, weights)) in row.iter().zip(&spectrograms.bands) {
            let weight = |frequency: usize| {
                frequency
                    .checked_sub(*first)
                    .and_then(|index| weights.get(index))
                    .copied()
                    .unwrap_or(0.0)
            };
            let power = weight(32) / 16.0 + (weight(31) + weight(33)) / 64.0;
            assert!((value - power.max(FLOOR).ln()).abs() < 1e-3, "{value}, {power}");
        }
        // Louder by 20 dB.
        let louder: Vec<f32> = tone(1000.0, FRAME).iter().map(|sample| 10.0 * sample).collect();
        let difference = spectrograms.of(&louder)[0][3] - row[3];
        assert!((difference - 100f32.ln()).abs() < 1e-3);
    }

    #[test]
    fn silence_is_the_floor_and_a_short_recording_has_no_frame() {
        let spectrograms = LogMel::new(32, [60.0, 4000.0], RATE).unwrap();
        assert_eq!(spectrograms.of(&[0.0; FRAME]), [[FLOOR.ln(); 32]]);
        assert!(spectrograms.of(&[0.0; FRAME - 1]).is_empty());
        assert_eq!(spectrograms.of(&[0.0; FRAME + HOP]).len(), 2);
    }

    #[test]
    fn triangles_that_hold_no_frequency_are_refused() {
        assert!(LogMel::new(200, [0.0, 4000.0], RATE).is_err());
        assert!(LogMel::new(20, [0.0, 4001.0], RATE).is_err());
    }
}
