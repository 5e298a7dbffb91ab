//! Translates spelled-out numbers into digits, "three hundred and five" into 305, as Transformers first did it with
//! languages (Vaswani et al. 2017, <https://arxiv.org/abs/1706.03762>).
//!
//! An encoder reads the words, padded to one length: the padding is a mask, which hides it from attention. A decoder
//! writes one digit after the other: its blocks look back at what it has written, and by cross-attention
//! (`memory: &memory`) at what the encoder gives. Of the numbers from a hundred to a million 2,000 are held out; what
//! counts is how many of them are right in every digit.
//!
//! ```text
//! cargo run --release --example translate
//! cargo run --release --example translate -- "twelve thousand and seven" "nine hundred"
//! ```

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::prelude::*;
use static_net_examples::numerals::{
    DIGITS, END, LONGEST, START, WORDS, digits, shifted, spelled, tokens, written,
};
use static_net_examples::saved::save_and_load;

/// The digits, and the end of a number behind them.
const PLACES: usize = DIGITS + 1;
/// What the decoder foretells: a digit or the end.
const FORETOLD: usize = END as usize + 1;
/// What it may see: the start too.
const SEEN: usize = START as usize + 1;

network! {
    /// From words, and the digits so far, to the next digit at each place.
    pub struct Translator<
        (words: tokens(LONGEST, vocab: { WORDS.len() }, padding: 0), digits: tokens(PLACES, vocab: SEEN))
        => &words => embedding(64, std: 0.1) => position
        => repeat(2;
            residual(layer_norm => attention(heads: 4, mask: &words))
            => residual(layer_norm => relu 128 => 64))
        => memory: layer_norm
        => &digits => embedding(64, std: 0.1) => position
        => repeat(2;
            residual(layer_norm => attention(heads: 4, causal: true))
            => residual(layer_norm => attention(heads: 4, memory: &memory, mask: &words))
            => residual(layer_norm => relu 128 => 64))
        => layer_norm => FORETOLD
    >;
}

/// Learns to translate spelled-out numbers into digits.
#[derive(Parser)]
struct Options {
    /// Numbers in words, to be translated when it has learned; by default, some of those held out.
    numbers: Vec<String>,
    /// How many steps to learn.
    #[arg(long, default_value_t = 3000, value_parser = clap::value_parser!(u32).range(1..))]
    steps: u32,
    /// Numbers to a step.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// Where the random numbers start: the same seed gives the same network, and holds out the same numbers.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to leave the weights; by default a temporary file that is removed again.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// A few steps: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let mut options = Options::parse();
    if options.quick {
        options.steps = options.steps.min(60);
    }
    // Refused before the training, not behind it.
    let asked = options.numbers.iter().map(|text| tokens(text).with_context(|| text.clone()));
    let asked: Vec<_> = asked.collect::<Result<_>>()?;
    println!("{}", Translator::summary());

    let mut rng = StdRng::seed_from_u64(options.seed);
    let mut held_out = HashSet::new();
    while held_out.len() < 2000 {
        // The words of shorter ones are to be learned.
        held_out.extend(Some(draw(&mut rng)).filter(|&number| number >= 100));
    }
    let mut net = Translator::new(&mut rng);
    learn(&mut net, &held_out, &options, &mut rng)?;

    let mut test: Vec<u32> = held_out.into_iter().collect();
    test.sort_unstable();
    let start = Instant::now();
    let pairs = Pairs::of(&test);
    let given = translate(&net, &pairs.words);
    let seconds = start.elapsed().as_secs_f64();
    let is_right = |index: &usize| given[*index] == test[*index].to_string();
    let right = (0..test.len()).filter(is_right).count();
    println!(
        "{right} of {} held-out numbers are right in every digit, {:.2} %; {:.2} ms for each\n",
        test.len(),
        100.0 * right as f64 / test.len() as f64,
        1e3 * seconds / test.len() as f64
    );
    if asked.is_empty() {
        for index in (0..test.len()).step_by(test.len() / 8) {
            println!("{:>7}  {}", given[index], spelled(test[index]));
        }
    }
    for (text, digits) in options.numbers.iter().zip(translate(&net, &asked)) {
        println!("{digits:>7}  {text}");
    }
    println!();
    save_and_load(&*net, options.weights, |net| translate(net, &pairs.words[..100]))
}

/// A number below a million: each count of digits is as likely as any other.
fn draw(rng: &mut StdRng) -> u32 {
    let digits = rng.random_range(1..=DIGITS as u32);
    rng.random_range(0..10_u32.pow(digits))
}

/// Numbers as the network takes them, and what it is to foretell.
#[derive(Default)]
struct Pairs {
    words: Vec<[u32; LONGEST]>,
    seen: Vec<[u32; PLACES]>,
    next: Vec<[u32; PLACES]>,
}

impl Pairs {
    fn of(numbers: &[u32]) -> Self {
        let mut pairs = Pairs::default();
        for &number in numbers {
            let next = digits(number);
            pairs.words.push(tokens(&spelled(number)).expect("words of a number"));
            pairs.seen.push(shifted(&next));
            pairs.next.push(next);
        }
        pairs
    }

    fn input(&self) -> TranslatorInput<&[[u32; LONGEST]], &[[u32; PLACES]]> {
        TranslatorInput { words: &self.words, digits: &self.seen }
    }
}

fn learn(
    net: &mut Aligned<Translator>,
    held_out: &HashSet<u32>,
    options: &Options,
    rng: &mut StdRng,
) -> Result<()> {
    let steps = options.steps as usize;
    let warm_up = steps / 20;
    let rates = Cosine::new(2e-3, 0.0, steps - warm_up).warm_up(warm_up);
    let mut optimizer = AdamW::new(&*net).betas(0.9, 0.99).weight_decay(0.01);
    let loss = CrossEntropy.each_step::<FORETOLD>();
    let mut drawn = || {
        let numbers = core::iter::repeat_with(|| draw(rng));
        let learned = numbers.filter(|number| !held_out.contains(number));
        Pairs::of(&learned.take(options.batch.into()).collect::<Vec<_>>())
    };

    // Memory that every step uses again, made before the clock starts.
    let mut training = net.training();
    training.forward(net, &drawn().input());

    let bar = ProgressBar::new(steps as u64)
        .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}")?);
    println!("\n step    loss  numbers per second");
    let (mut sum, mut count, mut since) = (0.0, 0, Instant::now());
    for step in 0..steps {
        let pairs = drawn();
        training.forward(net, &pairs.input());
        sum += training.backward(net, loss, &pairs.next);
        clip_norm(training.gradient_mut(), 1.0);
        optimizer.set_learning_rate(rates.at(step));
        optimizer.step(net, training.gradient());
        count += 1;
        bar.inc(1);
        if count == 300 || step + 1 == steps {
            let speed = f64::from(count * u32::from(options.batch)) / since.elapsed().as_secs_f64();
            let mean = sum / count as f32;
            bar.suspend(|| println!("{:>5}  {mean:.4}  {speed:>18.0}", step + 1));
            (sum, count, since) = (0.0, 0, Instant::now());
        }
    }
    bar.finish_and_clear();
    println!("learned in {:.1} s\n", bar.elapsed().as_secs_f64());
    Ok(())
}

/// Writes for each number the likeliest digit behind those that it has written, until all are at their end.
fn translate(net: &Translator, words: &[[u32; LONGEST]]) -> Vec<String> {
    let mut seen = vec![shifted(&[END; PLACES]); words.len()];
    for place in 0..DIGITS {
        let logits = net.forward(&TranslatorInput { words, digits: &seen[..] });
        for (seen, logits) in seen.iter_mut().zip(logits.column_iter()) {
            seen[place + 1] = logits.rows(place * FORETOLD, FORETOLD).imax() as u32;
        }
        if seen.iter().all(|seen| seen[1..place + 2].contains(&END)) {
            break;
        }
    }
    seen.iter().map(|seen| written(&seen[1..])).collect()
}
