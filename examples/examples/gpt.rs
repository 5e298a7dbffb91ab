//! A language model in one declaration: it learns Shakespeare letter by letter, and writes on.
//!
//! Shows tokens, attention and residuals in a declaration, a loss at each step of a sequence, a stream with a
//! key-value cache that writes one letter at a time, and weights that PyTorch loads: the stages have the names of
//! `examples/compare/gpt.py`, which trains the same model from the same weights on the same text.
//!
//! ```text
//! cargo run --release --example gpt
//! cargo run --release --example gpt -- --text FILE --steps 10000 --weights gpt.safetensors
//! cargo run --release --example gpt -- --load gpt.safetensors --steps 0 --prompt "To be"
//! ```
//!
//! To see that PyTorch learns the same from the same start (`pip install torch safetensors`):
//!
//! ```text
//! cargo run --release --example gpt -- --steps 500 --start start.safetensors
//! python3 examples/compare/gpt.py start.safetensors --steps 500 --ours 2.1916
//! ```

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use static_net::generation::Sampler;
use static_net::prelude::*;
use static_net_examples::show::declaration;
use static_net_examples::text::Corpus;

/// How many letters the model sees at a time.
const CONTEXT: usize = 64;
/// How many different letters it can tell apart; a text with more loses its rarest.
const VOCABULARY: usize = 96;

network! {
    /// A decoder of four blocks, as GPT-2 (Radford et al. 2019) is built of, whose names its stages have.
    pub struct Gpt<
        tokens(CONTEXT, vocab: VOCABULARY)
        => wte: embedding(64, std: 0.02) => wpe: position
        => blocks: repeat(4;
            mix: residual(norm: layer_norm => attn: attention(heads: 4, causal: true))
            => mlp: residual(norm: layer_norm => up: gelu 256 => down: 64))
        => norm: layer_norm => head: VOCABULARY
    >;
}

/// Learns to write as a text is written.
#[derive(Parser)]
struct Options {
    /// The text to learn from; by default the first million letters of Shakespeare, which are part of this program.
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// How many steps to learn; 0 only writes.
    #[arg(long, default_value_t = 3000)]
    steps: usize,
    /// Windows of text to a step.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..))]
    batch: u16,
    /// The largest learning rate; it falls to a tenth of it.
    #[arg(long, default_value_t = 2e-3)]
    rate: f64,
    /// Where the random numbers start: the same seed gives the same network and the same text.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Weights to start from instead of drawn ones.
    #[arg(long, value_name = "FILE")]
    load: Option<PathBuf>,
    /// Where to leave the weights before the first step, for a comparison.
    #[arg(long, value_name = "FILE")]
    start: Option<PathBuf>,
    /// Where to leave the weights.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// What to write on from.
    #[arg(long, default_value = "\n")]
    prompt: String,
    /// How many letters to write.
    #[arg(long, default_value_t = 600)]
    letters: usize,
    /// Below 1 the likely letters become likelier; 0 always takes the likeliest.
    #[arg(long, default_value_t = 0.8, value_parser = at_least_zero)]
    temperature: f64,
    /// Only the likeliest letters that together have this probability.
    #[arg(long, default_value_t = 0.95, value_parser = probability)]
    top_p: f64,
    /// A few steps and letters: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn at_least_zero(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if value >= 0.0 && f64::is_finite(value) => Ok(value),
        _ => Err("it is a number of at least 0".to_owned()),
    }
}

fn probability(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if value > 0.0 && value <= 1.0 => Ok(value),
        _ => Err("it is a number above 0 and at most 1".to_owned()),
    }
}

fn main() -> Result<()> {
    let mut options = Options::parse();
    if options.quick {
        (options.steps, options.letters) = (options.steps.min(20), options.letters.min(80));
    }
    println!("{}\n\n{}", declaration::<Gpt>(), Gpt::summary());
    let corpus = Corpus::read(options.text.as_deref(), VOCABULARY, CONTEXT)?;
    println!(
        "{} letters to learn from, {} held out, {} different ones{}",
        corpus.train.len(),
        corpus.test.len(),
        corpus.characters.len(),
        match corpus.left_out {
            0 => String::new(),
            count => format!("; {count} of rarer ones left out"),
        }
    );
    // Refused before the training, not behind it.
    let prompt = corpus.characters.encode(&options.prompt).context("the prompt cannot be read")?;
    ensure!(!prompt.is_empty(), "the prompt is empty: there has to be a letter to write on from");

    let mut net = match &options.load {
        Some(path) => Gpt::load(path)?,
        None => Gpt::new(&mut StdRng::seed_from_u64(options.seed)),
    };
    if let Some(path) = &options.start {
        net.save(path).with_context(|| format!("cannot save {}", path.display()))?;
    }
    if options.steps > 0 {
        learn(&mut net, &corpus, &options)?;
    }
    println!("held-out loss {:.4}\n", held_out(&net, &corpus.test));
    if let Some(path) = &options.weights {
        net.save(path).with_context(|| format!("cannot save {}", path.display()))?;
        ensure!(
            Gpt::load(path)?.state() == net.state(),
            "the weights in {} are not those saved",
            path.display()
        );
        println!("saved {}\n", path.display());
    }
    write(&net, &corpus, &options)
}

fn learn(net: &mut Aligned<Gpt>, corpus: &Corpus, options: &Options) -> Result<()> {
    let batch = usize::from(options.batch);
    let rates = Cosine::new(options.rate, 0.1 * options.rate, options.steps).warm_up(100);
    let mut optimizer = AdamW::new(&*net).betas(0.9, 0.99).weight_decay(0.1);
    let loss = CrossEntropy.each_step::<VOCABULARY>();

    // Memory that every step uses again.
    let mut windows = vec![([0; CONTEXT], [0; CONTEXT]); batch];
    let (mut tokens, mut next) = (vec![[0; CONTEXT]; batch], vec![[0; CONTEXT]; batch]);
    let mut training = net.training();

    let bar = ProgressBar::new(options.steps as u64)
        .with_style(ProgressStyle::with_template("{bar:40} step {pos}/{len}, {elapsed}, {msg}")?);
    println!("\n   step  loss  held-out loss  letters per second");
    let (mut sum, mut count, mut since) = (0.0, 0, Instant::now());
    for step in 0..options.steps {
        for (index, window) in windows.iter_mut().enumerate() {
            let start = Corpus::start(&corpus.train, step * batch + index, CONTEXT);
            *window = Corpus::window(&corpus.train, start);
            (tokens[index], next[index]) = *window;
        }
        training.forward(net, &tokens);
        sum += training.backward(net, loss, &next);
        clip_norm(training.gradient_mut(), 1.0);
        optimizer.set_learning_rate(rates.at(step));
        optimizer.step(net, training.gradient());
        count += 1;
        bar.inc(1);
        if count == 500 || step + 1 == options.steps {
            let speed = (count * batch * CONTEXT) as f64 / since.elapsed().as_secs_f64();
            let (mean, held_out) = (sum / count as f32, held_out(net, &corpus.test));
            bar.suspend(|| {
                println!("{:>7}  {mean:.2}  {held_out:>13.4}  {speed:>18.0}", step + 1);
            });
            (sum, count, since) = (0.0, 0, Instant::now());
        } else if count % 20 == 0 {
            bar.set_message(format!("loss {:.2}", sum / count as f32));
        }
    }
    bar.finish_and_clear();
    println!("learned in {:.1} s", bar.elapsed().as_secs_f64());
    Ok(())
}

/// The mean loss of a letter over windows that lie one behind the other in what is held out, 200 at the most.
fn held_out(net: &Gpt, text: &[u32]) -> f32 {
    let starts = (0..text.len() - CONTEXT).step_by(CONTEXT).take(200);
    let (tokens, next): (Vec<_>, Vec<_>) =
        starts.map(|start| Corpus::window::<CONTEXT>(text, start)).unzip();
    let logits = net.forward(&tokens);
    CrossEntropy.each_step::<VOCABULARY>().loss(&logits, &next).0
}

/// Writes on from the prompt, one letter at a time.
fn write(net: &Gpt, corpus: &Corpus, options: &Options) -> Result<()> {
    let mut rng = StdRng::seed_from_u64(options.seed);
    // The vocabulary may be larger than the alphabet of this text.
    let known = corpus.characters.len();
    let mut sampler = Sampler::new(known).temperature(options.temperature).top_p(options.top_p);
    let mut text = corpus.characters.encode(&options.prompt)?;
    let mut stream = net.stream();
    let mut pushed = text.len().saturating_sub(CONTEXT / 2);
    let (mut steps, start) = (0, Instant::now());
    for _ in 0..options.letters {
        // When the context is full it goes on from its second half.
        if text.len() - pushed + stream.position() > CONTEXT {
            stream.reset();
            pushed = text.len() - CONTEXT / 2;
        }
        let mut logits = None;
        for token in &text[pushed..] {
            logits = Some(stream.push(&[*token]));
            steps += 1;
        }
        pushed = text.len();
        let logits = logits.expect("the last letter has not been read yet");
        text.push(sampler.sample(&logits.as_slice()[..known], &mut rng));
    }
    let micros = start.elapsed().as_secs_f64() * 1e6 / f64::from(steps.max(1));
    println!("{}\n", corpus.characters.decode(&text)?);
    println!("{} letters, {micros:.1} us for each step of the stream", options.letters);
    Ok(())
}
