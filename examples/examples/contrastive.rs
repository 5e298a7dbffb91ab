//! Learns to see handwritten digits without a single label, then reads them with ten labels of each.
//!
//! Two views of each digit, shifted, turned and scaled at random, are to be recognised as the same digit among the
//! views of all others: contrastive learning as SimCLR does it (Chen et al. 2020). Then a linear probe reads classes
//! off what the encoder makes of a digit, next to what it reads off the raw pixels and off an encoder that has
//! learned nothing. All get the same few labels, drawn several times, and are judged on the same held-out digits.
//!
//! ```text
//! cargo run --release --example contrastive
//! cargo run --release --example contrastive -- --data DIR --epochs 20
//! ```

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net::representation::{LinearProbe, Representation};
use static_net_examples::augment::Augment;
use static_net_examples::data::{Batch, Dataset};
use static_net_examples::mnist::{PIXELS, digits};
use static_net_examples::show::declaration;

network! {
    /// What is kept: 28 by 28 pixels to a representation.
    pub struct Encoder<
        [1, 28, 28]
        => relu conv(16, 3, stride: 2, padding: 1)
        => relu conv(32, 3, stride: 2, padding: 1)
        => relu conv(64, 3, stride: 2, padding: 1)
        => flatten
        => relu 128
    >;

    /// What only learning needs: it may forget what views of a digit differ in, so that the encoder need not.
    pub struct Projector< 128 => relu 128 => 64 >;

    /// One after the other.
    pub struct Contrastive< [1, 28, 28] => representation: Encoder => projection: Projector >;
}

/// Learns representations of handwritten digits without labels.
#[derive(Parser)]
struct Options {
    /// A folder with MNIST's files; by default 2,500 digits that are part of this program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Digits to a step: each is to be told from all others of its step.
    #[arg(long, default_value_t = 250, value_parser = clap::value_parser!(u16).range(2..))]
    batch: u16,
    /// How much the most similar of the others count: the lower, the more.
    #[arg(long, default_value_t = 0.2)]
    temperature: f64,
    /// Where the random numbers start: the same seed gives the same network and the same labels.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// One epoch over a few digits: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

/// Two views of a digit differ by twice as much at most.
const AUGMENT: Augment = Augment { shift: 3.0, rotation: 25.0, scale: 0.25 };
/// How many labels of each digit the probes get.
const LABELS: [usize; 4] = [1, 3, 10, 50];
/// How often labels are drawn: which they are matters when they are few.
const DRAWS: usize = 10;

fn main() -> Result<()> {
    let mut options = Options::parse();
    println!("{}\n", declaration::<Encoder>());
    println!("{}\n", declaration::<Projector>());
    println!("{}\n\n{}", declaration::<Contrastive>(), Contrastive::summary());

    let (mut train, mut test) = digits(options.data.as_deref())?;
    if options.quick {
        options.epochs = 1;
        (train, test) = (train.first(600), test.first(100));
    }
    println!("{} digits to learn from without labels, {} held out", train.len(), test.len());

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = Contrastive::new(&mut rng);
    let untrained = net.representation.forward(&train.inputs);
    let untrained_test = net.representation.forward(&test.inputs);
    train_network(&mut net, &train.inputs, &options, &mut rng)?;

    let learned = net.representation.forward(&train.inputs);
    let learned_test = net.representation.forward(&test.inputs);
    let rows = [
        ("raw pixels", of(&train.inputs)?, of(&test.inputs)?),
        ("untrained encoder", of(&untrained)?, of(&untrained_test)?),
        ("contrastive encoder", of(&learned)?, of(&learned_test)?),
    ];
    println!("Held-out digits that a linear probe reads right, mean of {DRAWS} draws of labels\n");
    print!("{:<22}", "labels of each digit");
    LABELS.iter().for_each(|labels| print!("{labels:>10}"));
    println!();
    for (name, train_values, test_values) in &rows {
        print!("{name:<22}");
        for labels in LABELS {
            // The same labels for all.
            let mut rng = StdRng::seed_from_u64(options.seed);
            let mut sum = 0.0;
            for _ in 0..DRAWS {
                let drawn = draw(&train, labels, &mut rng);
                let targets: Vec<usize> = drawn.iter().map(|&index| train.targets[index]).collect();
                let probe = LinearProbe::new().fit(&train_values.select(&drawn)?, &targets)?;
                sum += probe.accuracy(test_values, &test.targets)?;
            }
            print!("{:>8.1} %", 100.0 * sum / DRAWS as f64);
        }
        println!();
    }
    Ok(())
}

fn train_network(
    net: &mut Contrastive,
    digits: &Batch<PIXELS>,
    options: &Options,
    rng: &mut StdRng,
) -> Result<()> {
    let batch = usize::from(options.batch).min(digits.ncols());
    let loss = InfoNce::new(options.temperature);
    // A last batch that is not full would be an easier task.
    let steps = options.epochs as usize * (digits.ncols() / batch);
    let warm_up = steps / 20;
    let rates = Cosine::new(2e-3, 0.0, steps - warm_up).warm_up(warm_up);
    let mut step = 0;
    let mut optimizer = AdamW::new(&*net).weight_decay(1e-4);
    let mut gradient = Contrastive::zeros();
    let mut workspace = Workspace::new();
    let mut loss_workspace = Workspace::new();
    let mut order: Vec<usize> = (0..digits.ncols()).collect();

    let chance = (2.0 * batch as f64 - 1.0).ln();
    println!("A loss of {chance:.2} is that of choosing at random among {} views\n", 2 * batch - 1);
    let bar = ProgressBar::new(options.epochs.into()).with_style(ProgressStyle::with_template(
        "{bar:40} epoch {pos}/{len}, loss {msg}, {elapsed}",
    )?);
    let mut mean_loss = 0.0;
    for _ in 0..options.epochs {
        order.shuffle(rng);
        let mut sum = 0.0;
        for indices in order.chunks_exact(batch) {
            let mut view = || {
                let mut view = digits.select_columns(indices);
                AUGMENT.apply(&mut view, rng);
                view
            };
            let (first, second) = (net.activations(&view()), net.activations(&view()));
            let (mut d_first, mut d_second) = (first.output.clone(), second.output.clone());
            sum += loss.loss_into(
                &first.output,
                &second.output,
                &mut d_first,
                &mut d_second,
                &mut loss_workspace,
            );
            gradient.fill_zero();
            net.backward_into(&first, &d_first, &mut gradient, &mut workspace);
            net.backward_into(&second, &d_second, &mut gradient, &mut workspace);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(net, &gradient);
            step += 1;
        }
        mean_loss = sum / (digits.ncols() / batch) as f32;
        bar.set_message(format!("{mean_loss:.4}"));
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!(
        "trained for {} epochs in {:.1} s, loss {mean_loss:.4}\n",
        options.epochs,
        bar.elapsed().as_secs_f64()
    );
    Ok(())
}

fn of<const N: usize>(values: &Batch<N>) -> Result<Representation> {
    Ok(Representation::of_samples("digits", values)?)
}

/// So many digits of each class, or all where there are fewer.
fn draw(digits: &Dataset<PIXELS, usize>, of_each: usize, rng: &mut StdRng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..digits.len()).collect();
    order.shuffle(rng);
    let mut left = [of_each; 10];
    order.retain(|&index| {
        let left = &mut left[digits.targets[index]];
        *left > 0 && {
            *left -= 1;
            true
        }
    });
    order
}
