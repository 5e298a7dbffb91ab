//! Plays a recording through an amplifier that Neural Amp Modeler has learned.
//!
//! Shows networks that others have trained, in a format that is none of weight files: a `.nam` file has all values in one
//! list. LSTMs and WaveNets (A1, with gates too, and A2, of which one file has two sizes) are
//! declared once each, begin with the state that the file says, and take blocks as an audio driver hands them over. What
//! comes out is what NAM core makes of it, to 1e-5.
//!
//! ```text
//! cargo run --release --example amp                                      # two small ones that ship with it
//! cargo run --release --example amp -- --model M.nam IN.wav OUT.wav
//! cargo run --release --example amp -- --model M.nam IN.wav --compare RENDERED.wav
//! ```

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use static_net_examples::nam::{Amp, Model};
use static_net_examples::picture::default_path;
use static_net_examples::wav::Sound;

/// Samples that are handed to the amplifier at once, as an audio driver does.
const BLOCK: usize = 64;
/// How far what comes out may be from what NAM core gives.
const TOLERANCE: f32 = 1e-5;

/// Plays a recording through an amplifier that Neural Amp Modeler has learned.
#[derive(Parser)]
struct Options {
    /// The amplifier; by default two small examples of NAM core, with a signal of their own.
    #[arg(long, value_name = "FILE.nam", requires = "input")]
    model: Option<PathBuf>,
    /// Which of the networks in the file, counted from 0, the smallest; by default the largest.
    #[arg(long, value_name = "NUMBER", requires = "model")]
    size: Option<usize>,
    /// What is played through it.
    #[arg(value_name = "IN.wav", requires = "model")]
    input: Option<PathBuf>,
    /// Where to leave what comes out; by default target/amp.wav.
    #[arg(value_name = "OUT.wav")]
    output: Option<PathBuf>,
    /// What should come out, as another program has rendered it.
    #[arg(long, value_name = "FILE.wav", requires = "model")]
    compare: Option<PathBuf>,
    /// Begins without the silence in which an amplifier settles.
    #[arg(long)]
    cold: bool,
    /// The two examples alone, whatever else is said: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let output = options.output.unwrap_or_else(|| default_path("amp.wav"));
    if let (false, Some(path), Some(input)) = (options.quick, &options.model, &options.input) {
        let model = Model::open(path, options.size)?;
        return render(&model, input, &output, options.compare.as_deref(), options.cold);
    }
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/amp");
    for name in ["lstm", "wavenet"] {
        let path = data.join(name).with_extension("nam");
        println!("{}", path.display());
        let model = Model::open(&path, None)?;
        let expected = data.join(name).with_extension("wav");
        render(&model, &data.join("input.wav"), &output, Some(&expected), false)?;
    }
    Ok(())
}

fn render(
    model: &Model,
    input: &Path,
    output: &Path,
    expected: Option<&Path>,
    is_cold: bool,
) -> Result<()> {
    let mut sound = Sound::read(input)?;
    if let Some(rate) = model.rate {
        ensure!(
            rate == sound.rate,
            "{} has {} samples a second, and the amplifier was learned from {rate}",
            input.display(),
            sound.rate
        );
    }
    let mut amp = Amp::new(model)?;
    println!("{}: {}, {} values", amp.title, model.architecture, model.weights.len());
    if !is_cold {
        amp.settle(model);
    }
    let start = Instant::now();
    sound.samples.chunks_mut(BLOCK).for_each(|block| amp.play(block));
    let elapsed = start.elapsed().as_secs_f64();
    let (count, seconds) =
        (sound.samples.len(), sound.samples.len() as f64 / f64::from(sound.rate));
    println!(
        "{count} samples in {:.1} ms: {:.0} ns a sample, {:.0} times as fast as they sound",
        1e3 * elapsed,
        1e9 * elapsed / count as f64,
        seconds / elapsed
    );
    if let Some(expected) = expected {
        let difference = Sound::read(expected)?.difference(&sound).context("--compare")?;
        println!("largest difference to {}: {difference:.1e}", expected.display());
        ensure!(difference <= TOLERANCE, "that is more than {TOLERANCE:e}");
    }
    sound.write(output)?;
    println!("written to {}\n", output.display());
    Ok(())
}
