//! An amplifier that plays.

use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};
use static_net::file::StateDict;
use static_net::layer::{Layer, Streaming, TimeFirst, TimeLast};
use static_net::prelude::*;
use static_net::shape::{Numbers, Rank2};
use static_net::{Network, Tensors};

use super::architecture::Architecture;
use super::file::Model;
use super::networks::{
    A2, A2Lite, Example, Gated, LENGTH, Lstm3, Lstm8, Lstm12, Lstm16, Lstm24, Shaped, Standard,
};

/// Samples a second where a file does not say it.
const RATE: u32 = 48_000;

/// A network on its way through a signal. It has no end.
pub struct Amp {
    /// What the network is called.
    pub title: &'static str,
    play: Play,
}

/// Takes samples and leaves what comes out.
type Play = Box<dyn FnMut(&mut [f32])>;

/// A shape that there is a network for.
pub struct Known {
    /// What it is called.
    pub title: &'static str,
    /// The shape.
    pub architecture: fn() -> Architecture,
    build: fn(Weights<'_>) -> Result<Play>,
}

/// All shapes that there are networks for.
pub const KNOWN: &[Known] = &[
    Known::wave_net::<Standard>(),
    Known::wave_net::<Gated>(),
    Known::wave_net::<A2>(),
    Known::wave_net::<A2Lite>(),
    Known::wave_net::<Example>(),
    Known::lstm::<Lstm24>(),
    Known::lstm::<Lstm8>(),
    Known::lstm::<Lstm16>(),
    Known::lstm::<Lstm12>(),
    Known::lstm::<Lstm3>(),
];

impl Known {
    const fn wave_net<N>() -> Self
    where
        N: Shaped + Network<Scalar = f32> + Streaming<f32, TimeLast, Behind = TimeLast>,
        N: Layer<f32, Input = Rank2<1, LENGTH>, Output = Rank2<1, LENGTH>>,
    {
        Known { title: N::TITLE, architecture: N::architecture, build: wave_net::<N> }
    }

    const fn lstm<N>() -> Self
    where
        N: Shaped + Network<Scalar = f32> + Streaming<f32, TimeFirst, Behind = TimeFirst>,
        N: Layer<f32, Input = Rank2<LENGTH, 1>, Output = Rank2<LENGTH, 1>>,
    {
        Known { title: N::TITLE, architecture: N::architecture, build: lstm::<N> }
    }
}

impl Amp {
    /// The amplifier of a file, in front of the first sample.
    ///
    /// # Errors
    /// If there is no network of its shape, or the file has more or fewer values than the network.
    pub fn new(model: &Model) -> Result<Self> {
        let fits = |known: &&Known| (known.architecture)() == model.architecture;
        let Some(known) = KNOWN.iter().find(fits) else { bail!(unknown(&model.architecture)) };
        let play = (known.build)(Weights(&model.weights))?;
        Ok(Amp { title: known.title, play })
    }

    /// Plays silence until it has settled, as NAM does before a signal: as long as a convolution looks back, or half a
    /// second.
    pub fn settle(&mut self, model: &Model) {
        let half_a_second = model.rate.unwrap_or(RATE) as usize / 2;
        let silence = model.architecture.receptive_field().unwrap_or(half_a_second);
        self.play(&mut vec![0.0; silence]);
    }

    /// Takes the next samples of a signal and leaves what comes out in their place.
    pub fn play(&mut self, samples: &mut [f32]) {
        (self.play)(samples);
    }
}

/// What to say of a shape that there is no network for.
fn unknown(found: &Architecture) -> String {
    let all = KNOWN.iter().map(|known| (known.title, (known.architecture)()));
    let same_kind =
        |other: &Architecture| std::mem::discriminant(other) == std::mem::discriminant(found);
    let nearest = all
        .clone()
        .filter(|(_, other)| same_kind(other))
        .map(|(title, other)| (title, found.differences(&other)))
        .min_by_key(|(_, differences)| differences.len());
    let mut text = format!("no network here has its shape: {found}");
    if let Some((title, differences)) = nearest {
        let _ = write!(text, "\nfrom `{title}` it differs in");
        differences.iter().for_each(|difference| {
            let _ = write!(text, "\n    {difference}");
        });
    }
    text += "\nthere are";
    for (title, architecture) in all {
        let _ = write!(text, "\n    {title:<24} {architecture}");
    }
    text + "\nanother size is one more declaration in examples/src/nam/networks.rs"
}

/// The values of a file that no network has taken so far.
struct Weights<'a>(&'a [f32]);

impl Weights<'_> {
    fn take(&mut self, count: usize) -> Result<&[f32]> {
        let (taken, rest) =
            self.0.split_at_checked(count).context("the file has too few values")?;
        self.0 = rest;
        Ok(taken)
    }

    fn end(self) -> Result<()> {
        ensure!(self.0.is_empty(), "the file has {} values more than the network", self.0.len());
        Ok(())
    }
}

/// The tensors of a WaveNet stand in a file in the order in which they are declared here; behind them is how loud it is.
fn wave_net<N>(mut weights: Weights<'_>) -> Result<Play>
where
    N: Network<Scalar = f32> + Streaming<f32, TimeLast, Behind = TimeLast>,
    N: Layer<f32, Input = Rank2<1, LENGTH>, Output = Rank2<1, LENGTH>>,
{
    let tensors = Tensors::of::<f32, N>().into_iter().map(|tensor| {
        let values = weights.take(tensor.range.len())?.to_vec();
        Ok((tensor.name, tensor.shape, values))
    });
    let tensors = tensors.collect::<Result<Vec<_>>>()?;
    let scale = weights.take(1)?[0];
    weights.end()?;
    let net = StateDict::from_tensors(tensors)?.load::<N>()?;
    Ok(play(Stream::new::<_, _, TimeLast>(net), scale))
}

/// A layer of an LSTM is a matrix in a file, whose columns are for the input and then for the hidden state, one bias, and
/// the state that it begins with. Behind the layers is a dense one.
fn lstm<N>(mut weights: Weights<'_>) -> Result<Play>
where
    N: Shaped + Network<Scalar = f32> + Streaming<f32, TimeFirst, Behind = TimeFirst>,
    N: Layer<f32, Input = Rank2<LENGTH, 1>, Output = Rank2<LENGTH, 1>>,
{
    let Architecture::Lstm { layers, hidden } = N::architecture() else {
        bail!("{} is no LSTM", N::NAME)
    };
    let mut tensors = Vec::new();
    let mut initial = Vec::new();
    let mut inputs = 1;
    for layer in 1..=layers {
        let matrix = weights.take(4 * hidden * (inputs + hidden))?;
        let (of_input, of_hidden): (Vec<_>, Vec<_>) =
            matrix.chunks(inputs + hidden).map(|row| row.split_at(inputs)).unzip();
        let mut tensor = |name: &str, shape: &[usize], values: Vec<f32>| {
            tensors.push((format!("lstm{layer}.{name}"), shape.to_vec(), values));
        };
        tensor("weight_ih_l0", &[4 * hidden, inputs], of_input.concat());
        tensor("weight_hh_l0", &[4 * hidden, hidden], of_hidden.concat());
        tensor("bias_ih_l0", &[4 * hidden], weights.take(4 * hidden)?.to_vec());
        // Here, as in PyTorch, there are two biases, which are added.
        tensor("bias_hh_l0", &[4 * hidden], vec![0.0; 4 * hidden]);
        initial.extend_from_slice(weights.take(2 * hidden)?);
        inputs = hidden;
    }
    tensors.push(("head.weight".into(), vec![1, hidden], weights.take(hidden)?.to_vec()));
    tensors.push(("head.bias".into(), vec![1], weights.take(1)?.to_vec()));
    weights.end()?;
    let net = StateDict::from_tensors(tensors)?.load::<N>()?;
    // In a state there is the same as in the file: for each layer what is hidden, then its cells.
    let mut state = StreamState::<N>::new();
    state.set_values(0, &initial)?;
    Ok(play(Stream::new::<_, _, TimeFirst>(net).with_state(&state), 1.0))
}

/// Takes blocks of any length, as an audio driver hands them over, and allocates nothing behind the longest.
fn play<N>(mut stream: Stream<Aligned<N>, 1, 1>, scale: f32) -> Play
where
    N: Network<Scalar = f32> + Layer<f32, Input: Numbers<f32>>,
{
    let mut output = Vec::new();
    Box::new(move |samples| {
        let (steps, _) = samples.as_chunks_mut::<1>();
        output.resize(steps.len(), [0.0]);
        stream.push_block(steps, &mut output);
        steps.iter_mut().zip(&output).for_each(|([sample], [y])| *sample = scale * y);
    })
}
