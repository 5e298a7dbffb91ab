//! Recognises spoken digits in recordings.
//!
//! Shows the way from WAV files to a log-mel spectrogram, a network of convolutions and a recurrence that runs both
//! ways along time, a training loop with batch normalisation and dropout, and weights that are saved and loaded again.
//! By default it learns from 30 recordings of one speaker, which is a taste. The Free Spoken Digit Dataset has more, of
//! six speakers: <https://github.com/Jakobovski/free-spoken-digit-dataset>.
//!
//! ```text
//! cargo run --release --example speech
//! cargo run --release --example speech -- --data FOLDER     # with digit_speaker_index.wav
//! ```

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net_examples::data::Dataset;
use static_net_examples::picture::{Picture, default_path, ink};
use static_net_examples::saved::save_and_load;
use static_net_examples::score::{accuracy, majority, predictions};
use static_net_examples::show::{confusion, declaration};
use static_net_examples::speech::{
    BANDS, FRAMES, Spectrogram, VALUES, batch, dataset, recordings, spectrograms,
};

network! {
    /// Bands over time: sounds by convolutions, their order by gated recurrent units in both directions.
    pub struct Listener<
        [32, 64]
        => conv(64, 5, padding: same, bias: false) => batch_norm => relu => max_pool(2)
        => conv(96, 5, padding: same, bias: false) => batch_norm => relu => max_pool(2)
        => dropout(0.2) => transpose
        => gru(64, bidirectional: true) => mean_over_time => dropout(0.3) => 10
    >;
}

/// Learns to recognise spoken digits.
#[derive(Parser)]
struct Options {
    /// A folder with the recordings of the Free Spoken Digit Dataset; by default 40 of them that ship with this program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// How often to go through the recordings to learn from; by default 40 times, or 200 times through those that ship.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: Option<u32>,
    /// Recordings to a step.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(2..))]
    batch: u16,
    /// The largest learning rate.
    #[arg(long, default_value_t = 3e-3)]
    rate: f64,
    /// Where the random numbers start: the same seed gives the same network.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to leave the weights; by default a temporary file that is removed again.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Where to draw a spectrogram of each digit.
    #[arg(long, value_name = "FILE.png")]
    picture: Option<PathBuf>,
    /// One epoch: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let epochs = match options.quick {
        true => 1,
        false => options.epochs.unwrap_or(if options.data.is_some() { 40 } else { 200 }),
    };
    println!("{}\n\n{}", declaration::<Listener>(), Listener::summary());
    let (train, test) = recordings(options.data.as_deref())?;
    println!("{} recordings to learn from, {} held out", train.len(), test.len());
    if options.data.is_none() {
        println!(
            "All are of one speaker: a taste. `--data FOLDER` takes the whole data set, from\n\
             https://github.com/Jakobovski/free-spoken-digit-dataset"
        );
    }
    let start = Instant::now();
    let (train, test) = (spectrograms(&train)?, dataset(&spectrograms(&test)?));
    println!("spectrograms in {:.2} s", start.elapsed().as_secs_f64());

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = Listener::new(&mut rng);
    learn(&mut net, &train, &test, (epochs, &options), &mut rng)?;

    let predicted = predictions(&net.forward(&test.inputs));
    println!("Held-out recordings: rows as said, columns as heard\n");
    println!("{}", confusion(&predicted, &test.targets, &test.classes));
    // No epoch was chosen by what it does here: it is the last one.
    println!(
        "Held-out accuracy {:.2} % ({:.1} % by always naming the same digit)",
        100.0 * accuracy(&predicted, &test.targets),
        100.0 * majority(&test.targets)
    );
    save_and_load(&*net, options.weights, |net| net.forward(&test.inputs))?;
    let path = options.picture.unwrap_or_else(|| default_path("speech.png"));
    draw(&path, &test, &predicted)?;
    println!("A spectrogram of each digit drawn in {}", path.display());
    Ok(())
}

fn learn(
    net: &mut Listener,
    train: &[Spectrogram],
    test: &Dataset<VALUES, usize>,
    (epochs, options): (u32, &Options),
    rng: &mut StdRng,
) -> Result<()> {
    let size = usize::from(options.batch);
    // A last batch of one has no variance to normalise by, and is left out.
    let mut order: Vec<usize> = (0..train.len()).collect();
    let batches = |order: &[usize]| order.chunks(size).filter(|chunk| chunk.len() > 1).count();
    let steps = epochs as usize * batches(&order);
    let rates = Cosine::new(options.rate, 0.0, steps).warm_up(steps / 20);
    let mut step = 0;
    let mut optimizer = AdamW::new(&*net).weight_decay(0.1);
    let mut training = net.training();
    let loss = CrossEntropy.label_smoothing(0.1);

    let bar = ProgressBar::new(steps as u64)
        .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}")?);
    println!("\nepoch      loss  held-out accuracy  recordings per second");
    for epoch in 1..=epochs {
        let start = Instant::now();
        order.shuffle(rng);
        let (mut sum, mut count) = (0.0, 0);
        for indices in order.chunks(size).filter(|chunk| chunk.len() > 1) {
            let (inputs, digits) = batch(train, indices, rng);
            training.train(net, &inputs, rng);
            let value = training.backward(net, loss, &digits);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(net, training.gradient());
            step += 1;
            sum += value;
            count += 1;
            bar.inc(1);
        }
        if epoch.is_multiple_of(epochs.div_ceil(8)) || epoch == epochs {
            let speed = train.len() as f64 / start.elapsed().as_secs_f64();
            let mean = sum / count as f32;
            let accuracy = accuracy(&predictions(&net.forward(&test.inputs)), &test.targets);
            bar.suspend(|| {
                println!("{epoch:>5}  {mean:>8.4}  {:>15.2} %  {speed:>21.0}", 100.0 * accuracy);
            });
        }
    }
    bar.finish_and_clear();
    println!("learned in {:.1} s\n", bar.elapsed().as_secs_f64());
    Ok(())
}

/// The first held-out recording of each digit: time to the right, low frequencies below.
fn draw(path: &Path, test: &Dataset<VALUES, usize>, predicted: &[usize]) -> Result<()> {
    const ZOOM: usize = 3;
    let picture = Picture::new(path, (1100, 330))?;
    picture.heading(
        "What a network hears: one second of each digit, high frequencies above",
        (30, 14),
        20,
    )?;
    for digit in 0..10 {
        let Some(sample) = test.targets.iter().position(|&target| target == digit) else {
            continue;
        };
        let values = test.inputs.column(sample);
        let rows = (0..BANDS).rev().flat_map(|band| (0..FRAMES).map(move |frame| (band, frame)));
        let colours: Vec<_> =
            rows.map(|(band, frame)| ink((values[band * FRAMES + frame] + 1.5) / 4.0)).collect();
        let at = (30 + (digit % 5) as i32 * 210, 76 + (digit / 5) as i32 * 130);
        picture.caption(
            &format!("{digit}, heard as {}", predicted[sample]),
            (at.0, at.1 - 22),
            15,
        )?;
        picture.tile(&colours, FRAMES, at, ZOOM)?;
    }
    picture.save()
}
