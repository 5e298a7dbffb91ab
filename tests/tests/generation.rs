//! Drawing tokens: how often each comes, against exact probabilities.

use static_net::generation::{Sampler, SamplingError};
use static_net::prelude::*;
use static_net_tests::allocations::{Counting, allocations};

#[global_allocator]
static COUNTING: Counting = Counting;

const DRAWS: usize = 200_000;

/// How often each token is drawn must be within 4.5 standard deviations of its probability: chance alone misses that
/// once in 150,000 tokens, and the seed is fixed.
fn check(what: &str, sampler: &mut Sampler, logits: &[f64], probabilities: &[f64]) {
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{what}");
    let mut rng = StdRng::seed_from_u64(7);
    let mut counts = vec![0_usize; logits.len()];
    for _ in 0..DRAWS {
        counts[sampler.sample(logits, &mut rng) as usize] += 1;
    }
    for (token, (&count, &probability)) in counts.iter().zip(probabilities).enumerate() {
        let draws = DRAWS as f64;
        let deviation = (draws * probability * (1.0 - probability)).sqrt();
        let error = (count as f64 - draws * probability).abs();
        assert!(
            error <= 4.5 * deviation,
            "{what}: token {token} came {count} times, its probability is {probability}"
        );
    }
}

/// In no order; one is as likely as another, one is ruled out.
const LOGITS: [f64; 7] = [0.5, 2.0, -1.0, 1.0, f64::NEG_INFINITY, 1.0, 0.0];

/// The softmax of some logits; the others have no probability.
fn softmax(temperature: f64, kept: &[usize]) -> Vec<f64> {
    let weight = |token: usize| {
        if kept.contains(&token) { (LOGITS[token] / temperature).exp() } else { 0.0 }
    };
    let total: f64 = (0..LOGITS.len()).map(weight).sum();
    (0..LOGITS.len()).map(|token| weight(token) / total).collect()
}

const ALL: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];

#[test]
fn tokens_come_as_often_as_the_softmax_says() {
    check("plain", &mut Sampler::new(7), &LOGITS, &softmax(1.0, &ALL));
    for temperature in [0.3, 0.7, 2.0, 50.0] {
        let mut sampler = Sampler::new(7).temperature(temperature);
        let what = format!("temperature {temperature}");
        check(&what, &mut sampler, &LOGITS, &softmax(temperature, &ALL));
    }
}

#[test]
fn only_the_likeliest_are_kept() {
    for (count, kept) in
        [(1, &[1][..]), (2, &[1, 3]), (3, &[1, 3, 5]), (4, &[1, 3, 5, 0]), (7, &ALL), (100, &ALL)]
    {
        let mut sampler = Sampler::new(7).top_k(count);
        check(&format!("top {count}"), &mut sampler, &LOGITS, &softmax(1.0, kept));
    }
    // On either side of the sums at which one more token is needed.
    let whole = softmax(1.0, &ALL);
    let two = whole[1] + whole[3];
    for (probability, kept) in [
        (1e-9, &[1][..]),
        (whole[1] - 1e-9, &[1]),
        (whole[1] + 1e-9, &[1, 3]),
        (two - 1e-9, &[1, 3]),
        (two + 1e-9, &[1, 3, 5]),
        (1.0 - 1e-9, &ALL),
        (1.0, &ALL),
    ] {
        let mut sampler = Sampler::new(7).top_p(probability);
        check(&format!("top {probability}"), &mut sampler, &LOGITS, &softmax(1.0, kept));
    }
}

#[test]
fn settings_apply_one_after_the_other() {
    // Of three tokens, the first has more than half of what is left at this temperature.
    let three = softmax(0.5, &[1, 3, 5]);
    assert!(three[1] > 0.75);
    let mut sampler = Sampler::new(7).temperature(0.5).top_k(3).top_p(0.75);
    check("all three", &mut sampler, &LOGITS, &softmax(0.5, &[1]));
    let mut sampler = Sampler::new(7).temperature(0.5).top_k(3).top_p(0.85);
    check("all three", &mut sampler, &LOGITS, &softmax(0.5, &[1, 3]));
}

#[test]
fn at_a_temperature_of_zero_the_first_of_the_largest_is_taken() {
    let mut rng = StdRng::seed_from_u64(7);
    let mut draw = |logits: &[f32]| {
        let mut greedy = Sampler::new(logits.len()).temperature(0.0).top_k(2).top_p(0.1);
        greedy.sample(logits, &mut rng)
    };
    assert_eq!(draw(&LOGITS.map(|logit| logit as f32)), 1);
    assert_eq!(draw(&[1.0, 5.0, 5.0]), 1);
    assert_eq!(draw(&[-f32::INFINITY, -f32::MAX]), 1);
    // It takes no random number.
    let next: u64 = rng.random();
    assert_eq!(next, StdRng::seed_from_u64(7).random::<u64>());
}

#[test]
fn a_seed_gives_the_same_tokens_again() {
    let tokens = |seed| {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut sampler = Sampler::new(7).temperature(1.5).top_p(0.9);
        (0..50).map(|_| sampler.sample(&LOGITS, &mut rng)).collect::<Vec<_>>()
    };
    assert_eq!(tokens(1), tokens(1));
    assert_ne!(tokens(1), tokens(2));
}

#[test]
fn logits_of_any_size_are_taken() {
    let mut rng = StdRng::seed_from_u64(7);
    let mut sampler = Sampler::new(2);
    for _ in 0..100 {
        assert_eq!(sampler.sample(&[-1e30_f32, 1e30], &mut rng), 1);
        assert_eq!(sampler.sample(&[-1e300, -f64::MAX], &mut rng), 0);
    }
    let mut cold = Sampler::new(2).temperature(1e-300);
    assert_eq!(cold.sample(&[1.0, 1.0 + 1e-9], &mut rng), 1);
}

#[test]
fn what_cannot_be_drawn_from_is_a_typed_error() {
    let mut rng = StdRng::seed_from_u64(7);
    for mut sampler in [Sampler::new(2), Sampler::new(2).temperature(0.0)] {
        let mut error = |logits: &[f32]| sampler.try_sample(logits, &mut rng).unwrap_err();
        let of_steps = SamplingError::LogitCount { logits: 4, vocabulary: 2 };
        assert_eq!(error(&[0.0; 4]), of_steps);
        assert_eq!(error(&[]), SamplingError::LogitCount { logits: 0, vocabulary: 2 });
        assert_eq!(of_steps.to_string(), "there are 4 logits for a vocabulary of 2 tokens");
        assert_eq!(error(&[-f32::INFINITY; 2]), SamplingError::NothingToChoose);
        assert_eq!(error(&[0.0, f32::NAN]), SamplingError::NotFinite { token: 1 });
        assert_eq!(error(&[0.0, f32::INFINITY]), SamplingError::NotFinite { token: 1 });
    }
    assert_eq!(
        SamplingError::NotFinite { token: 1 }.to_string(),
        "the logit of token 1 is NaN or positive infinity"
    );
    assert_eq!(SamplingError::NothingToChoose.to_string(), "there is no token to choose from");
}

#[test]
#[should_panic(expected = "the logit of token 0 is NaN or positive infinity")]
fn nan_is_refused() {
    Sampler::new(1).sample(&[f32::NAN], &mut StdRng::seed_from_u64(7));
}

#[test]
#[should_panic(expected = "a temperature is 0 or greater, not NaN")]
fn the_temperature_is_checked() {
    let _ = Sampler::new(1).temperature(f64::NAN);
}

#[test]
#[should_panic(expected = "at least one token is left to choose from, not 0")]
fn the_number_of_tokens_is_checked() {
    let _ = Sampler::new(1).top_k(0);
}

#[test]
#[should_panic(expected = "the probability of top-p is greater than 0 and at most 1, not 0")]
fn the_probability_is_checked() {
    let _ = Sampler::new(1).top_p(0.0);
}

#[test]
fn drawing_allocates_nothing() {
    let mut rng = StdRng::seed_from_u64(7);
    let logits: Vec<f32> = (0..5000).map(|token| ((token * 7919) % 1013) as f32 / 100.0).collect();
    let mut sampler = Sampler::new(5000).temperature(0.9).top_k(1000).top_p(0.9);
    let mut drawn = [0; 20];
    let count = allocations(|| {
        for token in &mut drawn {
            *token = sampler.sample(&logits, &mut rng);
        }
    });
    assert_eq!(count, 0);
    assert!(drawn.iter().all(|&token| logits[token as usize] > 5.0), "{drawn:?}");
}
