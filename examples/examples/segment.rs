//! Finds handwritten digits on a ground of stripes, from which no brightness tells them: which pixels are of the digit?
//!
//! The network is a U-Net (Ronneberger, Fischer and Brox 2015, <https://arxiv.org/abs/1505.04597>): a way down to coarser
//! pictures, which see further, and a way up again, where `concat(identity | &fine)` joins what the way down saw at each
//! resolution. Ground and place of the digits are drawn anew in each epoch. Held-out digits show how far the pixels
//! found and the true ones are the same (intersection over union), next to the best that brightness can do; a PNG shows
//! pictures, truth and what was found.
//!
//! ```text
//! cargo run --release --example segment
//! cargo run --release --example segment -- --epochs 40 --output segmented.png
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
use static_net_examples::score::intersection_over_union;
use static_net_examples::show::declaration;
use static_net_examples::texture::Pictures;

network! {
    /// The logit of each pixel to be of the digit.
    pub struct UNet<
        [1, 28, 28]
        => conv(8, 3, padding: same, bias: false) => batch_norm => relu
        => conv(8, 3, padding: same, bias: false) => batch_norm => fine: relu
        => max_pool(2) => conv(16, 3, padding: same, bias: false) => batch_norm => relu
        => conv(16, 3, padding: same, bias: false) => batch_norm => middle: relu
        => max_pool(2) => conv(32, 3, padding: same, bias: false) => batch_norm => relu
        => conv(32, 3, padding: same, bias: false) => batch_norm => relu
        => upsample(2) => concat(identity | &middle) => conv(16, 3, padding: same, bias: false) => batch_norm => relu
        => upsample(2) => concat(identity | &fine) => conv(8, 3, padding: same, bias: false) => batch_norm => relu
        => conv(1, 1)
    >;
}

/// Learns to find handwritten digits on a ground of stripes.
#[derive(Parser)]
struct Options {
    /// A folder with MNIST's files; by default 2,500 digits that are part of this program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Pictures to a step.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// Where the random numbers start: the same seed gives the same network and the same pictures.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to draw pictures, truth and what was found; by default in the folder `target` of the workspace.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One epoch over a few digits: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let mut options = Options::parse();
    let output = options.output.take().unwrap_or_else(|| default_path("segmented.png"));
    // Opened first: what cannot be written should not be noticed after the training.
    let picture = Picture::new(&output, PICTURE)?;
    println!("{}\n\n{}", declaration::<UNet>(), UNet::summary());

    // The labels serve to show one of each digit, never to learn.
    let (mut train, mut test) = digits(options.data.as_deref())?;
    if options.quick {
        options.epochs = 1;
        (train, test) = (train.first(256), test.first(50));
    }
    println!("{} digits to learn from, {} held out", train.len(), test.len());

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = UNet::new(&mut rng);
    train_network(&mut net, &train.inputs, &options, &mut rng)?;

    let held_out = Pictures::of(&test.inputs, &mut rng);
    let found = net.forward(&held_out.pixels).map(|logit| of_digit(logit > 0.0));
    let band = Band::fit(&Pictures::of(&train.inputs, &mut rng));
    println!("Held-out digits                          intersection over union");
    for (name, found) in [
        ("every pixel", held_out.truth.map(|_| 1.0)),
        ("the best band of brightness", held_out.pixels.map(|pixel| of_digit(band.holds(pixel)))),
        ("this network", found.clone()),
    ] {
        println!("{name:<40}{:>22.1} %", 100.0 * intersection_over_union(&found, &held_out.truth));
    }
    let shown: Vec<usize> = (0..10)
        .filter_map(|digit| test.targets.iter().position(|&target| target == digit))
        .collect();
    draw(picture, &held_out, &found, &shown)?;
    println!("\nSome of them are drawn in {}", output.display());
    Ok(())
}

fn of_digit(is: bool) -> f32 {
    f32::from(u8::from(is))
}

fn train_network(
    net: &mut UNet,
    train: &Batch<PIXELS>,
    options: &Options,
    rng: &mut StdRng,
) -> Result<()> {
    let batch = usize::from(options.batch);
    let steps = options.epochs as usize * train.ncols().div_ceil(batch);
    let rates = Cosine::new(1e-2, 0.0, steps);
    let mut step = 0;
    let mut optimizer = Adam::new(&*net);
    let mut training = net.training();

    let bar = ProgressBar::new(steps as u64)
        .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}")?);
    println!("\nepoch      loss  pictures per second");
    let mut order: Vec<usize> = (0..train.ncols()).collect();
    for epoch in 1..=options.epochs {
        let start = Instant::now();
        order.shuffle(rng);
        let mut sum = 0.0;
        for indices in order.chunks(batch) {
            let pictures = Pictures::of(&train.select_columns(indices), rng);
            training.train(net, &pictures.pixels, rng);
            let loss = training.backward(net, BinaryCrossEntropy, &pictures.truth);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(net, training.gradient());
            step += 1;
            sum += loss * indices.len() as f32;
            bar.inc(1);
        }
        let speed = train.ncols() as f64 / start.elapsed().as_secs_f64();
        let loss = sum / train.ncols() as f32;
        bar.suspend(|| println!("{epoch:>5}  {loss:>8.4}  {speed:>19.0}"));
    }
    bar.finish_and_clear();
    println!("trained in {:.1} s\n", bar.elapsed().as_secs_f64());
    Ok(())
}

/// Brightnesses between two bounds.
struct Band {
    from: f32,
    to: f32,
}

impl Band {
    /// Of all bands whose bounds are a multiple of a twentieth, the one that finds most.
    fn fit(pictures: &Pictures) -> Self {
        let bands = (0..20).flat_map(|from| {
            (from + 1..=20).map(move |to| Band { from: from as f32 / 20.0, to: to as f32 / 20.0 })
        });
        let score = |band: &Band| {
            let found = pictures.pixels.map(|pixel| of_digit(band.holds(pixel)));
            intersection_over_union(&found, &pictures.truth)
        };
        let scored = bands.map(|band| (score(&band), band));
        scored.max_by(|a, b| a.0.total_cmp(&b.0)).expect("there are bands").1
    }

    fn holds(&self, pixel: f32) -> bool {
        (self.from..=self.to).contains(&pixel)
    }
}

const ZOOM: usize = 4;
/// From one digit to the next.
const PITCH: usize = SIDE * ZOOM + 8;
/// Where the first digit stands: names are to its left, what is shown above it.
const CORNER: (i32, i32) = (150, 70);
const PICTURE: (u32, u32) = (CORNER.0 as u32 + 10 * PITCH as u32 + 12, 70 + 3 * PITCH as u32 + 12);

fn draw(
    picture: Picture,
    held_out: &Pictures,
    found: &Batch<PIXELS>,
    shown: &[usize],
) -> Result<()> {
    picture.heading("Digits the network has not learned from", (20, 20), 24)?;
    let rows = [("picture", &held_out.pixels), ("truth", &held_out.truth), ("found", found)];
    for (row, (name, pixels)) in rows.into_iter().enumerate() {
        let y = CORNER.1 + (row * PITCH) as i32;
        picture.heading(name, (20, y + 34), 18)?;
        for (column, &index) in shown.iter().enumerate() {
            let colours: Vec<_> = pixels.column(index).iter().map(|&value| ink(value)).collect();
            picture.tile(&colours, SIDE, (CORNER.0 + (column * PITCH) as i32, y), ZOOM)?;
        }
    }
    picture.save()
}
