//! Grades red wines by their chemistry, next to the two usual baselines: the mean grade and linear least
//! squares.
//!
//! Five-fold cross-validation: each wine is graded once, by models that never saw it. Scaling, mean, least
//! squares and network all come from the other four fifths alone.
//!
//! ```text
//! cargo run --release --example tabular
//! ```

use anyhow::{Context, Result};
use clap::Parser;
use static_net::nalgebra::{DMatrix, DVector};
use static_net::prelude::*;
use static_net::rand::seq::SliceRandom;
use static_net_examples::data::{Batch, Dataset, Standardizer, winequality_red};
use static_net_examples::show::declaration;

network! {
    /// Eleven measurements of a wine to its grade.
    pub struct Grader< 11 => silu 32 => silu 16 => 1 >;
}

/// Grades red wines by their chemistry.
#[derive(Parser)]
struct Options {
    /// How often to go through the training wines.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..))]
    epochs: u16,
    /// Where the random numbers start: the same seed gives the same numbers below.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

const FOLDS: usize = 5;
const BATCH: usize = 32;

fn main() -> Result<()> {
    let options = Options::parse();
    println!("{}\n\n{}", declaration::<Grader>(), Grader::summary());

    let all = winequality_red()?;
    let wines = all.without_duplicates();
    println!(
        "{} red wines, grades 3 to 8; {} rows that repeat another are left out, since a model that has \
         seen\na wine's twin has seen its grade\n",
        wines.len(),
        all.len() - wines.len()
    );

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut order: Vec<usize> = (0..wines.len()).collect();
    order.shuffle(&mut rng);

    println!("Root mean squared error on the held-out fold, in grades");
    println!("{:<8}{:>12}{:>16}{:>12}", "fold", "mean grade", "least squares", "network");
    let (mut errors, mut better) = ([const { Vec::new() }; 3], 0);
    for fold in 0..FOLDS {
        let is_held_out = |position: usize| position % FOLDS == fold;
        let part = |held_out: bool| {
            let positions = (0..order.len()).filter(|&position| is_held_out(position) == held_out);
            wines.select(&positions.map(|position| order[position]).collect::<Vec<_>>())
        };
        let (mut train, mut test) = (part(false), part(true));
        let standardizer = Standardizer::fit(&train.inputs);
        train.inputs = standardizer.apply(&train.inputs);
        test.inputs = standardizer.apply(&test.inputs);

        let graded = [
            vec![mean(&train.targets); test.len()],
            least_squares(&train, &test.inputs)?,
            network(&train, &test.inputs, options.epochs, &mut rng),
        ];
        let of_fold = graded.map(|graded| -> Vec<f64> {
            let pairs = graded.iter().zip(&test.targets);
            pairs.map(|(graded, target)| f64::from(graded - target)).collect()
        });
        let [by_mean, by_line, by_network] = of_fold.each_ref().map(|of_fold| rms(of_fold));
        println!("{:<8}{by_mean:>12.3}{by_line:>16.3}{by_network:>12.3}", fold + 1);
        better += usize::from(by_network < by_line);
        errors.iter_mut().zip(of_fold).for_each(|(errors, of_fold)| errors.extend(of_fold));
    }

    let [by_mean, by_line, by_network] = errors.each_ref().map(|errors| rms(errors));
    println!("{:<8}{by_mean:>12.3}{by_line:>16.3}{by_network:>12.3}", "all");
    println!("\nThe network is closer than least squares on {better} of {FOLDS} folds");
    let explained = |error: f64| 100.0 * (1.0 - (error / by_mean).powi(2));
    println!(
        "Of the grades' variance, least squares explains {:.1} % and the network {:.1} %",
        explained(by_line),
        explained(by_network)
    );
    // Within half a grade: right when rounded.
    let right = |errors: &[f64]| {
        100.0 * errors.iter().filter(|error| error.abs() < 0.5).count() as f64 / errors.len() as f64
    };
    println!(
        "Rounded to whole grades, the mean is right for {:.1} % of the wines, least squares for {:.1} %, the \
         network for {:.1} %",
        right(&errors[0]),
        right(&errors[1]),
        right(&errors[2])
    );
    Ok(())
}

/// Trains a new network on standardised wines and grades others with it.
fn network(train: &Dataset<11, f32>, wines: &Batch<11>, epochs: u16, rng: &mut StdRng) -> Vec<f32> {
    // Networks learn targets near zero faster, so it learns the distance from the mean.
    let mean = mean(&train.targets);
    let mut net = Grader::new(rng);
    let steps = usize::from(epochs) * train.len().div_ceil(BATCH);
    let rates = Cosine::new(3e-3, 0.0, steps);
    let mut step = 0;
    let mut optimizer = AdamW::new(&net).weight_decay(0.1);
    let mut training = net.training();
    let mut order: Vec<usize> = (0..train.len()).collect();
    for _ in 0..epochs {
        order.shuffle(rng);
        for indices in order.chunks(BATCH) {
            let batch = train.select(indices);
            let targets = Batch::<1>::from_row_slice(&batch.targets).add_scalar(-mean);
            training.forward(&net, &batch.inputs);
            training.backward(&net, MeanSquaredError, &targets);
            optimizer.set_learning_rate(rates.at(step));
            optimizer.step(&mut net, training.gradient());
            step += 1;
        }
    }
    net.forward(wines).iter().map(|output| output + mean).collect()
}

/// Linear least squares: the line through the training wines, at other wines.
fn least_squares(train: &Dataset<11, f32>, wines: &Batch<11>) -> Result<Vec<f32>> {
    // One row for each wine: its measurements, then a one for the intercept.
    let design = |inputs: &Batch<11>| {
        DMatrix::from_fn(inputs.ncols(), 12, |wine, feature| match feature {
            11 => 1.0,
            _ => f64::from(inputs[(feature, wine)]),
        })
    };
    let targets = train.targets.iter().map(|&target| f64::from(target));
    let targets = DVector::from_iterator(train.len(), targets);
    let coefficients = design(&train.inputs)
        .svd(true, true)
        .solve(&targets, 1e-9)
        .map_err(anyhow::Error::msg)
        .context("least squares")?;
    Ok((design(wines) * coefficients).iter().map(|&grade| grade as f32).collect())
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}

/// The root mean square.
fn rms(errors: &[f64]) -> f64 {
    (errors.iter().map(|error| error * error).sum::<f64>() / errors.len() as f64).sqrt()
}
