//! What each layer makes of handwritten digits, before and after training.
//!
//! A network learns from one half of the digits to tell odd ones from even ones, which the raw pixels hardly show: a 3
//! looks more like an 8 than like a 1. The other half shows its representations, from the input to the output. For
//! each of them a table tells how much a linear classifier reads off it, how much of it two numbers hold, how far it
//! has come from the input, and which units are dead. A PNG draws those two numbers: odd and even digits are mixed
//! in the input, and the layers draw them apart.
//!
//! ```text
//! cargo run --release --example representations
//! cargo run --release --example representations -- --epochs 5 --output representations.png
//! ```

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net::representation::{LinearProbe, Report, Representations};
use static_net_examples::data::{Dataset, digits};
use static_net_examples::picture::{Colour, Picture, Place, default_path};
use static_net_examples::score::{accuracy, predictions};
use static_net_examples::show::declaration;

network! {
    /// 8 by 8 pixels to two scores, for even and for odd.
    pub struct Parity< 64 => relu 32 => relu 16 => 2 >;
}

/// Shows what the layers of a network make of handwritten digits.
#[derive(Parser)]
struct Options {
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Where the random numbers start: the same seed gives the same network.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to draw the representations; by default in the folder `target` of the workspace.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A few epochs and digits: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

const BATCH: usize = 32;
const CLASSES: [&str; 2] = ["even", "odd"];
const COLOURS: [Colour; 2] = [Colour(31, 119, 180), Colour(255, 127, 14)];

fn main() -> Result<()> {
    let mut options = Options::parse();
    let output = options.output.take().unwrap_or_else(|| default_path("representations.png"));
    // Opened first: what cannot be written should not be noticed after the training.
    let picture = Picture::new(&output, PICTURE)?;
    println!("{}\n", declaration::<Parity>());

    let (mut train, mut shown) = digits()?.split(0.5, 1);
    for digits in [&mut train, &mut shown] {
        digits.targets.iter_mut().for_each(|digit| *digit %= 2);
        digits.classes = CLASSES.to_vec();
    }
    if options.quick {
        options.epochs = 3;
        (train, shown) = (train.first(200), shown.first(200));
    }
    println!("{} digits to learn from, {} others to look at\n", train.len(), shown.len());

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut net = Parity::new(&mut rng);
    let before = Representations::of(&net, &shown.inputs)?;
    let before_report = report(&before, &shown)?;
    println!("Before training: {before_report}");

    train_network(&mut net, &train, options.epochs, &mut rng)?;
    let after = Representations::of(&net, &shown.inputs)?;
    let after_report = report(&after, &shown)?;
    println!("After training: {after_report}");
    let right = accuracy(&predictions(&net.forward(&shown.inputs)), &shown.targets);
    println!("The network itself is right about {:.1} % of these digits.\n", 100.0 * right);

    let aligned = before.cka_with(&after)?;
    println!("How much of each stage training has left as it was (CKA before and after)");
    for (index, stage) in after.stages().iter().enumerate() {
        println!("{:<8}{:>6.3}", stage.name(), aligned[(index, index)]);
    }

    draw(picture, [(&before, &before_report), (&after, &after_report)], &shown.targets)?;
    println!("\nTwo principal components of each are drawn in {}", output.display());
    Ok(())
}

/// The probe holds out the same digits each time, so that its numbers can be compared.
fn report(representations: &Representations, digits: &Dataset<64, usize>) -> Result<Report> {
    let mut rng = StdRng::seed_from_u64(1);
    Ok(representations.report_with_probe(&LinearProbe::new(), &digits.targets, &mut rng)?)
}

fn train_network(
    net: &mut Parity,
    train: &Dataset<64, usize>,
    epochs: u32,
    rng: &mut StdRng,
) -> Result<()> {
    let steps = epochs as usize * train.len().div_ceil(BATCH);
    let rates = Cosine::new(3e-3, 0.0, steps);
    let mut step = 0;
    let mut optimizer = AdamW::new(&*net).weight_decay(0.02);
    let mut training = net.training();
    let mut order: Vec<usize> = (0..train.len()).collect();
    let bar = ProgressBar::new(epochs.into()).with_style(ProgressStyle::with_template(
        "{bar:40} epoch {pos}/{len}, loss {msg}, {elapsed}",
    )?);
    for _ in 0..epochs {
        order.shuffle(rng);
        let mut sum = 0.0;
        for indices in order.chunks(BATCH) {
            let batch = train.select(indices);
            training.forward(net, &batch.inputs);
            let loss = training.backward(net, CrossEntropy, &batch.targets);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(net, training.gradient());
            step += 1;
            sum += loss * indices.len() as f32;
        }
        bar.set_message(format!("{:.4}", sum / train.len() as f32));
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!("trained for {epochs} epochs in {:.2} s\n", bar.elapsed().as_secs_f64());
    Ok(())
}

/// The side of one map.
const SIDE: i32 = 340;
/// From one map to the next, across and down.
const PITCH: (i32, i32) = (SIDE + 16, SIDE + 72);
/// Where the first map stands: names of the rows are to its left, the title and the digits above it.
const CORNER: Place = (150, 160);
const PICTURE: (u32, u32) = {
    let stages = Parity::STAGES.len() as i32 + 1;
    ((CORNER.0 + stages * PITCH.0 + 8) as u32, (CORNER.1 + 2 * PITCH.1 - 42) as u32)
};

fn draw(picture: Picture, rows: [(&Representations, &Report); 2], classes: &[usize]) -> Result<()> {
    picture.heading("Is the digit odd? What each layer makes of it", (20, 18), 28)?;
    let about = "Two principal components of digits the network has not learned from";
    picture.caption(about, (20, 56), 19)?;
    let (right, _) = PICTURE;
    for (class, (name, colour)) in CLASSES.into_iter().zip(COLOURS).enumerate() {
        let x = right as i32 - 210 + 110 * class as i32;
        picture.dot((x, 41), 8, colour)?;
        picture.heading(name, (x + 15, 31), 22)?;
    }
    for (row, (name, (representations, report))) in
        ["untrained", "trained"].into_iter().zip(rows).enumerate()
    {
        let y = CORNER.1 + row as i32 * PITCH.1;
        picture.heading(name, (20, y + SIDE / 2 - 12), 22)?;
        for (column, (stage, told)) in
            representations.stages().iter().zip(&report.stages).enumerate()
        {
            let at = (CORNER.0 + column as i32 * PITCH.0, y);
            let title = match stage.text() {
                "" => format!("{}: {} pixels", stage.name(), stage.units()),
                text => format!("{}: {text}", stage.name()),
            };
            picture.heading(&title, (at.0, y - 48), 19)?;
            let held_out = told.probe.map_or(0.0, |probe| probe.held_out);
            let probe = format!("a linear probe gets {:.1} % right", 100.0 * held_out);
            picture.caption(&probe, (at.0, y - 25), 17)?;
            picture.frame(at, (SIDE, SIDE))?;
            scatter(&picture, &stage.pca2().coordinates, classes, at)?;
        }
    }
    picture.save()
}

/// Both axes have the same scale, so that distances are what they are.
fn scatter(
    picture: &Picture,
    places: &OMatrix<f64, Const<2>, Dyn>,
    classes: &[usize],
    at: Place,
) -> Result<()> {
    const MARGIN: f64 = 12.0;
    let middle = [0, 1].map(|axis| (places.row(axis).max() + places.row(axis).min()) / 2.0);
    let widest = [0, 1].map(|axis| places.row(axis).max() - places.row(axis).min());
    let scale = (f64::from(SIDE) - 2.0 * MARGIN) / widest[0].max(widest[1]).max(f64::MIN_POSITIVE);
    let half = f64::from(SIDE) / 2.0;
    for (place, &class) in places.column_iter().zip(classes) {
        let right = (half + scale * (place[0] - middle[0])).round() as i32;
        let down = (half - scale * (place[1] - middle[1])).round() as i32;
        picture.dot((at.0 + right, at.1 + down), 3, COLOURS[class])?;
    }
    Ok(())
}
