//! Hears where somebody speaks in a recording.
//!
//! Shows a published network as a stream: Silero VAD takes sound in frames of 32 ms, each with the end of the one in front, and
//! says how likely it is that somebody speaks. Its first part sees one frame, its recurrence goes on from frame to frame.
//! A layer of one's own stands where the language has no word, and an `LSTMCell` is loaded under another name.
//!
//! The weights are those of the PyPI package `silero-vad` (MIT licence), which do not ship with this program:
//! `silero_vad_16k.safetensors`, or others for the same network, those of `silero_vad.jit`, which
//! `python3 tests/fixtures/voice.py silero_vad.jit FILE.safetensors` writes so that they can be read here.
//!
//! ```text
//! pip download --no-deps silero-vad==6.2.3
//! unzip silero_vad-6.2.3-py3-none-any.whl silero_vad/data/silero_vad_16k.safetensors
//! cargo run --release --example voice -- --model silero_vad/data/silero_vad_16k.safetensors IN.wav
//! cargo run --release --example voice -- --model FILE.safetensors --check io.safetensors
//! ```

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, ensure};
use clap::Parser;
use static_net::file::StateDict;
use static_net_examples::show::declaration;
use static_net_examples::voice::{
    Decoder, Detector, Encoder, FRAME, RATE, at_rate, probabilities, spoken,
};
use static_net_examples::wav::Sound;

/// Hears where somebody speaks in a recording.
#[derive(Parser)]
struct Options {
    /// The weights of Silero VAD for 16 kHz.
    #[arg(long, value_name = "FILE.safetensors")]
    model: PathBuf,
    /// Recordings; by default some spoken digits that ship with this program, one behind the other.
    #[arg(value_name = "IN.wav")]
    recordings: Vec<PathBuf>,
    /// Compares with what originals gave for an `input` of whole frames: one tensor `probability..` for each of them.
    #[arg(long, value_name = "io.safetensors")]
    check: Option<PathBuf>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let mut detector = Detector::of(StateDict::open(&options.model)?)?;
    if let Some(path) = &options.check {
        return check(&mut detector, path);
    }
    println!("{}\n{}\n", declaration::<Encoder>(), declaration::<Decoder>());
    println!("{}\n\n{}\n", Encoder::summary(), Decoder::summary());
    let samples = one_behind_the_other(options.recordings)?;
    let start = Instant::now();
    let found = probabilities(&mut detector, &samples);
    let elapsed = start.elapsed().as_secs_f64();
    println!("{}", strip(&found));
    for run in spoken(&found) {
        println!(
            "speech from {:.2} s to {:.2} s",
            seconds(run.start * FRAME),
            seconds(run.end * FRAME)
        );
    }
    println!(
        "{:.2} s in {:.1} ms: {:.1} us a frame of {:.0} ms",
        seconds(samples.len()),
        1e3 * elapsed,
        1e6 * elapsed / found.len() as f64,
        1e3 * seconds(FRAME)
    );
    Ok(())
}

/// Recordings with half a second of silence around each, by default spoken digits.
fn one_behind_the_other(mut paths: Vec<PathBuf>) -> Result<Vec<f32>> {
    if paths.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/spoken-digits");
        paths = (0..5).map(|digit| folder.join(format!("{digit}_yweweler_0.wav"))).collect();
    }
    let pause = [0.0; RATE as usize / 2];
    let mut samples = pause.to_vec();
    for path in paths {
        let start = seconds(samples.len());
        samples.extend(at_rate(Sound::read(&path)?)?.samples);
        println!("{} from {start:.2} s to {:.2} s", path.display(), seconds(samples.len()));
        samples.extend(pause);
    }
    Ok(samples)
}

fn seconds(samples: usize) -> f64 {
    samples as f64 / f64::from(RATE)
}

/// A character for each frame, the higher the likelier.
fn strip(probabilities: &[f32]) -> String {
    const LEVELS: [char; 9] = ['_', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    probabilities.iter().map(|probability| LEVELS[(probability * 8.0).round() as usize]).collect()
}

fn check(detector: &mut Detector, path: &Path) -> Result<()> {
    let io = StateDict::open(path)?;
    let found = probabilities(detector, &io.values::<f32>("input")?);
    // Which of them has these weights is seen by what it gives.
    let mut least = f32::INFINITY;
    for name in io.tensors().iter().map(|tensor| &tensor.name) {
        if name.starts_with("probability") {
            let expected = io.values::<f32>(name)?;
            ensure!(expected.len() == found.len(), "`{name}` has {} values", expected.len());
            let pairs = found.iter().zip(&expected);
            let difference = pairs.map(|(x, y)| (x - y).abs()).fold(0.0, f32::max);
            println!("{name}: {} frames, largest difference {difference:.1e}", found.len());
            least = least.min(difference);
        }
    }
    ensure!(least <= 1e-5, "that is more than 1e-5");
    Ok(())
}
