//! What a convolutional network has learned to see, as one picture: LeNet-5's filters, what its layers
//! make of a digit, and what excites their units the most - edges, then pieces of strokes, then parts of
//! digits.
//!
//! The third needs no knowledge of the network but its activations: for each unit, the places in the
//! digits where it is most active. A unit of the dense layer sees the whole digit; which part of it
//! matters shows when a patch is covered and the unit falls silent (Zeiler and Fergus 2014).
//!
//! ```text
//! cargo run --release --example filters
//! cargo run --release --example mnist -- --augment --weights lenet.safetensors
//! cargo run --release --example filters -- --weights lenet.safetensors --output filters.png
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net_examples::augment::Augment;
use static_net_examples::data::{Batch, Dataset};
use static_net_examples::mnist::{PIXELS, SIDE, digits};
use static_net_examples::picture::{Colour, Picture, Place, default_path, ink, signed, tinted};
use static_net_examples::score::{accuracy, predictions};
use static_net_examples::show::declaration;

network! {
    /// The network of the example `mnist`, so that weights saved there are read here.
    pub struct LeNet<
        [1, 28, 28]
        => c1: relu conv(6, 5, padding: 2) => s2: max_pool(2)
        => c3: relu conv(16, 5) => s4: max_pool(2)
        => flatten => c5: relu 120 => f6: relu 84 => 10
    >;
}

/// Draws what LeNet-5 has learned to see.
#[derive(Parser)]
struct Options {
    /// A folder with MNIST's files; by default 2,500 digits that are part of this program.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Weights that the example `mnist` has saved; without them a network is trained first.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Where the random numbers start: the same seed gives the same network.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to draw; by default in the folder `target` of the workspace.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// One epoch over a few digits: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let mut options = Options::parse();
    let output = options.output.take().unwrap_or_else(|| default_path("filters.png"));
    // Opened first: what cannot be written should not be noticed after the training.
    let picture = Picture::new(&output, PICTURE)?;
    println!("{}\n\n{}", declaration::<LeNet>(), LeNet::summary());
    let (mut train, mut test) = digits(options.data.as_deref())?;
    if options.quick {
        options.epochs = 1;
        (train, test) = (train.first(96), test.first(50));
    }
    let net = match &options.weights {
        Some(path) => load(path)?,
        None => trained(&train, options.epochs, options.seed)?,
    };
    let accuracy = accuracy(&predictions(&net.forward(&test.inputs)), &test.targets);
    println!("Held-out accuracy {:.2} %", 100.0 * accuracy);

    draw_filters(&picture, &net)?;
    draw_stages(&picture, &net, &test)?;
    // Digits the network knows: they are more, and here nothing is to be proved.
    draw_exciting(&picture, &net, &train.first(2000))?;
    picture.save()?;
    println!("Drawn in {}", output.display());
    Ok(())
}

fn load(path: &Path) -> Result<Aligned<LeNet>> {
    LeNet::load(path).with_context(|| format!("cannot load {}", path.display()))
}

fn trained(train: &Dataset<PIXELS, usize>, epochs: u32, seed: u64) -> Result<Aligned<LeNet>> {
    const BATCH: usize = 32;
    let augment = Augment { shift: 2.0, rotation: 12.0, scale: 0.12 };
    let mut rng = StdRng::seed_from_u64(seed);
    let mut net = LeNet::new(&mut rng);
    let steps = epochs as usize * train.len().div_ceil(BATCH);
    let rates = Cosine::new(3e-3, 0.0, steps);
    let mut step = 0;
    // Much decay: what is left of the random start would hide what was learned.
    let mut optimizer = AdamW::new(&net).weight_decay(0.5);
    let mut training = net.training();
    let mut order: Vec<usize> = (0..train.len()).collect();
    let bar = ProgressBar::new(epochs.into()).with_style(ProgressStyle::with_template(
        "{bar:40} epoch {pos}/{len}, loss {msg}, {elapsed}",
    )?);
    for _ in 0..epochs {
        order.shuffle(&mut rng);
        let mut sum = 0.0;
        for indices in order.chunks(BATCH) {
            let mut digits = train.select(indices);
            augment.apply(&mut digits.inputs, &mut rng);
            training.forward(&net, &digits.inputs);
            let loss = training.backward(&net, CrossEntropy, &digits.targets);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(&mut net, training.gradient());
            step += 1;
            sum += loss * indices.len() as f32;
        }
        bar.set_message(format!("{:.4}", sum / train.len() as f32));
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!("trained for {epochs} epochs in {:.1} s", bar.elapsed().as_secs_f64());
    Ok(net)
}

const PICTURE: (u32, u32) = (1460, 1120);
const LEFT: i32 = 30;

fn draw_filters(picture: &Picture, net: &LeNet) -> Result<()> {
    picture.heading("What the first layer looks for", (LEFT, 18), 24)?;
    let text = "c1: six filters of 5 x 5 pixels; red wants ink, blue wants paper";
    picture.caption(text, (LEFT, 52), 16)?;
    for unit in 0..net.c1.weight.len() {
        draw_filter(picture, net, unit, (LEFT + unit as i32 * 156, 84), 28)?;
    }
    Ok(())
}

fn draw_filter(picture: &Picture, net: &LeNet, unit: usize, at: Place, zoom: usize) -> Result<()> {
    // From the one channel that goes in. A matrix is stored column by column, a picture row by row.
    let filter = net.c1.weight[unit][0].transpose();
    let colours: Vec<Colour> = filter.iter().map(|weight| signed(weight / filter.amax())).collect();
    picture.tile(&colours, filter.nrows(), at, zoom)
}

/// The representations of one digit.
fn draw_stages(picture: &Picture, net: &LeNet, test: &Dataset<PIXELS, usize>) -> Result<()> {
    const TOP: i32 = 250;
    let shown = test.targets.iter().position(|&target| target == 3).unwrap_or(0);
    let activations = net.activations(&test.inputs.column(shown));
    picture.heading("What the layers make of a digit", (LEFT, TOP), 24)?;
    let row = TOP + 58;

    let read = predictions(&net.forward(&test.first(shown + 1).inputs))[shown];
    picture.caption(&format!("read as {read}"), (LEFT, row - 22), 16)?;
    picture.tile(&inked(activations.input.as_slice()), SIDE, (LEFT, row), 4)?;

    let x = LEFT + 136;
    picture.caption("c1: 6 maps of 28 x 28, one for each filter", (x, row - 22), 16)?;
    for (index, map) in maps(activations.c1.as_slice(), 6).enumerate() {
        picture.tile(&map, 28, (x + 92 * index as i32, row), 3)?;
    }

    let x = x + 6 * 92 + 24;
    picture.caption("c3: 16 maps of 10 x 10", (x, row - 22), 16)?;
    for (index, map) in maps(activations.c3.as_slice(), 16).enumerate() {
        let at = (x + 58 * (index % 8) as i32, row + 58 * (index / 8) as i32);
        picture.tile(&map, 10, at, 5)?;
    }

    let x = x + 8 * 58 + 18;
    picture.caption("c5: 120 units", (x, row - 22), 16)?;
    let [units] = maps(activations.c5.as_slice(), 1).collect::<Vec<_>>().try_into().expect("one");
    picture.tile(&units, 12, (x, row), 11)?;
    Ok(())
}

/// Maps that stand one behind the other, their largest value as ink.
fn maps(values: &[f32], count: usize) -> impl Iterator<Item = Vec<Colour>> {
    let largest = values.iter().copied().fold(f32::EPSILON, f32::max);
    values
        .chunks(values.len() / count)
        .map(move |map| map.iter().map(|value| ink(value / largest)).collect())
}

fn inked(pixels: &[f32]) -> Vec<Colour> {
    pixels.iter().map(|&pixel| ink(pixel)).collect()
}

/// How many units of a layer are shown.
const UNITS: usize = 6;
/// How many digits are shown to each.
const PEAKS: usize = 5;
/// The height of what is shown, and from one to the next.
const PITCH: i32 = 92;

/// For units of three layers, what they answer to the most.
fn draw_exciting(picture: &Picture, net: &LeNet, digits: &Dataset<PIXELS, usize>) -> Result<()> {
    const TOP: i32 = 450;
    picture.heading("What excites their units the most", (LEFT, TOP), 24)?;
    let [c1, c3, c5] = [LEFT, LEFT + 475, LEFT + 950];
    let row = TOP + 92;
    for (x, lines) in [
        (
            c1,
            [
                "c1: edges. The filter, and the 5 x 5 pixels",
                "it answers to the most, in four digits",
            ],
        ),
        (
            c3,
            [
                "c3: pieces of strokes. It sees 14 x 14 pixels",
                "through the filters of c1 and a pool",
            ],
        ),
        (
            c5,
            [
                "c5: parts of digits. It sees all; its answer",
                "falls most where covering what is red",
            ],
        ),
    ] {
        picture.caption(lines[0], (x, TOP + 38), 16)?;
        picture.caption(lines[1], (x, TOP + 58), 16)?;
    }

    let inputs = &digits.inputs;
    for (unit, peaks) in peaks(net, inputs, 6, |all| all.c1.as_slice()).iter().enumerate() {
        let y = row + unit as i32 * PITCH;
        draw_filter(picture, net, unit, (c1, y), 16)?;
        for (index, peak) in peaks[1..].iter().enumerate() {
            // c1 adds two rows above and two columns on the left.
            let corner = [peak.place / 28, peak.place % 28].map(|place| place as isize - 2);
            let seen = patch::<5>(inputs, peak.digit, corner);
            picture.tile(&seen, 5, (c1 + 106 + index as i32 * 86, y), 16)?;
        }
    }

    let mut units = peaks(net, inputs, 16, |all| all.c3.as_slice());
    units.sort_by(|left, right| right[PEAKS - 1].value.total_cmp(&left[PEAKS - 1].value));
    for (unit, peaks) in units[..UNITS].iter().enumerate() {
        for (index, peak) in peaks.iter().enumerate() {
            // A step of c3 is two pixels, for the pool between it and c1.
            let corner = [peak.place / 10, peak.place % 10].map(|place| 2 * place as isize - 2);
            let seen = patch::<14>(inputs, peak.digit, corner);
            let at = (c3 + index as i32 * 90, row + unit as i32 * PITCH);
            picture.tile(&seen, 14, at, 6)?;
        }
    }

    let units = peaks(net, inputs, 120, |all| all.c5.as_slice());
    for (row_index, &unit) in unlike(&units, &digits.targets).iter().enumerate() {
        for (index, peak) in units[unit].iter().enumerate() {
            let digit = inputs.column(peak.digit).clone_owned();
            let importance = importance(net, &digit, unit);
            let colours: Vec<Colour> =
                digit.iter().zip(importance).map(|(&value, part)| tinted(value, part)).collect();
            let at = (c5 + index as i32 * 90, row + row_index as i32 * PITCH);
            picture.tile(&colours, SIDE, at, 3)?;
        }
    }
    Ok(())
}

/// Where a unit is most active in a digit.
#[derive(Clone, Copy, Debug)]
struct Peak {
    value: f32,
    digit: usize,
    /// The position in the unit's map.
    place: usize,
}

/// For each unit of a layer the digits that excite it the most, the most exciting one first.
fn peaks(
    net: &LeNet,
    digits: &Batch<PIXELS>,
    units: usize,
    layer: fn(&LeNetActivations<Dyn>) -> &[f32],
) -> Vec<Vec<Peak>> {
    let mut peaks = vec![Vec::with_capacity(digits.ncols()); units];
    let all: Vec<usize> = (0..digits.ncols()).collect();
    // Not all representations of all digits at once: they would take much memory.
    for indices in all.chunks(100) {
        let activations = net.activations(&digits.select_columns(indices));
        let values = layer(&activations);
        for (&digit, maps) in indices.iter().zip(values.chunks(values.len() / indices.len())) {
            for (peaks, map) in peaks.iter_mut().zip(maps.chunks(maps.len() / units)) {
                let largest =
                    map.iter().enumerate().max_by(|left, right| left.1.total_cmp(right.1));
                let (place, &value) = largest.expect("a map has values");
                peaks.push(Peak { value, digit, place });
            }
        }
    }
    for peaks in &mut peaks {
        peaks.sort_by(|left, right| right.value.total_cmp(&left.value));
        peaks.truncate(PEAKS);
    }
    peaks
}

/// The most active units whose favourite digits are of different classes.
fn unlike(units: &[Vec<Peak>], classes: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|&left, &right| units[right][0].value.total_cmp(&units[left][0].value));
    let mut seen = [false; 10];
    order.retain(|&unit| !core::mem::replace(&mut seen[classes[units[unit][0].digit]], true));
    order.truncate(UNITS);
    order
}

/// The pixels that a unit sees, of which those outside the digit are paper.
fn patch<const WIDTH: usize>(
    digits: &Batch<PIXELS>,
    digit: usize,
    [top, left]: [isize; 2],
) -> Vec<Colour> {
    let inside = 0..SIDE as isize;
    (0..(WIDTH * WIDTH) as isize)
        .map(|place| (top + place / WIDTH as isize, left + place % WIDTH as isize))
        .map(|(row, column)| {
            if inside.contains(&row) && inside.contains(&column) {
                ink(digits[(row as usize * SIDE + column as usize, digit)])
            } else {
                ink(0.0)
            }
        })
        .collect()
}

/// How much a unit of `c5` depends on each pixel, up to 1: by how much its activity falls on average when
/// a patch with that pixel is covered with paper.
fn importance(net: &LeNet, digit: &SVector<f32, PIXELS>, unit: usize) -> Vec<f32> {
    const PATCH: usize = 6;
    const STEP: usize = 2;
    let corners: Vec<(usize, usize)> = (0..=SIDE - PATCH)
        .step_by(STEP)
        .flat_map(|row| (0..=SIDE - PATCH).step_by(STEP).map(move |column| (row, column)))
        .collect();
    let covers = |(row, column): (usize, usize), pixel: usize| {
        (row..row + PATCH).contains(&(pixel / SIDE))
            && (column..column + PATCH).contains(&(pixel % SIDE))
    };
    let covered = Batch::<PIXELS>::from_fn(corners.len(), |pixel, index| {
        if covers(corners[index], pixel) { 0.0 } else { digit[pixel] }
    });
    let answer = net.activations(digit).c5[unit];
    let answers = net.activations(&covered);
    let falls: Vec<f32> =
        answers.c5.row(unit).iter().map(|covered| (answer - covered).max(0.0)).collect();
    let mut importance: Vec<f32> = (0..PIXELS)
        .map(|pixel| {
            let over = (0..corners.len()).filter(|&index| covers(corners[index], pixel));
            let (count, sum) =
                over.fold((0, 0.0), |(count, sum), index| (count + 1, sum + falls[index]));
            sum / count.max(1) as f32
        })
        .collect();
    let largest = importance.iter().copied().fold(f32::EPSILON, f32::max);
    importance.iter_mut().for_each(|value| *value /= largest);
    importance
}
