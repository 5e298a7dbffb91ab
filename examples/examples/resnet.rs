//! A residual network with batch normalisation reads MNIST's handwritten digits.
//!
//! Shows blocks that stages run around, with a projection where the shape changes, and training in which
//! a network keeps running statistics: `train` takes it by exclusive reference, `forward` goes by what
//! was kept.
//!
//! ```text
//! cargo run --release --example resnet
//! cargo run --release --example resnet -- --augment --epochs 40 --weights resnet.safetensors
//! cargo run --release --example resnet -- --data FOLDER     # with MNIST's files, or Fashion-MNIST's
//! ```

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net_examples::augment::Augment;
use static_net_examples::data::Dataset;
use static_net_examples::mnist::{PIXELS, digits};
use static_net_examples::score::{accuracy, majority, predictions};
use static_net_examples::show::{confusion, declaration};

network! {
    /// A residual network (He et al. 2016) in small: three blocks, of which two halve the resolution and
    /// double the channels.
    pub struct ResNet<
        [1, 28, 28]
        => conv(16, 5, stride: 2, padding: 2, bias: false) => relu batch_norm
        => relu residual(
            conv(16, 3, padding: 1, bias: false) => relu batch_norm
            => conv(16, 3, padding: 1, bias: false) => batch_norm
        )
        => relu residual(
            conv(32, 3, stride: 2, padding: 1, bias: false) => relu batch_norm
            => conv(32, 3, padding: 1, bias: false) => batch_norm;
            project: conv(32, 1, stride: 2, bias: false) => batch_norm
        )
        => relu residual(
            conv(64, 3, stride: 2, padding: 1, bias: false) => relu batch_norm
            => conv(64, 3, padding: 1, bias: false) => batch_norm;
            project: conv(64, 1, stride: 2, bias: false) => batch_norm
        )
        => global_avg_pool => 10
    >;
}

/// Learns to read handwritten digits.
#[derive(Parser)]
struct Options {
    /// A folder with MNIST's files; by default 2,500 digits that are part of this program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Shift, turn and scale each digit a little, anew in each epoch.
    #[arg(long)]
    augment: bool,
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
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
    /// One epoch over a few digits: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let mut options = Options::parse();
    println!("{}\n\n{}", declaration::<ResNet>(), ResNet::summary());
    let (mut train, mut test) = digits(options.data.as_deref())?;
    if options.quick {
        options.epochs = 1;
        (train, test) = (train.first(96), test.first(50));
    }
    println!("{} digits to learn from, {} held out", train.len(), test.len());

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = ResNet::new(&mut rng);
    train_network(&mut net, &train, &test, &options, &mut rng)?;
    report(&net, &test);
    save_and_load(&net, &test, options.weights)
}

fn train_network(
    net: &mut ResNet,
    train: &Dataset<PIXELS, usize>,
    test: &Dataset<PIXELS, usize>,
    options: &Options,
    rng: &mut StdRng,
) -> Result<()> {
    let augment = options.augment.then_some(Augment { shift: 2.0, rotation: 12.0, scale: 0.12 });
    let batch = usize::from(options.batch);
    let steps = options.epochs as usize * train.len().div_ceil(batch);
    let rates = Cosine::new(3e-3, 0.0, steps);
    let mut step = 0;
    let mut optimizer = AdamW::new(&*net).weight_decay(0.05);

    // Memory that every step uses again.
    let mut gradient = ResNet::zeros();
    let mut activations = net.activations(&train.first(batch).inputs);
    let mut workspace = Workspace::new();

    let bar = ProgressBar::new(steps as u64)
        .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}")?);
    println!("\nepoch      loss  held-out accuracy  digits per second");
    let mut order: Vec<usize> = (0..train.len()).collect();
    for epoch in 1..=options.epochs {
        let start = Instant::now();
        order.shuffle(rng);
        let mut sum = 0.0;
        for indices in order.chunks(batch) {
            let mut digits = train.select(indices);
            if let Some(augment) = augment {
                augment.apply(&mut digits.inputs, rng);
            }
            net.train_into(&digits.inputs, rng, &mut activations);
            let (loss, d_output) = CrossEntropy.loss(&activations.output, &digits.targets);
            gradient.fill_zero();
            net.backward_into(&activations, &d_output, &mut gradient, None, &mut workspace);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(net, &gradient);
            step += 1;
            sum += loss * indices.len() as f32;
            bar.inc(1);
        }
        let speed = train.len() as f64 / start.elapsed().as_secs_f64();
        let loss = sum / train.len() as f32;
        let accuracy = accuracy(&predictions(&net.forward(&test.inputs)), &test.targets);
        bar.suspend(|| {
            println!("{epoch:>5}  {loss:>8.4}  {:>15.2} %  {speed:>17.0}", 100.0 * accuracy);
        });
    }
    bar.finish_and_clear();
    println!("trained in {:.1} s\n", bar.elapsed().as_secs_f64());
    Ok(())
}

fn report(net: &ResNet, test: &Dataset<PIXELS, usize>) {
    let predicted = predictions(&net.forward(&test.inputs));
    println!("Held-out digits: rows as written, columns as read\n");
    println!("{}", confusion(&predicted, &test.targets, &test.classes));
    // No epoch was chosen by what it does here: it is the last one.
    println!(
        "Held-out accuracy {:.2} % ({:.1} % by always naming the same digit)",
        100.0 * accuracy(&predicted, &test.targets),
        100.0 * majority(&test.targets)
    );
}

/// Saves the network, loads it as another process would, and checks that both read alike.
fn save_and_load(
    net: &ResNet,
    test: &Dataset<PIXELS, usize>,
    weights: Option<PathBuf>,
) -> Result<()> {
    let is_kept = weights.is_some();
    let path = weights.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("resnet-{}.safetensors", std::process::id()))
    });
    net.save(&path).with_context(|| format!("cannot save {}", path.display()))?;
    let bytes = std::fs::metadata(&path)?.len();
    let loaded = ResNet::load(&path).with_context(|| format!("cannot load {}", path.display()))?;
    ensure!(
        loaded.forward(&test.inputs) == net.forward(&test.inputs),
        "the loaded network reads otherwise than the saved one"
    );
    let what = if is_kept { "in " } else { "through the temporary file " };
    println!("Saved and loaded {bytes} bytes {what}{}: the same outputs", path.display());
    if !is_kept {
        std::fs::remove_file(&path)?;
    }
    Ok(())
}
