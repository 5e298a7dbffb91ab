//! Reads handwritten digits, 97 of 100 right or better, after seconds of training.
//!
//! Shows a training loop over shuffled batches, a progress bar, a test on samples that took part in no
//! choice, and weights that are saved and loaded again.
//!
//! ```text
//! cargo run --release --example digits
//! cargo run --release --example digits -- --epochs 100 --seed 3 --weights digits.safetensors
//! ```

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net_examples::data::{Dataset, digits};
use static_net_examples::saved::save_and_load;
use static_net_examples::score::{accuracy, majority, predictions};
use static_net_examples::show::{confusion, declaration, side_by_side};

network! {
    /// 8 by 8 pixels to ten scores, one for each digit.
    pub struct Digits< 64 => relu 128 => relu 64 => 10 >;
}

/// Learns to read handwritten digits.
#[derive(Parser)]
struct Options {
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Digits to a step.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// Where the random numbers start: the same seed gives the same network.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to leave the weights; by default a temporary file that is removed again.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// A tenth of the epochs: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n\n{}", declaration::<Digits>(), Digits::summary());

    // The split does not depend on --seed, so that runs can be compared.
    let (train, test) = digits()?.split(0.2, 1);
    println!(
        "{} digits to learn from; {} held out, a fifth of each class drawn at random, for the test below",
        train.len(),
        test.len()
    );

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = Digits::new(&mut rng);
    train_network(&mut net, &train, &options, &mut rng)?;
    report(&net, &test);
    save_and_load(&*net, options.weights, |net| net.forward(&test.inputs))
}

fn train_network(
    net: &mut Digits,
    train: &Dataset<64, usize>,
    options: &Options,
    rng: &mut StdRng,
) -> Result<()> {
    let epochs = if options.quick { options.epochs.div_ceil(10) } else { options.epochs };
    let batch = usize::from(options.batch);
    let steps = epochs as usize * train.len().div_ceil(batch);
    let rates = Cosine::new(2e-3, 0.0, steps);
    let mut step = 0;
    let mut optimizer = AdamW::new(&*net).weight_decay(0.05);

    let bar = ProgressBar::new(epochs.into()).with_style(ProgressStyle::with_template(
        "{bar:40} epoch {pos}/{len}, loss {msg}, {elapsed}",
    )?);
    let start = Instant::now();
    let mut training = net.training();
    let mut order: Vec<usize> = (0..train.len()).collect();
    let mut mean_loss = 0.0;
    for _ in 0..epochs {
        order.shuffle(rng);
        let mut sum = 0.0;
        for indices in order.chunks(batch) {
            let batch = train.select(indices);
            training.forward(net, &batch.inputs);
            let loss = training.backward(net, CrossEntropy, &batch.targets);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(net, training.gradient());
            step += 1;
            sum += loss * indices.len() as f32;
        }
        mean_loss = sum / train.len() as f32;
        bar.set_message(format!("{mean_loss:.4}"));
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!(
        "trained for {epochs} epochs in {:.1} s, loss {mean_loss:.4}\n",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

fn report(net: &Digits, test: &Dataset<64, usize>) {
    let predicted = predictions(&net.forward(&test.inputs));
    println!("Held-out digits: rows as written, columns as read\n");
    println!("{}", confusion(&predicted, &test.targets, &test.classes));

    let misread: Vec<usize> =
        (0..test.len()).filter(|&index| predicted[index] != test.targets[index]).collect();
    let shown = &misread[..misread.len().min(5)];
    println!("{} misread, such as", misread.len());
    let captions =
        shown.iter().map(|&index| format!("{}, read as {}", test.targets[index], predicted[index]));
    println!("{}", side_by_side(shown.iter().map(|&index| test.inputs.column(index)), captions));

    println!(
        "Held-out accuracy {:.2} % ({:.1} % by always naming the same digit)",
        100.0 * accuracy(&predicted, &test.targets),
        100.0 * majority(&test.targets)
    );
}
