//! Recordings of spoken digits in the files of the Free Spoken Digit Dataset: a few that ship with these programs, or a
//! folder of the user's.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use static_net::rand::{Rng, RngExt};

use crate::audio::LogMel;
use crate::data::{Batch, Dataset};

/// Samples a second.
pub const RATE: u32 = 8000;
/// Bands of a spectrogram.
pub const BANDS: usize = 32;
/// Frames of a spectrogram: one second.
pub const FRAMES: usize = 64;
/// How many values a spectrogram has, `[BANDS, FRAMES]`.
pub const VALUES: usize = BANDS * FRAMES;

/// The frequencies of a spectrogram, in hertz.
const FREQUENCIES: [f32; 2] = [60.0, 4000.0];
/// Recordings with a lower index are the official test part.
const FIRST_TO_LEARN: usize = 5;

/// A spoken digit.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// What is said.
    pub digit: usize,
    /// Who says it.
    pub speaker: String,
    /// Which time it is that the speaker says it.
    pub index: usize,
    /// Between -1 and 1, [`RATE`] to a second.
    pub samples: Vec<f32>,
}

/// Recordings to learn from, and those that are held out: the first five of each digit by each speaker, which is the
/// official split. Without a folder they are 30 and 10 of one speaker that ship beside this program.
///
/// A folder holds the files `digit_speaker_index.wav`, itself or in its folder `recordings`.
///
/// # Errors
/// If the folder or a file cannot be read, a file is no mono recording of 16-bit samples at 8 kHz, a name is none of
/// these, or a part is empty.
pub fn recordings(folder: Option<&Path>) -> Result<(Vec<Recording>, Vec<Recording>)> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/spoken-digits");
    let mut folder = folder.unwrap_or(&shipped).to_owned();
    if folder.join("recordings").is_dir() {
        folder.push("recordings");
    }
    let context = || format!("cannot read the folder {}", folder.display());
    let entries = fs::read_dir(&folder).with_context(context)?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>>>()
        .with_context(context)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "wav"));
    paths.sort();
    let all = paths.iter().map(|path| read(path).with_context(|| path.display().to_string()));
    let (train, test): (Vec<_>, Vec<_>) = all
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .partition(|recording| recording.index >= FIRST_TO_LEARN);
    ensure!(
        !train.is_empty() && !test.is_empty(),
        "{} has {} recordings to learn from and {} of the test part (digit_speaker_index.wav with an index of 0 to \
         4); it should have some of each",
        folder.display(),
        train.len(),
        test.len()
    );
    Ok((train, test))
}

fn read(path: &Path) -> Result<Recording> {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let parts: Vec<&str> = stem.split('_').collect();
    let named = match parts[..] {
        [digit, speaker, index] => {
            digit.parse().ok().zip(index.parse().ok()).map(|(digit, index)| (digit, speaker, index))
        }
        _ => None,
    };
    let (digit, speaker, index) = named
        .filter(|(digit, ..)| *digit < 10)
        .context("the name is not digit_speaker_index.wav, with a digit from 0 to 9")?;
    let reader = hound::WavReader::open(path)?;
    let hound::WavSpec { channels, sample_rate, bits_per_sample, .. } = reader.spec();
    ensure!(
        (channels, sample_rate, bits_per_sample) == (1, RATE, 16),
        "{channels} channels of {bits_per_sample} bits at {sample_rate} Hz, where one of 16 bits at {RATE} Hz is expected"
    );
    let samples = reader.into_samples::<i16>();
    let samples = samples.map(|sample| Ok(f32::from(sample?) / 32768.0)).collect::<Result<_>>()?;
    Ok(Recording { digit, speaker: speaker.to_owned(), index, samples })
}

/// A spectrogram of as many frames as the recording has, at most [`FRAMES`]: the loudest second of a longer one.
#[derive(Clone, Debug)]
pub struct Spectrogram {
    /// A row for each frame, shifted and scaled to mean 0 and standard deviation 1: how loud a recording is does not
    /// count.
    rows: Vec<Vec<f32>>,
    digit: usize,
}

/// The spectrograms of recordings.
///
/// # Errors
/// If a recording is shorter than a frame.
pub fn spectrograms(recordings: &[Recording]) -> Result<Vec<Spectrogram>> {
    let log_mel = LogMel::new(BANDS, FREQUENCIES, RATE)?;
    let all = recordings.iter().map(|recording| {
        let Recording { digit, speaker, index, samples } = recording;
        let rows = log_mel.of(samples);
        ensure!(!rows.is_empty(), "{digit}_{speaker}_{index}.wav is shorter than a frame");
        Ok(Spectrogram { rows: standardized(loudest(&rows)), digit: *digit })
    });
    all.collect()
}

/// The loudest run of [`FRAMES`] rows, or all if there are fewer.
fn loudest(rows: &[Vec<f32>]) -> &[Vec<f32>] {
    let loudness = |rows: &[Vec<f32>]| rows.iter().flatten().sum::<f32>();
    rows.windows(FRAMES)
        .max_by(|left, right| loudness(left).total_cmp(&loudness(right)))
        .unwrap_or(rows)
}

fn standardized(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let count = (rows.len() * BANDS) as f32;
    let mean = rows.iter().flatten().sum::<f32>() / count;
    let variance = rows.iter().flatten().map(|value| (value - mean).powi(2)).sum::<f32>() / count;
    // Silence is 0 everywhere.
    let deviation = variance.sqrt().max(1e-3);
    rows.iter().map(|row| row.iter().map(|value| (value - mean) / deviation).collect()).collect()
}

impl Spectrogram {
    /// The values as `[BANDS, FRAMES]` with so many frames of silence in front; behind it is silent as well.
    pub fn placed(&self, before: usize) -> Vec<f32> {
        let quietest = self.rows.iter().flatten().copied().fold(0.0, f32::min);
        let mut values = vec![quietest; VALUES];
        for (frame, row) in self.rows.iter().enumerate().take(FRAMES.saturating_sub(before)) {
            for (band, value) in row.iter().enumerate() {
                values[band * FRAMES + before + frame] = *value;
            }
        }
        values
    }

    /// How many frames of silence can stand in front of it.
    fn room(&self) -> usize {
        FRAMES - self.rows.len()
    }

    /// What a network gets to learn from: the recording somewhere in its second, without a few neighbouring bands and
    /// a few frames (SpecAugment, Park et al. 2019), so that it learns to do without them.
    pub fn augmented<R: Rng + ?Sized>(&self, rng: &mut R) -> Vec<f32> {
        const MOST_BANDS: usize = 6;
        const MOST_FRAMES: usize = 10;
        let mut values = self.placed(rng.random_range(0..=self.room()));
        let count = rng.random_range(0..=MOST_BANDS);
        let first = rng.random_range(0..=BANDS - count);
        values[first * FRAMES..(first + count) * FRAMES].fill(0.0);
        let count = rng.random_range(0..=MOST_FRAMES);
        let first = rng.random_range(0..=FRAMES - count);
        for row in values.chunks_mut(FRAMES) {
            row[first..first + count].fill(0.0);
        }
        values
    }
}

/// Spectrograms as a network takes them, each in the middle of its second.
pub fn dataset(spectrograms: &[Spectrogram]) -> Dataset<VALUES, usize> {
    let values = spectrograms.iter().flat_map(|one| one.placed(one.room() / 2));
    Dataset {
        inputs: Batch::<VALUES>::from_iterator(spectrograms.len(), values),
        targets: spectrograms.iter().map(|one| one.digit).collect(),
        features: Vec::new(),
        classes: vec!["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    }
}

/// As [`dataset`], each spectrogram [`augmented`](Spectrogram::augmented).
pub fn batch<R: Rng + ?Sized>(
    spectrograms: &[Spectrogram],
    indices: &[usize],
    rng: &mut R,
) -> (Batch<VALUES>, Vec<usize>) {
    let values: Vec<f32> =
        indices.iter().flat_map(|&index| spectrograms[index].augmented(rng)).collect();
    let digits = indices.iter().map(|&index| spectrograms[index].digit).collect();
    (Batch::<VALUES>::from_iterator(indices.len(), values), digits)
}

#[cfg(test)]
mod tests {
    use static_net::rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn the_recordings_that_ship_are_as_published() {
        let (train, test) = recordings(None).unwrap();
        assert_eq!((train.len(), test.len()), (30, 10));
        let digits: Vec<usize> = test.iter().map(|recording| recording.digit).collect();
        assert_eq!(digits, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert!(train.iter().all(|recording| [5, 6, 7].contains(&recording.index)));
        assert!(train.iter().chain(&test).all(|recording| recording.speaker == "yweweler"));
        let loudest = |recording: &Recording| {
            recording.samples.iter().fold(0f32, |most, sample| most.max(sample.abs()))
        };
        assert!(test.iter().all(|recording| (0.01..1.0).contains(&loudest(recording))));
        // From 0.14 to 2.3 seconds in the whole data set.
        assert!(test.iter().all(|recording| (1000..8000).contains(&recording.samples.len())));
    }

    #[test]
    fn spectrograms_lie_in_the_middle_of_their_second() {
        let (_, test) = recordings(None).unwrap();
        let spectrograms = spectrograms(&test).unwrap();
        let dataset = dataset(&spectrograms);
        assert_eq!(dataset.inputs.shape(), (BANDS * FRAMES, 10));
        let rows = &spectrograms[3].rows;
        let (before, column) = ((FRAMES - rows.len()) / 2, dataset.inputs.column(3));
        assert!((4..FRAMES).contains(&rows.len()));
        assert_eq!(column[9 * FRAMES + before + 2], rows[2][9]);
        assert_eq!(column[9 * FRAMES + before - 1], column.min());
        let mean = rows.iter().flatten().sum::<f32>() / (rows.len() * BANDS) as f32;
        assert!(mean.abs() < 1e-3);
    }

    #[test]
    fn what_is_learned_from_is_the_recording_with_gaps() {
        let (_, test) = recordings(None).unwrap();
        let spectrograms = spectrograms(&test).unwrap();
        let rng = &mut StdRng::seed_from_u64(1);
        let one = &spectrograms[0];
        for _ in 0..50 {
            let values = one.augmented(rng);
            let fits = (0..=one.room()).any(|before| {
                let placed = one.placed(before);
                values.iter().zip(&placed).all(|(value, placed)| value == placed || *value == 0.0)
            });
            assert!(fits);
        }
        let (inputs, digits) = batch(&spectrograms, &[3, 1], rng);
        assert_eq!((inputs.ncols(), digits), (2, vec![3, 1]));
    }

    #[test]
    fn of_a_long_recording_the_loudest_second_counts() {
        let mut rows = vec![vec![0.0; BANDS]; 100];
        rows[90..].fill(vec![1.0; BANDS]);
        let part = loudest(&rows);
        assert_eq!((part.len(), part[FRAMES - 1][0], part[0][0]), (FRAMES, 1.0, 0.0));
        assert_eq!(loudest(&rows[..7]).len(), 7);
    }

    #[test]
    fn other_files_are_refused() {
        let folder = std::env::temp_dir().join(format!("speech-{}", std::process::id()));
        fs::create_dir_all(folder.join("recordings")).unwrap();
        let error = recordings(Some(&folder)).unwrap_err().to_string();
        assert!(error.contains("0 recordings to learn from and 0 of the test part"), "{error}");
        let write = |name: &str, rate| {
            let spec = hound::WavSpec {
                channels: 1,
                sample_rate: rate,
                bits_per_sample: 16,
                sample_format: hound::SampleFormat::Int,
            };
            let path = folder.join("recordings").join(name);
            let mut writer = hound::WavWriter::create(path, spec).unwrap();
            writer.write_sample(-16384i16).unwrap();
            writer.finalize().unwrap();
        };
        write("3_ada_0.wav", RATE);
        write("4_ada_5.wav", RATE);
        let (train, test) = recordings(Some(&folder)).unwrap();
        assert_eq!((train[0].digit, test[0].digit, test[0].samples[0]), (4, 3, -0.5));
        assert!(spectrograms(&test).unwrap_err().to_string().contains("shorter than a frame"));
        write("5_ada_0.wav", 44100);
        let error = format!("{:#}", recordings(Some(&folder)).unwrap_err());
        assert!(error.contains("5_ada_0.wav: 1 channels of 16 bits at 44100 Hz"), "{error}");
        write("5_ada_0.wav", RATE);
        write("hello.wav", RATE);
        let error = format!("{:#}", recordings(Some(&folder)).unwrap_err());
        assert!(error.contains("the name is not digit_speaker_index.wav"), "{error}");
        fs::remove_dir_all(&folder).unwrap();
    }
}
