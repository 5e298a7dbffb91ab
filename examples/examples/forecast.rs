//! Forecasts sunspots with a recurrent network, next to the baselines that a forecast has to beat.
//!
//! Each month the network says what the next 24 months will be. It learns from windows of the series up to 1969;
//! then it takes the whole series as a stream, one month after the other, and its forecasts from 1970 on are
//! compared with what came, beside the last month, the month one cycle earlier, and a linear autoregression of
//! 132 months. Settings were chosen with `--tune`, which looks at no month behind 1969.
//!
//! ```text
//! cargo run --release --example forecast
//! cargo run --release --example forecast -- --tune     # learns up to 1929, tested on 1930 to 1969
//! ```

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::nalgebra::{DMatrix, Dyn, OMatrix};
use static_net::prelude::*;
use static_net_examples::data::sunspots;

use static_net_examples::picture::{Colour, Picture, Place, default_path};
use static_net_examples::random::standard_normal;
use static_net_examples::show::declaration;

/// Months of a window to learn from.
const LENGTH: usize = 264;
/// Months at the beginning of a window whose forecasts do not count: nothing was remembered yet.
const WARM_UP: usize = 132;
/// How many months a forecast reaches ahead.
const AHEAD: usize = 24;
/// About one cycle of the sun.
const CYCLE: usize = 132;
const FORECASTS: usize = LENGTH * AHEAD;

network! {
    /// What a recurrence remembers of the months so far, beside a linear autoregression, as in LSTNet
    /// (Lai et al. 2018).
    pub struct Forecaster<
        [LENGTH, 1]
        => sum(memory: gru(48) => [LENGTH, 48] => AHEAD
            | transpose => linear: conv(AHEAD, 132, padding: causal) => transpose)
    >;
}

/// Forecasts sunspots up to two years ahead.
#[derive(Parser)]
struct Options {
    /// How many steps to learn.
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..))]
    steps: u32,
    /// How many networks learn, each from other random numbers; their mean is a forecast of its own.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    networks: u16,
    /// Windows to a step.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// Noise on the months of a window, against learning them by heart.
    #[arg(long, default_value_t = 0.1)]
    noise: f32,
    /// The largest learning rate.
    #[arg(long, default_value_t = 5e-3)]
    rate: f64,
    /// How strongly weights are drawn to zero.
    #[arg(long, default_value_t = 0.5)]
    decay: f64,
    /// Learn up to 1929 and test on 1930 to 1969, for choosing settings.
    #[arg(long)]
    tune: bool,
    /// Where the random numbers start: the same seed gives the same numbers below.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to draw the forecasts.
    #[arg(long, value_name = "FILE.png")]
    picture: Option<PathBuf>,
    /// A few steps of two networks: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

/// What is forecast at the end of each month, from the last one learned from on: a row for each month ahead.
type Forecasts = OMatrix<f32, Const<AHEAD>, Dyn>;

fn main() -> Result<()> {
    let mut options = Options::parse();
    if options.quick {
        (options.steps, options.networks) = (options.steps.min(10), options.networks.min(2));
    }
    println!("{}\n\n{}", declaration::<Forecaster>(), Forecaster::summary());
    let mut months = sunspots()?;
    let first = month(if options.tune { 1930 } else { 1970 });
    if options.tune {
        months.truncate(month(1970));
    }
    println!(
        "{} months to learn from, {} held out: {} to {}\n",
        first,
        months.len() - first,
        year(first),
        year(months.len() - 1)
    );
    // The spread of the counts grows with them, that of their square roots does not.
    let scale = Scale::of(&months[..first]);
    let scaled: Vec<f32> = months.iter().map(|&count| scale.apply(count)).collect();

    let networks = learn(&scaled[..first], &options)?;

    let by = |forecast: &dyn Fn(usize, usize) -> f32| {
        Forecasts::from_fn(months.len() - AHEAD - first + 1, |ahead, origin| {
            forecast(first - 1 + origin, ahead + 1)
        })
    };
    let last = by(&|now, _| months[now]);
    let cycle = by(&|now, ahead| months[now + ahead - CYCLE]);
    let linear = autoregression(&scaled, first)?.map(|value| scale.revert(value));
    let singles: Vec<Forecasts> =
        networks.iter().map(|net| streamed(net, &scaled, first)).collect();
    let sum = singles[1..].iter().fold(singles[0].clone(), |sum, single| sum + single);
    let network = (sum / singles.len() as f32).map(|value| scale.revert(value));

    let held_out = &months[first..];
    println!("Root mean squared error in sunspots, by months ahead");
    println!("{:<36}{:>8}{:>8}{:>8}{:>8}{:>10}", "", 1, 6, 12, 24, "1 to 24");
    print("as in the last month", &errors(held_out, &last));
    print("as one cycle of 11 years before", &errors(held_out, &cycle));
    print("linear autoregression of 132 months", &errors(held_out, &linear));
    let of_each =
        singles.iter().map(|single| errors(held_out, &single.map(|value| scale.revert(value))));
    let mean = of_each
        .fold([0.0; 5], |sum, errors| core::array::from_fn(|i| sum[i] + errors[i]))
        .map(|sum| sum / singles.len() as f32);
    print("a network", &mean);
    print(&format!("{} networks, their mean", singles.len()), &errors(held_out, &network));

    let [least, ours] = [&linear, &network].map(|forecasts| errors(held_out, forecasts)[4]);
    println!(
        "\nOver all months ahead the error of the networks is {:.0} % {} than that of the linear autoregression",
        100.0 * (ours / least - 1.0).abs(),
        if ours < least { "smaller" } else { "larger" }
    );

    let path = options.picture.unwrap_or_else(|| default_path("forecast.png"));
    draw(&path, &months, first, &network)?;
    println!("Forecasts drawn in {}", path.display());
    Ok(())
}

/// The index of January of a year.
fn month(year: usize) -> usize {
    12 * (year - 1749)
}

fn year(month: usize) -> usize {
    1749 + month / 12
}

/// Square roots of counts, shifted and scaled to mean 0 and standard deviation 1.
struct Scale {
    mean: f32,
    deviation: f32,
}

impl Scale {
    fn of(counts: &[f32]) -> Self {
        let roots =
            DMatrix::from_iterator(counts.len(), 1, counts.iter().map(|count| count.sqrt()));
        Scale { mean: roots.mean(), deviation: roots.variance().sqrt() }
    }

    fn apply(&self, count: f32) -> f32 {
        (count.sqrt() - self.mean) / self.deviation
    }

    fn revert(&self, value: f32) -> f32 {
        (self.mean + self.deviation * value).max(0.0).powi(2)
    }
}

/// Networks that each start from other random numbers.
fn learn(months: &[f32], options: &Options) -> Result<Vec<Aligned<Forecaster>>> {
    let steps = u64::from(options.steps);
    let bar = ProgressBar::new(steps * u64::from(options.networks))
        .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}, {msg}")?);
    let networks = (0..u64::from(options.networks)).map(|index| {
        learn_one(months, options, &mut StdRng::seed_from_u64(options.seed + index), &bar)
    });
    let networks = networks.collect();
    bar.finish_and_clear();
    println!("learned in {:.1} s", bar.elapsed().as_secs_f64());
    Ok(networks)
}

fn learn_one(
    months: &[f32],
    options: &Options,
    rng: &mut StdRng,
    bar: &ProgressBar,
) -> Aligned<Forecaster> {
    let mut net = Forecaster::new(rng);
    let (batch, steps) = (usize::from(options.batch), options.steps as usize);
    let rates = Cosine::new(options.rate, 0.0, steps).warm_up(steps / 20);
    let mut optimizer = AdamW::new(&net).weight_decay(options.decay);
    let mut windows = OMatrix::<f32, Const<LENGTH>, Dyn>::zeros(batch);
    let mut targets = OMatrix::<f32, Const<FORECASTS>, Dyn>::zeros(batch);
    let mut training = net.training();

    for step in 0..steps {
        for sample in 0..batch {
            let start = rng.random_range(0..=months.len() - LENGTH - AHEAD);
            for time in 0..LENGTH {
                let now = start + time;
                windows[(time, sample)] = months[now] + options.noise * standard_normal(rng);
                for ahead in 0..AHEAD {
                    targets[(time * AHEAD + ahead, sample)] = months[now + ahead + 1];
                }
            }
        }
        training.forward(&net, &windows);
        let loss = training.backward_with(&net, |activations, d_output| {
            let loss = MeanSquaredError.loss_into(&activations.output, &targets, d_output);
            // Nothing is asked of the warm-up.
            d_output.rows_mut(0, WARM_UP * AHEAD).fill(0.0);
            loss
        });
        clip_norm(training.gradient_mut(), 1.0);
        optimizer.set_learning_rate(rates.at(step));
        optimizer.step(&mut net, training.gradient());
        bar.inc(1);
        if step % 20 == 0 {
            bar.set_message(format!("loss {loss:.3}"));
        }
    }
    net
}

/// A network's forecasts. It takes one month after the other, from the first of the series on: many more than a window
/// to learn from has.
fn streamed(net: &Forecaster, months: &[f32], first: usize) -> Forecasts {
    let mut forecasts = Forecasts::zeros(months.len() - AHEAD - first + 1);
    let mut stream = net.stream();
    for (now, &count) in months[..months.len() - AHEAD].iter().enumerate() {
        let ahead: SVector<f32, AHEAD> = stream.push(&[count]);
        if now + 1 >= first {
            forecasts.set_column(now + 1 - first, &ahead);
        }
    }
    forecasts
}

/// For each month ahead the linear combination of the last 132 months that fits best where it is learned.
fn autoregression(months: &[f32], first: usize) -> Result<Forecasts> {
    // The last months, the newest first, then a one for the intercept.
    let design = |range: std::ops::Range<usize>| {
        DMatrix::from_fn(range.len(), CYCLE + 1, |row, column| match column {
            CYCLE => 1.0,
            lag => f64::from(months[range.start + row - lag]),
        })
    };
    let learned = CYCLE - 1..first - AHEAD;
    let targets = DMatrix::from_fn(learned.len(), AHEAD, |row, ahead| {
        f64::from(months[learned.start + row + ahead + 1])
    });
    let coefficients = design(learned)
        .svd(true, true)
        .solve(&targets, 1e-9)
        .map_err(anyhow::Error::msg)
        .context("least squares")?;
    let forecasts = design(first - 1..months.len() - AHEAD) * coefficients;
    Ok(Forecasts::from_fn(forecasts.nrows(), |ahead, now| forecasts[(now, ahead)] as f32))
}

/// The root mean squared errors 1, 6, 12 and 24 months ahead, then over all months ahead.
fn errors(held_out: &[f32], forecasts: &Forecasts) -> [f32; 5] {
    let errors = Forecasts::from_fn(forecasts.ncols(), |ahead, origin| {
        forecasts[(ahead, origin)] - held_out[origin + ahead]
    });
    let squares = errors.map(|error| error * error);
    let [one, six, twelve, two_years] = [1, 6, 12, 24].map(|ahead| squares.row(ahead - 1).mean());
    [one, six, twelve, two_years, squares.mean()].map(f32::sqrt)
}

fn print(name: &str, [one, six, twelve, two_years, all]: &[f32; 5]) {
    println!("{name:<36}{one:>8.1}{six:>8.1}{twelve:>8.1}{two_years:>8.1}{all:>10.2}");
}

/// The held-out months in black, and every second year's forecast in red.
fn draw(path: &Path, months: &[f32], first: usize, forecasts: &Forecasts) -> Result<()> {
    const SIZE: Place = (1200, 420);
    const MARGIN: Place = (50, 60);
    let largest = months[first..].iter().copied().fold(1.0, f32::max);
    let place = |month: usize, count: f32| {
        let right = (month - first) as f32 / (months.len() - first) as f32;
        let width = (SIZE.0 - 2 * MARGIN.0) as f32;
        let height = (SIZE.1 - 2 * MARGIN.1) as f32;
        let above = height * count / largest;
        (MARGIN.0 + (width * right) as i32, SIZE.1 - MARGIN.1 - above as i32)
    };
    let picture = Picture::new(path, (SIZE.0 as u32, SIZE.1 as u32))?;
    picture.heading(
        "Sunspots by month, and what a network said two years ahead",
        (MARGIN.0, 16),
        22,
    )?;
    let (from, to) = (place(first, largest), place(months.len(), 0.0));
    picture.frame(from, (to.0 - from.0, to.1 - from.1))?;
    for count in (0..=largest as usize).step_by(50) {
        let (left, height) = place(first, count as f32);
        picture.caption(&count.to_string(), (left - 34, height - 8), 15)?;
    }
    for decade in (year(first).next_multiple_of(5)..=year(months.len() - 1)).step_by(5) {
        let (right, below) = place(month(decade), 0.0);
        picture.caption(&decade.to_string(), (right - 16, below + 8), 15)?;
    }
    let seen = (first..months.len()).map(|month| place(month, months[month]));
    picture.line(seen.collect(), 2, Colour(60, 60, 66))?;
    for origin in (0..forecasts.ncols()).step_by(AHEAD) {
        let now = (first - 1 + origin).max(first);
        let start = place(now, months[now]);
        let ahead =
            (0..AHEAD).map(|ahead| place(first + origin + ahead, forecasts[(ahead, origin)]));
        picture.dot(start, 4, Colour(190, 24, 40))?;
        picture.line(ahead.collect(), 3, Colour(190, 24, 40))?;
    }
    picture.save()
}
