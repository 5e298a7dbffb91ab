//! Learns to draw handwritten digits: a variational autoencoder (Kingma and Welling 2013,
//! <https://arxiv.org/abs/1312.6114>) with two latent numbers.
//!
//! The encoder gives a mean and a variance for each latent number, a sample of that Gaussian goes to the decoder, and the loss is
//! what the decoder gets wrong, plus how far the Gaussian is from the standard one. No label is used. What was learned shows where
//! the decoder draws a digit for each place of a grid over both numbers: a PNG of shapes that go over into each other.
//!
//! ```text
//! cargo run --release --example vae
//! cargo run --release --example vae -- --epochs 100 --output digits.png
//! ```

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::loss::KlToStandardNormal;
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net_examples::data::Batch;
use static_net_examples::mnist::{PIXELS, SIDE, digits};
use static_net_examples::picture::{Picture, default_path, ink};
use static_net_examples::show::declaration;

network! {
    /// From a place to a digit, whose pixels are logits.
    pub struct Decoder< 2 => relu 256 => relu 256 => 784 >;

    /// `train` draws from the Gaussian, `forward` takes its mean. The loss is of all three outputs.
    pub struct Vae<
        784 => relu 256 => h: relu 256 => mean: 2 => &h => log_variance: 2
        => gaussian(&mean, &log_variance) => (pixels: Decoder | &mean | &log_variance)
    >;
}

/// Learns to draw handwritten digits.
#[derive(Parser)]
struct Options {
    /// A folder with MNIST's files; by default 2,500 digits that are part of this program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Digits to a step.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// Where the random numbers start: the same seed gives the same network.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to draw the digits of the grid; by default in the folder `target` of the workspace.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One epoch over a few digits: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let mut options = Options::parse();
    let output = options.output.take().unwrap_or_else(|| default_path("vae.png"));
    // Opened first: what cannot be written should not be noticed after the training.
    let picture = Picture::new(&output, PICTURE)?;
    println!("{}\n\n{}", declaration::<Vae>(), Vae::summary());

    let (mut train, mut test) = digits(options.data.as_deref())?;
    if options.quick {
        options.epochs = 1;
        (train, test) = (train.first(128), test.first(64));
    }
    println!("{} digits to learn from, {} held out", train.len(), test.len());

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = Vae::new(&mut rng);
    let before = Nats::of(&net.forward(&test.inputs), &test.inputs);
    train_network(&mut net, &train.inputs, &options, &mut rng)?;
    let after = Nats::of(&net.forward(&test.inputs), &test.inputs);
    println!("Held-out digits, in nats for each  pixels  Gaussians");
    for (name, nats) in [("untrained", before), ("trained", after)] {
        println!("{name:<33}{:>8.1}{:>11.2}", nats.pixels, nats.gaussians);
    }
    draw(picture, &net.pixels)?;
    println!("\nDigits of a grid over both numbers are drawn in {}", output.display());
    Ok(())
}

fn train_network(
    net: &mut Vae,
    train: &Batch<PIXELS>,
    options: &Options,
    rng: &mut StdRng,
) -> Result<()> {
    let batch = usize::from(options.batch);
    let steps = options.epochs as usize * train.ncols().div_ceil(batch);
    let rates = Cosine::new(1e-3, 0.0, steps);
    let mut optimizer = Adam::new(&*net);
    let mut training = net.training();

    let bar = ProgressBar::new(steps as u64)
        .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}")?);
    let mut order: Vec<usize> = (0..train.ncols()).collect();
    let mut step = 0;
    for _ in 0..options.epochs {
        order.shuffle(rng);
        for indices in order.chunks(batch) {
            let digits = train.select_columns(indices);
            training.train(net, &digits, rng);
            training.backward_with(net, |activations, d_output| {
                // The loss is a mean over the pixels, the bound on the likelihood is their sum.
                let of_pixels = PIXELS as f64 * BinaryCrossEntropy;
                of_pixels.loss_into(&activations.pixels, &digits, &mut d_output.pixels);
                let code = [&activations.mean, &activations.log_variance];
                let d_code = [&mut d_output.mean, &mut d_output.log_variance];
                KlToStandardNormal.loss_into(code, &(), d_code);
            });
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(net, training.gradient());
            step += 1;
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    println!("trained in {:.1} s\n", bar.elapsed().as_secs_f64());
    Ok(())
}

/// What the loss is made of, for a digit: the cross entropy of its pixels, and the divergence of its Gaussian from the standard
/// one.
struct Nats {
    pixels: f32,
    gaussians: f32,
}

impl Nats {
    fn of(output: &VaeOutput<Batch<PIXELS>, Batch<2>, Batch<2>>, digits: &Batch<PIXELS>) -> Self {
        let (loss, _) = BinaryCrossEntropy.loss(&output.pixels, digits);
        let code = [&output.mean, &output.log_variance];
        Nats { pixels: loss * PIXELS as f32, gaussians: KlToStandardNormal.loss(code, &()).0 }
    }
}

/// How many digits the grid has along each side, and how far it reaches from the middle of the Gaussian.
const GRID: usize = 15;
const REACH: f32 = 2.2;
const ZOOM: usize = 2;
/// From one digit to the next.
const PITCH: usize = SIDE * ZOOM + 2;
const PICTURE: (u32, u32) = ((GRID * PITCH + 40) as u32, (GRID * PITCH + 90) as u32);

fn draw(picture: Picture, decoder: &Decoder) -> Result<()> {
    picture.heading("A digit for each place", (20, 16), 24)?;
    let caption = format!("both latent numbers from -{REACH} to {REACH}");
    picture.caption(&caption, (20, 46), 16)?;
    let place = |index: usize| REACH * (2.0 * index as f32 / (GRID - 1) as f32 - 1.0);
    for row in 0..GRID {
        for column in 0..GRID {
            let logits = decoder.forward(&[place(column), place(row)]);
            let colours: Vec<_> =
                logits.iter().map(|logit| ink(1.0 / (1.0 + (-logit).exp()))).collect();
            let corner = (20 + (column * PITCH) as i32, 74 + (row * PITCH) as i32);
            picture.tile(&colours, SIDE, corner, ZOOM)?;
        }
    }
    picture.save()
}
