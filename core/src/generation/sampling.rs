//! The choice of one token, given a score for each.

use alloc::vec::Vec;
use core::cmp::Ordering;

use rand::{Rng, RngExt};

use crate::scalar::Float;

/// Draws a token from the softmax of logits, which may be sharpened, and cut to the likeliest tokens.
///
/// The settings apply one after the other, as is usual: [`temperature`](Sampler::temperature), then
/// [`top_k`](Sampler::top_k), then [`top_p`](Sampler::top_p) among what is left. Without a setting, each token has
/// the probability that the softmax gives it. The same logits and random numbers give the same token.
///
/// A logit of minus infinity rules its token out. Probabilities are computed in `f64`. It holds the memory that it
/// works in, so drawing allocates nothing.
///
/// ```
/// use static_net::generation::Sampler;
/// use static_net::prelude::*;
///
/// let logits = [1.0_f32, 3.0, -f32::INFINITY, 2.0];
/// let mut rng = StdRng::seed_from_u64(7);
/// // The likeliest.
/// assert_eq!(Sampler::new(4).temperature(0.0).sample(&logits, &mut rng), 1);
/// // One of the two likeliest, three times in four the first: e^3 / (e^3 + e^2).
/// let mut sampler = Sampler::new(4).top_k(2);
/// let drawn: Vec<u32> = (0..1000).map(|_| sampler.sample(&logits, &mut rng)).collect();
/// assert!(drawn.iter().all(|token| [1, 3].contains(token)));
/// let first = drawn.iter().filter(|&&token| token == 1).count();
/// assert!((700..760).contains(&first));
/// ```
#[derive(Clone, Debug)]
pub struct Sampler {
    vocabulary: usize,
    temperature: f64,
    top_k: usize,
    top_p: f64,
    candidates: Vec<Candidate>,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    token: u32,
    /// Its probability, times a number that is the same for all.
    weight: f64,
}

/// Why no token can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SamplingError {
    /// All tokens are ruled out, or there are none.
    NothingToChoose,
    /// There is not one logit for each token of the vocabulary: perhaps those of several steps.
    LogitCount {
        /// How many logits there are.
        logits: usize,
        /// How many tokens the vocabulary has.
        vocabulary: usize,
    },
    /// A logit is NaN or positive infinity.
    NotFinite {
        /// Its token.
        token: u32,
    },
}

impl core::fmt::Display for SamplingError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::LogitCount { logits, vocabulary } => {
                write!(
                    formatter,
                    "there are {logits} logits for a vocabulary of {vocabulary} tokens"
                )
            }
            Self::NothingToChoose => formatter.write_str("there is no token to choose from"),
            Self::NotFinite { token } => {
                write!(formatter, "the logit of token {token} is NaN or positive infinity")
            }
        }
    }
}

impl core::error::Error for SamplingError {}

impl Sampler {
    /// Draws one of so many tokens, from the softmax itself.
    pub fn new(vocabulary: usize) -> Self {
        Sampler {
            vocabulary,
            temperature: 1.0,
            top_k: usize::MAX,
            top_p: 1.0,
            candidates: Vec::with_capacity(vocabulary),
        }
    }

    /// Divides all logits: below 1 likely tokens become likelier, above 1 less so. At 0 the token with the largest
    /// logit is taken, the first of them if there are several.
    ///
    /// # Panics
    /// If it is negative or not finite.
    #[track_caller]
    #[must_use]
    pub fn temperature(self, temperature: f64) -> Self {
        let is_valid = temperature >= 0.0 && temperature.is_finite();
        assert!(is_valid, "a temperature is 0 or greater, not {temperature}");
        Sampler { temperature, ..self }
    }

    /// Takes one of the `count` likeliest tokens (Fan et al. 2018, <https://arxiv.org/abs/1805.04833>). Of tokens
    /// that are equally likely, the first goes before the others.
    ///
    /// # Panics
    /// If it is zero.
    #[track_caller]
    #[must_use]
    pub fn top_k(self, count: usize) -> Self {
        assert!(count > 0, "at least one token is left to choose from, not 0");
        Sampler { top_k: count, ..self }
    }

    /// Takes one of the likeliest tokens that together have at least this probability, as few as do: nucleus
    /// sampling (Holtzman et al. 2020, <https://arxiv.org/abs/1904.09751>).
    ///
    /// # Panics
    /// If it is not greater than 0 and at most 1.
    #[track_caller]
    #[must_use]
    pub fn top_p(self, probability: f64) -> Self {
        let is_valid = probability > 0.0 && probability <= 1.0;
        assert!(
            is_valid,
            "the probability of top-p is greater than 0 and at most 1, not {probability}"
        );
        Sampler { top_p: probability, ..self }
    }

    /// Draws a token: the index of a logit, of which there is one for each token of the vocabulary.
    ///
    /// # Panics
    /// If there are more logits or fewer, one is NaN or positive infinity, or all are minus infinity: see
    /// [`SamplingError`].
    #[track_caller]
    pub fn sample<T: Float, R: Rng + ?Sized>(&mut self, logits: &[T], rng: &mut R) -> u32 {
        match self.try_sample(logits, rng) {
            Ok(token) => token,
            Err(error) => refuse(error),
        }
    }

    /// As [`sample`](Sampler::sample), for logits that may be anything.
    ///
    /// # Errors
    /// If there are more logits or fewer than tokens, one is NaN or positive infinity, or all are minus infinity.
    pub fn try_sample<T: Float, R: Rng + ?Sized>(
        &mut self,
        logits: &[T],
        rng: &mut R,
    ) -> Result<u32, SamplingError> {
        if logits.len() != self.vocabulary {
            let (logits, vocabulary) = (logits.len(), self.vocabulary);
            return Err(SamplingError::LogitCount { logits, vocabulary });
        }
        let likeliest = likeliest(logits)?;
        if self.temperature == 0.0 {
            return Ok(likeliest);
        }
        let largest = logits[likeliest as usize].to_f64();
        self.candidates.clear();
        self.candidates.extend((0..).zip(logits).map(|(token, logit)| Candidate {
            token,
            weight: Float::exp((logit.to_f64() - largest) / self.temperature),
        }));
        let kept = self.keep();
        let total: f64 = kept.iter().map(|candidate| candidate.weight).sum();
        let mut left = total * rng.random::<f64>();
        let mut last = likeliest;
        for candidate in kept.iter().filter(|candidate| candidate.weight > 0.0) {
            last = candidate.token;
            left -= candidate.weight;
            if left < 0.0 {
                break;
            }
        }
        Ok(last)
    }

    /// What the settings leave to choose from.
    fn keep(&mut self) -> &[Candidate] {
        let mut kept = &mut self.candidates[..];
        if self.top_k < kept.len() {
            kept.select_nth_unstable_by(self.top_k, likelier);
            kept = &mut kept[..self.top_k];
        }
        if self.top_p < 1.0 {
            kept.sort_unstable_by(likelier);
            let wanted = self.top_p * kept.iter().map(|candidate| candidate.weight).sum::<f64>();
            let mut sum = 0.0;
            let enough = kept.iter().position(|candidate| {
                sum += candidate.weight;
                sum >= wanted
            });
            if let Some(last) = enough {
                kept = &mut kept[..=last];
            }
        }
        kept
    }
}

/// The token with the largest logit, the first of them if there are several.
fn likeliest<T: Float>(logits: &[T]) -> Result<u32, SamplingError> {
    let mut likeliest = None;
    let mut largest = -T::INFINITY;
    for (token, &logit) in (0..).zip(logits) {
        if logit.is_nan() || logit == T::INFINITY {
            return Err(SamplingError::NotFinite { token });
        }
        if logit > largest {
            (likeliest, largest) = (Some(token), logit);
        }
    }
    likeliest.ok_or(SamplingError::NothingToChoose)
}

/// The likelier in front; of two that are equally likely, the first. No two tokens are equal.
fn likelier(left: &Candidate, right: &Candidate) -> Ordering {
    right.weight.total_cmp(&left.weight).then(left.token.cmp(&right.token))
}

#[cold]
#[track_caller]
fn refuse(error: SamplingError) -> ! {
    panic!("{error}")
}
