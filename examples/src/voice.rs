//! Hears whether somebody speaks: the network of Silero VAD (<https://github.com/snakers4/silero-vad>), which takes sound as it comes.

mod magnitude;

use std::ops::Range;

use anyhow::{Result, ensure};
use static_net::file::{LoadError, StateDict};
use static_net::layer::TimeFirst;
use static_net::prelude::*;

use crate::wav::Sound;
pub use magnitude::Magnitude;

/// Samples a second.
pub const RATE: u32 = 16_000;
/// Samples of a frame, for which there is one answer: 32 ms.
pub const FRAME: usize = 512;
/// Samples of the frame in front that are heard again.
const CONTEXT: usize = 64;

/// What the names of the tensors of [`Decoder`] begin with.
const LSTM: &str = "lstm_cell.";
const HEAD: &str = "final_conv.";

/// How likely speech has to be to begin, and to go on.
const THRESHOLDS: [f32; 2] = [0.5, 0.35];

network! {
    /// A frame: how loud 129 frequencies are at four times (a Fourier transform, written as a convolution), then four convolutions.
    pub struct Encoder<
        [1, 576] => pad(0, after: 64, mode: reflect) => stft_conv: conv(258, 256, stride: 128, bias: false)
        => Magnitude<258, 129, 4>
        => conv1: relu conv(128, 3, padding: 1)
        => conv2: relu conv(64, 3, stride: 2, padding: 1)
        => conv3: relu conv(64, 3, stride: 2, padding: 1)
        => conv4: relu conv(128, 3, padding: 1)
        => flatten
    >;

    /// What the frames so far say, step by step.
    pub struct Decoder< [32, 128] => lstm_cell: lstm(128) => relu => transpose => final_conv: sigmoid conv(1, 1) >;
}

/// Takes sound frame by frame.
pub struct Detector {
    encoder: Aligned<Encoder>,
    decoder: Stream<Aligned<Decoder>, 128, 1>,
    /// The end of the last frame, then the frame.
    heard: [f32; CONTEXT + FRAME],
}

impl Detector {
    /// The network of `silero_vad_16k.safetensors`, or of the tensors of `silero_vad.jit`, in front of the first frame.
    ///
    /// # Errors
    /// If it is another file.
    pub fn of(weights: StateDict<'_>) -> Result<Self, LoadError> {
        let weights = named_alike(weights.convert::<f32>())?;
        let part = |prefix| weights.clone().part(prefix);
        let encoder = weights.clone().without(LSTM)?.without(HEAD)?;
        // An `LSTMCell` has no numbers for its layers.
        let lstm = part(LSTM)?.rename(|name| Some(format!("{LSTM}{name}_l0")));
        let decoder = lstm.join(part(HEAD)?.rename_prefixes([("", HEAD)])?)?;
        Ok(Detector {
            encoder: encoder.load()?,
            decoder: Stream::new::<_, _, TimeFirst>(decoder.load()?),
            heard: [0.0; CONTEXT + FRAME],
        })
    }

    /// How likely it is that somebody speaks in the next frame.
    pub fn push(&mut self, frame: &[f32; FRAME]) -> f32 {
        self.heard.copy_within(FRAME.., 0);
        self.heard[CONTEXT..].copy_from_slice(frame);
        self.decoder.push(&self.encoder.forward(&self.heard))[0]
    }

    /// What it remembers: the hidden state and the cells of the recurrence.
    pub fn state(&self) -> [&[f32]; 2] {
        let state = self.decoder.part(|net| &net.lstm_cell);
        [state.hidden.as_slice(), state.cell.as_slice()]
    }
}

/// The tensors of `silero_vad.jit`, which holds a network for 8 kHz too, as `silero_vad_16k.safetensors` calls them.
fn named_alike(weights: StateDict<'_>) -> Result<StateDict<'_>, LoadError> {
    const JIT: &str = "_model.";
    if !weights.tensors().iter().any(|tensor| tensor.name.starts_with(JIT)) {
        return Ok(weights);
    }
    weights.part(JIT)?.rename_prefixes([
        ("stft.forward_basis_buffer", "stft_conv.weight"),
        ("encoder.0.reparam_conv.", "conv1."),
        ("encoder.1.reparam_conv.", "conv2."),
        ("encoder.2.reparam_conv.", "conv3."),
        ("encoder.3.reparam_conv.", "conv4."),
        ("decoder.rnn.", LSTM),
        ("decoder.decoder.2.", HEAD),
    ])
}

/// How likely somebody speaks in each frame of a recording, of which the last one is filled up with silence.
pub fn probabilities(detector: &mut Detector, samples: &[f32]) -> Vec<f32> {
    let frames = samples.chunks(FRAME).map(|chunk| {
        let mut frame = [0.0; FRAME];
        frame[..chunk.len()].copy_from_slice(chunk);
        detector.push(&frame)
    });
    frames.collect()
}

/// Runs of frames in which somebody speaks: from one that is likely to the last that is not unlikely.
pub fn spoken(probabilities: &[f32]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut is_inside = false;
    for (frame, &probability) in probabilities.iter().enumerate() {
        is_inside = probability >= THRESHOLDS[usize::from(is_inside)];
        match runs.last_mut().filter(|run| run.end == frame) {
            Some(run) if is_inside => run.end += 1,
            _ if is_inside => runs.push(frame..frame + 1),
            _ => {}
        }
    }
    runs
}

/// A recording with [`RATE`] samples a second: of one with a multiple of that each so many samples one, as Silero does, of
/// one with half of them those and the means between.
///
/// # Errors
/// If it has another rate.
pub fn at_rate(sound: Sound) -> Result<Sound> {
    let Sound { samples, rate } = sound;
    let samples = if rate == RATE / 2 {
        let next = samples.iter().skip(1).chain(samples.last());
        samples.iter().zip(next).flat_map(|(&one, &next)| [one, 0.5 * (one + next)]).collect()
    } else {
        let is_multiple = rate >= RATE && rate.is_multiple_of(RATE);
        ensure!(is_multiple, "{rate} samples a second are neither 8,000 nor a multiple of {RATE}");
        samples.into_iter().step_by((rate / RATE) as usize).collect()
    };
    Ok(Sound { samples, rate: RATE })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_network_is_that_of_the_file() {
        // stft_conv, conv1 to conv4, lstm_cell with two biases, final_conv.
        assert_eq!(Encoder::PARAMETERS, 66_048 + 49_664 + 24_640 + 12_352 + 24_704);
        assert_eq!(Decoder::PARAMETERS, 2 * (512 * 128 + 512) + 129);
    }

    #[test]
    fn speech_begins_where_it_is_likely_and_ends_where_it_is_unlikely() {
        assert_eq!(spoken(&[0.4, 0.6, 0.4, 0.3, 0.4, 0.9, 1.0]), [1..3, 5..7]);
        assert_eq!(spoken(&[0.1, 0.45]), []);
    }

    #[test]
    fn rates_become_one() {
        let sound = |rate| Sound { samples: vec![0.0, 1.0, 3.0, 4.0], rate };
        assert_eq!(at_rate(sound(16_000)).unwrap().samples, [0.0, 1.0, 3.0, 4.0]);
        assert_eq!(at_rate(sound(48_000)).unwrap().samples, [0.0, 4.0]);
        let doubled = at_rate(sound(8_000)).unwrap();
        assert_eq!(doubled.samples, [0.0, 0.5, 1.0, 2.0, 3.0, 3.5, 4.0, 4.0]);
        assert!(at_rate(sound(44_100)).is_err());
        assert!(at_rate(sound(0)).is_err());
    }

    /// Weights that follow from their place: see `tests/fixtures/voice.py`.
    fn detector(name: impl Fn(&str) -> String) -> Detector {
        let weight = |place: usize, index: usize| {
            ((index * 7919 + place * 104_729) % 2001) as f32 / 10_000.0 - 0.1
        };
        let tensors = [Encoder::tensors(), Decoder::tensors()].concat();
        let tensors = tensors.iter().enumerate().map(|(place, tensor)| {
            let values = (0..tensor.range.len()).map(|index| weight(place, index));
            let name = name(tensor.name.strip_suffix("_l0").unwrap_or(&tensor.name));
            (name, tensor.shape.clone(), values.collect::<Vec<f32>>())
        });
        Detector::of(StateDict::from_tensors(tensors).unwrap()).unwrap()
    }

    #[test]
    fn frames_are_heard_as_pytorch_hears_them() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/voice.json");
        let fixture: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let numbers = |value: &Value| {
            let values = value.as_array().unwrap().iter();
            values.map(|value| value.as_f64().unwrap() as f32).collect::<Vec<f32>>()
        };
        let sound: Vec<f32> = (0..6 * FRAME as i64)
            .map(|t| ((31 * t * t + 17 * t) % 401 - 200) as f32 / 400.0)
            .collect();
        let mut detector = detector(str::to_owned);
        let found = probabilities(&mut detector, &sound);
        let [hidden, cell] = detector.state();
        let state = &fixture["state"];
        for (got, expected) in
            [(&found[..], &fixture["probability"]), (hidden, &state[0]), (cell, &state[1])]
        {
            let expected = numbers(expected);
            assert_eq!(got.len(), expected.len());
            for (got, expected) in got.iter().zip(&expected) {
                assert!((got - expected).abs() < 1e-5, "{got}, {expected}");
            }
        }
    }

    #[test]
    fn tensors_may_have_the_names_of_the_other_file() {
        let mut same = detector(str::to_owned);
        let mut other = detector(|name| {
            let name = name.replace("stft_conv.weight", "stft.forward_basis_buffer");
            let name = name.replace(HEAD, "decoder.decoder.2.").replace(LSTM, "decoder.rnn.");
            let numbered = (1..5).fold(name, |name, layer| {
                let theirs = format!("encoder.{}.reparam_conv.", layer - 1);
                name.replace(&format!("conv{layer}."), &theirs)
            });
            format!("_model.{numbered}")
        });
        assert_eq!(same.push(&[0.5; FRAME]), other.push(&[0.5; FRAME]));
    }

    #[test]
    fn a_frame_is_heard_behind_the_end_of_the_last_one() {
        let mut detector = detector(str::to_owned);
        assert_eq!(probabilities(&mut detector, &[0.5; FRAME + 1]).len(), 2);
        assert_eq!(detector.heard[..CONTEXT], [0.5; CONTEXT]);
        assert_eq!(detector.heard[CONTEXT..CONTEXT + 2], [0.5, 0.0]);
    }
}
