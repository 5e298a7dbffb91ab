//! What programs share that learn to read handwritten digits: their options, the epochs, and what they report.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::Network;
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;

use crate::augment::Augment;
use crate::data::{Batch, Dataset};
use crate::mnist::{PIXELS, digits};
use crate::saved::save_and_load;
use crate::score::{accuracy, majority, predictions};
use crate::show::confusion;

/// Learns to read handwritten digits.
#[derive(Parser)]
pub struct Options<const EPOCHS: u32> {
    /// A folder with MNIST's files; by default 2,500 digits that are part of this program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Shift, turn and scale each digit a little, anew in each epoch.
    #[arg(long)]
    augment: bool,
    /// How often to go through the training digits.
    #[arg(long, default_value_t = EPOCHS, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Digits to a step.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// Where the random numbers start: the same seed gives the same network.
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    /// Where to leave the weights; by default a temporary file that is removed again.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// One epoch over a few digits: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

/// Digits to learn from and digits that are held out, and how to learn.
pub struct Lesson<const EPOCHS: u32> {
    options: Options<EPOCHS>,
    train: Dataset<PIXELS, usize>,
    test: Dataset<PIXELS, usize>,
}

impl<const EPOCHS: u32> Lesson<EPOCHS> {
    /// Reads the digits. `quick` says how many of them to learn from and to hold out in a quick run.
    ///
    /// # Errors
    /// If a file is missing, cannot be read, or does not hold what its name says.
    pub fn new(mut options: Options<EPOCHS>, quick: [usize; 2]) -> Result<Self> {
        let (mut train, mut test) = digits(options.data.as_deref())?;
        if options.quick {
            options.epochs = 1;
            (train, test) = (train.first(quick[0]), test.first(quick[1]));
        }
        println!("{} digits to learn from, {} held out", train.len(), test.len());
        Ok(Lesson { options, train, test })
    }

    /// As many digits as there are to a step.
    pub fn batch(&self) -> Batch<PIXELS> {
        self.train.first(usize::from(self.options.batch)).inputs
    }

    /// In how many steps to learn.
    pub fn steps(&self) -> usize {
        self.options.epochs as usize * self.train.len().div_ceil(usize::from(self.options.batch))
    }

    /// Goes through the digits so often. `step` learns from some of them and gives the loss, `read` gives the
    /// outputs for others.
    ///
    /// # Errors
    /// If the progress cannot be shown.
    pub fn learn<N: Network>(
        &self,
        net: &mut N,
        rng: &mut StdRng,
        mut step: impl FnMut(&mut N, &Dataset<PIXELS, usize>, &mut StdRng) -> f32,
        read: impl Fn(&N, &Batch<PIXELS>) -> Batch<10>,
    ) -> Result<()> {
        let Lesson { options, train, test } = self;
        let augment = Augment { shift: 2.0, rotation: 12.0, scale: 0.12 };
        let bar = ProgressBar::new(self.steps() as u64)
            .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}")?);
        println!("\nepoch      loss  held-out accuracy  digits per second");
        let mut order: Vec<usize> = (0..train.len()).collect();
        for epoch in 1..=options.epochs {
            let start = Instant::now();
            order.shuffle(rng);
            let mut sum = 0.0;
            for indices in order.chunks(usize::from(options.batch)) {
                let mut digits = train.select(indices);
                if options.augment {
                    augment.apply(&mut digits.inputs, rng);
                }
                sum += step(net, &digits, rng) * indices.len() as f32;
                bar.inc(1);
            }
            let speed = train.len() as f64 / start.elapsed().as_secs_f64();
            let loss = sum / train.len() as f32;
            let accuracy = accuracy(&predictions(&read(net, &test.inputs)), &test.targets);
            bar.suspend(|| {
                println!("{epoch:>5}  {loss:>8.4}  {:>15.2} %  {speed:>17.0}", 100.0 * accuracy);
            });
        }
        bar.finish_and_clear();
        println!("trained in {:.1} s\n", bar.elapsed().as_secs_f64());
        Ok(())
    }

    /// Says how well the network reads, saves it, and loads it again.
    ///
    /// # Errors
    /// If the weights cannot be saved or loaded.
    pub fn report<N: Network>(
        self,
        net: &N,
        read: impl Fn(&N, &Batch<PIXELS>) -> Batch<10>,
    ) -> Result<()> {
        let Lesson { options, test, .. } = self;
        let predicted = predictions(&read(net, &test.inputs));
        println!("Held-out digits: rows as written, columns as read\n");
        println!("{}", confusion(&predicted, &test.targets, &test.classes));
        // No epoch was chosen by what it does here: it is the last one.
        println!(
            "Held-out accuracy {:.2} % ({:.1} % by always naming the same digit)",
            100.0 * accuracy(&predicted, &test.targets),
            100.0 * majority(&test.targets)
        );
        save_and_load(net, options.weights, |net| read(net, &test.inputs))
    }
}
