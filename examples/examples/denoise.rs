//! Takes noise from pictures of handwritten digits.
//!
//! It learns without a label: noise is drawn on clean digits, anew in each epoch, and the network is to
//! give the clean ones back. Its declaration is a small U-Net (Ronneberger et al. 2015), whose stages at
//! each resolution run around those at the next coarser one, here as residual blocks. Held-out digits
//! show what it does, next to doing nothing and to two simple filters; a PNG shows it to the eye.
//!
//! ```text
//! cargo run --release --example denoise
//! cargo run --release --example denoise -- --noise 0.8 --output denoised.png
//! ```

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net_examples::data::Batch;
use static_net_examples::mnist::{PIXELS, SIDE, digits};
use static_net_examples::picture::{Picture, default_path, ink};
use static_net_examples::random::standard_normal;
use static_net_examples::score::mean_squared;
use static_net_examples::show::declaration;

network! {
    /// From 28 by 28 pixels to 14 by 14 and 7 by 7, and back up again.
    pub struct Denoiser<
        [1, 28, 28]
        => relu conv(8, 3, padding: 1)
        => residual(
            relu conv(16, 3, stride: 2, padding: 1)
            => residual(
                relu conv(32, 3, stride: 2, padding: 1)
                => relu conv(32, 3, padding: 1)
                => relu conv_transpose(16, 3, stride: 2, padding: 1, output_padding: 1)
            )
            => relu conv_transpose(8, 3, stride: 2, padding: 1, output_padding: 1)
        )
        => conv(1, 3, padding: 1)
    >;
}

/// Learns to take noise from handwritten digits.
#[derive(Parser)]
struct Options {
    /// A folder with MNIST's files; by default 2,500 digits that are part of this program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// The standard deviation of the noise, where paper is 0 and ink is 1.
    #[arg(long, default_value_t = 0.5)]
    noise: f32,
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Digits to a step.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// Where the random numbers start: the same seed gives the same network and the same noise.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to draw noisy, denoised and clean digits; by default in the folder `target` of the workspace.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One epoch over a few digits: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let mut options = Options::parse();
    let output = options.output.take().unwrap_or_else(|| default_path("denoised.png"));
    // Opened first: what cannot be written should not be noticed after the training.
    let picture = Picture::new(&output, PICTURE)?;
    println!("{}\n\n{}", declaration::<Denoiser>(), Denoiser::summary());

    // The labels serve to show one of each digit, never to learn.
    let (mut train, mut test) = digits(options.data.as_deref())?;
    if options.quick {
        options.epochs = 1;
        (train, test) = (train.first(96), test.first(50));
    }
    println!("{} digits to learn from, {} held out", train.len(), test.len());

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = Denoiser::new(&mut rng);
    train_network(&mut net, &train.inputs, &options, &mut rng)?;

    let mut noisy = test.inputs.clone();
    add_noise(&mut noisy, options.noise, &mut rng);
    let rows = [
        ("noisy", noisy.clone()),
        ("3 x 3 mean", filtered(&noisy, |values| values.iter().sum::<f32>() / 9.0)),
        ("3 x 3 median", filtered(&noisy, median)),
        ("denoised", net.forward(&noisy)),
        ("clean", test.inputs.clone()),
    ];
    println!("Held-out digits          mean squared error        PSNR");
    for (name, digits) in &rows[..4] {
        let error = mean_squared(digits, &test.inputs);
        println!("{name:<24}{error:>19.4}{:>9.2} dB", decibels(error));
    }
    let shown: Vec<usize> = (0..10)
        .filter_map(|digit| test.targets.iter().position(|&target| target == digit))
        .collect();
    draw(picture, &rows, &test.inputs, &shown)?;
    println!("\nSome of them are drawn in {}", output.display());
    Ok(())
}

fn train_network(
    net: &mut Denoiser,
    train: &Batch<PIXELS>,
    options: &Options,
    rng: &mut StdRng,
) -> Result<()> {
    let batch = usize::from(options.batch);
    let steps = options.epochs as usize * train.ncols().div_ceil(batch);
    let rates = Cosine::new(3e-3, 0.0, steps);
    let mut step = 0;
    let mut optimizer = Adam::new(&*net);
    let mut training = net.training();

    let bar = ProgressBar::new(steps as u64)
        .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}")?);
    println!("\nepoch      loss  digits per second");
    let mut order: Vec<usize> = (0..train.ncols()).collect();
    for epoch in 1..=options.epochs {
        let start = Instant::now();
        order.shuffle(rng);
        let mut sum = 0.0;
        for indices in order.chunks(batch) {
            let clean = train.select_columns(indices);
            let mut noisy = clean.clone();
            add_noise(&mut noisy, options.noise, rng);
            training.forward(net, &noisy);
            let loss = training.backward(net, MeanSquaredError, &clean);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(net, training.gradient());
            step += 1;
            sum += loss * indices.len() as f32;
            bar.inc(1);
        }
        let speed = train.ncols() as f64 / start.elapsed().as_secs_f64();
        let loss = sum / train.ncols() as f32;
        bar.suspend(|| println!("{epoch:>5}  {loss:>8.4}  {speed:>17.0}"));
    }
    bar.finish_and_clear();
    println!("trained in {:.1} s\n", bar.elapsed().as_secs_f64());
    Ok(())
}

/// Adds noise of a normal distribution; what leaves the range of a picture stays at its end.
fn add_noise(pictures: &mut Batch<PIXELS>, deviation: f32, rng: &mut StdRng) {
    for pixel in pictures.iter_mut() {
        *pixel = (*pixel + deviation * standard_normal(rng)).clamp(0.0, 1.0);
    }
}

/// Each pixel from the 3 by 3 around it, of which those outside the picture are paper.
fn filtered(pictures: &Batch<PIXELS>, value: impl Fn(&mut [f32; 9]) -> f32) -> Batch<PIXELS> {
    Batch::<PIXELS>::from_fn(pictures.ncols(), |pixel, picture| {
        let mut around = core::array::from_fn(|place| {
            // One further than the row and column, so that neither is below zero.
            let (row, column) = (pixel / SIDE + place / 3, pixel % SIDE + place % 3);
            let inside = 1..=SIDE;
            if inside.contains(&row) && inside.contains(&column) {
                pictures[((row - 1) * SIDE + column - 1, picture)]
            } else {
                0.0
            }
        });
        value(&mut around)
    })
}

fn median(values: &mut [f32; 9]) -> f32 {
    values.sort_unstable_by(f32::total_cmp);
    values[4]
}

/// The ratio of the largest value there is, 1, to an error (PSNR).
fn decibels(mean_squared: f32) -> f32 {
    -10.0 * mean_squared.log10()
}

const ZOOM: usize = 4;
/// From one digit to the next.
const PITCH: usize = SIDE * ZOOM + 8;
/// Where the first digit stands: names are to its left, what is shown above it.
const CORNER: (i32, i32) = (150, 70);
const PICTURE: (u32, u32) = (CORNER.0 as u32 + 10 * PITCH as u32 + 12, 70 + 5 * PITCH as u32 + 12);

fn draw(
    picture: Picture,
    rows: &[(&str, Batch<PIXELS>)],
    clean: &Batch<PIXELS>,
    shown: &[usize],
) -> Result<()> {
    picture.heading("Digits the network has not learned from", (20, 20), 24)?;
    for (row, (name, digits)) in rows.iter().enumerate() {
        let y = CORNER.1 + (row * PITCH) as i32;
        picture.heading(name, (20, y + 34), 18)?;
        let error = mean_squared(digits, clean);
        if error > 0.0 {
            picture.caption(&format!("{:.1} dB", decibels(error)), (20, y + 60), 16)?;
        }
        for (column, &index) in shown.iter().enumerate() {
            let colours: Vec<_> = digits.column(index).iter().map(|&value| ink(value)).collect();
            picture.tile(&colours, SIDE, (CORNER.0 + (column * PITCH) as i32, y), ZOOM)?;
        }
    }
    picture.save()
}
