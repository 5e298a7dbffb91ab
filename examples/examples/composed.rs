//! An encoder and a decoder as nested networks: an autoencoder that squeezes handwritten digits through
//! two numbers and learns without a single label.
//!
//! Draws where the digits lie in those two numbers as a PNG, next to the usual baseline of the same
//! dimension: principal component analysis (PCA).
//!
//! ```text
//! cargo run --release --example composed
//! cargo run --release --example composed -- --output latent.png
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net_examples::data::{Batch, digits};
use static_net_examples::score::{mean_squared, nearest_neighbour_accuracy};
use static_net_examples::show::{declaration, side_by_side};

network! {
    /// 64 pixels to two numbers, both between -1 and 1.
    pub struct Encoder< 64 => silu 128 => silu 64 => silu 32 => tanh 2 >;

    /// Two numbers to 64 pixels, each between 0 and 1.
    pub struct Decoder< 2 => silu 32 => silu 64 => silu 128 => sigmoid 64 >;

    /// One after the other; what lies between them is the latent representation.
    pub struct Autoencoder< 64 => latent: Encoder => picture: Decoder >;
}

/// Learns a map of handwritten digits without their labels.
#[derive(Parser)]
struct Options {
    /// How often to go through the training digits.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    epochs: u32,
    /// Where the random numbers start: the same seed gives the same picture.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to draw the latent representation; by default in the folder `target` of the workspace.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

const BATCH: usize = 32;

fn main() -> Result<()> {
    let options = Options::parse();
    let output = options.output.unwrap_or_else(|| {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR"));
        examples.parent().unwrap_or(examples).join("target/latent.png")
    });
    let is_png = output.extension().is_some_and(|extension| extension == "png");
    ensure!(is_png, "the picture is a PNG: {} should end in .png", output.display());
    println!("{}\n", declaration::<Encoder>());
    println!("{}\n", declaration::<Decoder>());
    println!("{}\n\n{}", declaration::<Autoencoder>(), Autoencoder::summary());

    // The labels serve to split, to colour and to judge, never to learn.
    let (train, test) = digits()?.split(0.2, 1);
    println!("{} digits to learn from, {} held out", train.len(), test.len());

    let net = train_network(&train.inputs, options.epochs, options.seed)?;
    let pca = Pca::fit(&train.inputs);

    // A nested network is a field: the halves run on their own.
    let latent: Batch<2> = net.latent.forward(&test.inputs);
    let pictures: Batch<64> = net.picture.forward(&latent);
    let pca_latent = pca.encode(&test.inputs);
    let pca_pictures = pca.decode(&pca_latent);

    println!("\nHeld-out digits, the same through two numbers of PCA, and of the autoencoder\n");
    let first = |digit: usize| test.targets.iter().position(|&target| target == digit);
    let shown: Vec<usize> = (0..5).filter_map(first).collect();
    for (pictures, caption) in
        [(&test.inputs, "original"), (&pca_pictures, "PCA"), (&pictures, "autoencoder")]
    {
        let columns = shown.iter().map(|&index| pictures.column(index));
        let captions = shown.iter().map(|&index| format!("{}: {caption}", test.targets[index]));
        println!("{}", side_by_side(columns, captions));
    }

    draw(
        &output,
        [("PCA: two principal components", &pca_latent), ("Autoencoder: latent", &latent)],
        &test.targets,
    )
    .with_context(|| format!("cannot draw {}", output.display()))?;
    println!("Both maps of the held-out digits are drawn in {}\n", output.display());

    println!("Held-out digits through two numbers{:>15}{:>15}", "PCA", "autoencoder");
    let (pca_error, error) =
        (mean_squared(&pca_pictures, &test.inputs), mean_squared(&pictures, &test.inputs));
    println!("{:<35}{pca_error:>15.4}{error:>15.4}", "mean squared error of a pixel");
    let alike = |codes: &Batch<2>| 100.0 * nearest_neighbour_accuracy(codes, &test.targets);
    println!(
        "{:<35}{:>13.1} %{:>13.1} %",
        "nearest neighbour is the same digit",
        alike(&pca_latent),
        alike(&latent)
    );
    Ok(())
}

fn train_network(digits: &Batch<64>, epochs: u32, seed: u64) -> Result<Aligned<Autoencoder>> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut net = Autoencoder::new(&mut rng);
    let steps = epochs as usize * digits.ncols().div_ceil(BATCH);
    // A slow start: large first steps drive the tanh to its ends, where nothing more is learned.
    let warm_up = steps / 20;
    let rates = Cosine::new(2e-3, 0.0, steps - warm_up).warm_up(warm_up);
    let mut step = 0;
    let mut optimizer = Adam::new(&net);
    let mut training = net.training();
    let mut order: Vec<usize> = (0..digits.ncols()).collect();
    let bar = ProgressBar::new(epochs.into()).with_style(ProgressStyle::with_template(
        "{bar:40} epoch {pos}/{len}, loss {msg}, {elapsed}",
    )?);
    for _ in 0..epochs {
        order.shuffle(&mut rng);
        let mut sum = 0.0;
        for indices in order.chunks(BATCH) {
            let batch = digits.select_columns(indices);
            training.forward(&net, &batch);
            // The target is the input itself.
            let loss = training.backward(&net, MeanSquaredError, &batch);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(&mut net, training.gradient());
            step += 1;
            sum += loss * indices.len() as f32;
        }
        bar.set_message(format!("{:.4}", sum / digits.ncols() as f32));
        bar.inc(1);
    }
    bar.finish_and_clear();
    println!("trained for {epochs} epochs in {:.1} s", bar.elapsed().as_secs_f64());
    Ok(net)
}

/// Principal component analysis: the best linear autoencoder.
struct Pca {
    mean: SVector<f32, 64>,
    components: SMatrix<f32, 64, 2>,
}

impl Pca {
    fn fit(samples: &Batch<64>) -> Self {
        let mean = samples.column_mean();
        let mut centred = samples.clone();
        centred.column_iter_mut().for_each(|mut sample| sample -= &mean);
        // Of the scatter matrix, singular vectors are principal components, largest variance first.
        let scatter: SMatrix<f32, 64, 64> = &centred * centred.transpose();
        let components =
            scatter.svd(true, false).u.expect("asked for").fixed_columns::<2>(0).into();
        Pca { mean, components }
    }

    fn encode(&self, samples: &Batch<64>) -> Batch<2> {
        let mut codes = self.components.transpose() * samples;
        let mean = self.components.transpose() * self.mean;
        codes.column_iter_mut().for_each(|mut code| code -= &mean);
        codes
    }

    fn decode(&self, codes: &Batch<2>) -> Batch<64> {
        let mut samples = self.components * codes;
        samples.column_iter_mut().for_each(|mut sample| sample += &self.mean);
        samples
    }
}

/// Ten colours that also differ in lightness, one for each digit.
const COLOURS: [RGBColor; 10] = [
    RGBColor(31, 119, 180),
    RGBColor(255, 127, 14),
    RGBColor(44, 160, 44),
    RGBColor(214, 39, 40),
    RGBColor(148, 103, 189),
    RGBColor(140, 86, 75),
    RGBColor(227, 119, 194),
    RGBColor(110, 110, 110),
    RGBColor(188, 189, 34),
    RGBColor(23, 190, 207),
];

/// Draws two maps next to each other, with a legend to the right.
fn draw(path: &Path, maps: [(&str, &Batch<2>); 2], classes: &[usize]) -> Result<()> {
    // A font that is part of the program: no system has to have it.
    register_font("sans-serif", FontStyle::Normal, dejavu::sans::regular())
        .map_err(|_| anyhow::anyhow!("the font is faulty"))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let root = BitMapBackend::new(path, (1500, 720)).into_drawing_area();
    root.fill(&WHITE)?;
    let (charts, legend) = root.split_horizontally(1400);
    for ((title, codes), area) in maps.into_iter().zip(charts.split_evenly((1, 2))) {
        let range = |axis: usize| {
            let row = codes.row(axis);
            let (low, high) = (row.min(), row.max());
            let margin = 0.04 * (high - low).max(f32::EPSILON);
            low - margin..high + margin
        };
        // Adding zero makes 0.0 of what would be written -0.0.
        let tick = |value: &f32| format!("{:.1}", (10.0 * value).round() / 10.0 + 0.0);
        let mut chart = ChartBuilder::on(&area)
            .caption(title, ("sans-serif", 26))
            .margin(16)
            .x_label_area_size(36)
            .y_label_area_size(52)
            .build_cartesian_2d(range(0), range(1))?;
        chart
            .configure_mesh()
            .x_label_formatter(&tick)
            .y_label_formatter(&tick)
            .label_style(("sans-serif", 15))
            .light_line_style(TRANSPARENT)
            .bold_line_style(RGBColor(232, 232, 232))
            .axis_style(RGBColor(150, 150, 150))
            .draw()?;
        chart.draw_series(codes.column_iter().zip(classes).map(|(code, &class)| {
            Circle::new((code[0], code[1]), 5, COLOURS[class].mix(0.8).filled())
        }))?;
    }
    let centred = Pos::new(HPos::Left, VPos::Center);
    let letters = |size: i32| TextStyle::from(("sans-serif", size)).pos(centred);
    legend.draw(&Text::new("digit", (12, 66), letters(20)))?;
    for (class, colour) in COLOURS.iter().enumerate() {
        let y = 102 + 34 * class as i32;
        legend.draw(&Circle::new((22, y), 8, colour.filled()))?;
        legend.draw(&Text::new(class.to_string(), (42, y), letters(22)))?;
    }
    root.present()?;
    Ok(())
}
