//! Recordings in WAV files.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

/// A signal of one channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Sound {
    /// Loud at -1 and 1.
    pub samples: Vec<f32>,
    /// Samples a second.
    pub rate: u32,
}

impl Sound {
    /// Reads a file of integers or floating-point numbers. Several channels become their mean.
    ///
    /// # Errors
    /// If it is no such file.
    pub fn read(path: &Path) -> Result<Self> {
        let context = || format!("cannot read {}", path.display());
        let mut reader = WavReader::open(path).with_context(context)?;
        let WavSpec { channels, sample_rate, bits_per_sample, sample_format } = reader.spec();
        let full = f32::powi(2.0, i32::from(bits_per_sample) - 1);
        let values: Result<Vec<f32>, _> = match sample_format {
            SampleFormat::Float => reader.samples::<f32>().collect(),
            SampleFormat::Int => {
                let values = reader.samples::<i32>();
                values.map(|value| value.map(|value| value as f32 / full)).collect()
            }
        };
        let values = values.with_context(context)?;
        let channels = usize::from(channels);
        let mean = |channels: &[f32]| channels.iter().sum::<f32>() / channels.len() as f32;
        Ok(Sound { samples: values.chunks(channels).map(mean).collect(), rate: sample_rate })
    }

    /// Writes a file of 32-bit floating-point numbers.
    ///
    /// # Errors
    /// If that is not possible.
    pub fn write(&self, path: &Path) -> Result<()> {
        let context = || format!("cannot write {}", path.display());
        let spec = WavSpec {
            channels: 1,
            sample_rate: self.rate,
            bits_per_sample: 32,
            sample_format: SampleFormat::Float,
        };
        let mut writer = WavWriter::create(path, spec).with_context(context)?;
        for &sample in &self.samples {
            writer.write_sample(sample).with_context(context)?;
        }
        writer.finalize().with_context(context)
    }

    /// The largest difference between a sample and that of another sound at the same place.
    ///
    /// # Errors
    /// If one of them is longer, or they have different rates.
    pub fn difference(&self, other: &Sound) -> Result<f32> {
        let [ours, theirs] = [self, other].map(|sound| (sound.samples.len(), sound.rate));
        ensure!(
            ours == theirs,
            "{} samples at {} Hz are compared with {} at {} Hz",
            ours.0,
            ours.1,
            theirs.0,
            theirs.1
        );
        let pairs = self.samples.iter().zip(&other.samples);
        Ok(pairs.map(|(x, y)| (x - y).abs()).fold(0.0, f32::max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let path = std::env::temp_dir().join(format!("sound-{}.wav", std::process::id()));
        let sound = Sound { samples: vec![0.0, 0.3, -1.0, 1.5], rate: 48_000 };
        sound.write(&path).unwrap();
        let read = Sound::read(&path).unwrap();
        assert_eq!(read, sound);

        let spec = WavSpec {
            channels: 2,
            sample_rate: 8000,
            bits_per_sample: 24,
            sample_format: SampleFormat::Int,
        };
        let mut writer = WavWriter::create(&path, spec).unwrap();
        for value in [1 << 22, -(1 << 22), 1 << 21, 1 << 22] {
            writer.write_sample(value).unwrap();
        }
        writer.finalize().unwrap();
        let mean = Sound::read(&path).unwrap();
        assert_eq!(mean, Sound { samples: vec![0.0, 0.375], rate: 8000 });
        std::fs::remove_file(&path).unwrap();
        assert!(Sound::read(&path).is_err());
        assert!(mean.difference(&sound).is_err());
        let other = Sound { samples: vec![0.25, 0.5], rate: 8000 };
        assert_eq!(mean.difference(&other).unwrap(), 0.25);
    }
}
