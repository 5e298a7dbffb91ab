//! Networks with layers that do something else in training than in evaluation.

use static_net::Kind;
use static_net::layer::{BatchNorm, Dropout};
use static_net::prelude::*;
use static_net::shape::Rank1;
use static_net_tests::allocations::{Counting, allocations};
use static_net_tests::gradient::{check, check_training};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const P: u64 = f64::to_bits(0.25);

type Drop = Dropout<Rank1<16>, P>;
type Norm = BatchNorm<f32, Rank1<16>, 16>;
type DoubleNorm = BatchNorm<f64, Rank1<16>, 16>;

network! {
    struct Dropped< 8 => relu 16 => Drop => 4 >;
    struct Normed< 8 => relu 16 => norm: Norm => 4 >;
    struct Both< 8 => 16 => norm: relu Norm => Drop => 4 >;
    struct Inner< 16 => norm: Norm => Drop => tanh 16 >;
    struct Nested< 8 => 16 => inner: Inner => 4 >;
    struct Double< f64; 8 => 16 => norm: tanh DoubleNorm => Drop => 4 >;
    struct DoubleInner< f64; 16 => Drop => norm: DoubleNorm >;
    struct DoubleNested< f64; 8 => 16 => inner: DoubleInner => Drop => 4 >;
}

fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn batch() -> SMatrix<f32, 8, 6> {
    let mut rng = rng(9);
    SMatrix::from_fn(|_, _| 2.0 * rng.random::<f32>() - 0.5)
}

#[test]
fn training_drops_and_evaluation_does_not() {
    let mut net = Dropped::new(&mut rng(1));
    let x = batch();
    let trained = net.train(&x, &mut rng(2));
    let evaluated = net.activations(&x);
    assert_eq!(trained.stage1, evaluated.stage1);
    assert_eq!(evaluated.stage2, evaluated.stage1);
    assert_ne!(trained.stage2, evaluated.stage2);
    assert_ne!(trained.output, evaluated.output);
    assert!((evaluated.output - net.forward(&x)).amax() < 1e-6);
    for (&y, &x) in trained.stage2.iter().zip(&trained.stage1) {
        assert!(y == 0.0 || (y - x / 0.75).abs() < 1e-6, "{x} became {y}");
    }
}

#[test]
fn the_seed_decides() {
    let x = batch();
    let start = Both::new(&mut rng(1));
    let run = |seed: u64| {
        let mut net = start.clone();
        let output = net.train(&x, &mut rng(seed)).output;
        (net, output)
    };
    assert_eq!(run(2), run(2));
    let ((one, first), (other, second)) = (run(2), run(3));
    assert_ne!(first, second);
    // What is dropped lies behind the statistics.
    assert_eq!(one, other);
}

#[test]
fn evaluation_goes_by_the_running_statistics() {
    let mut net = Normed::new(&mut rng(1));
    let x = batch();
    let fresh = net.forward(&x);
    for step in 0..400 {
        net.train(&x, &mut rng(step));
    }
    // By then they are those of the batch, the variance by the unbiased estimate of six samples.
    let activations = net.activations(&x);
    let hidden = activations.stage1;
    assert!((net.norm.running_mean - hidden.column_mean()).amax() < 1e-5);
    assert!((net.norm.running_var - hidden.column_variance() * 1.2).amax() < 1e-5);
    let y = net.forward(&x);
    assert!((y - activations.output).amax() < 1e-5);
    assert!((y - fresh).amax() > 0.1, "the statistics change nothing");
    let trained = net.train(&x, &mut rng(1)).output;
    assert!((y - trained).amax() > 1e-3, "training goes by the running statistics too");
    // One sample of a batch is on its own in evaluation.
    assert!((net.forward(&x.column(3)) - y.column(3)).amax() < 1e-5);
}

#[test]
fn nested_networks_train() {
    let mut net = Nested::new(&mut rng(1));
    let x = batch();
    let (first, second) = (net.train(&x, &mut rng(2)).output, net.forward(&x));
    assert_ne!(first, second);
    assert!(net.inner.norm.running_mean.amax() > 0.0);
    let before = net.clone();
    net.activations(&x);
    assert_eq!(before, net);
}

#[test]
fn gradients_of_whole_networks() {
    for (seed, samples) in [0, 2, 5, 8].into_iter().enumerate() {
        check::<Double>(samples, seed as u64);
        check_training::<Double>(samples, seed as u64);
        check::<DoubleNested>(samples, seed as u64);
        check_training::<DoubleNested>(samples, seed as u64);
    }
}

/// The values of the running statistics in a state.
fn statistics(state: &[f32]) -> Vec<f32> {
    let tensors = Both::tensors().into_iter();
    let ranges: Vec<_> = tensors
        .filter(|tensor| tensor.kind == Kind::RunningStatistic)
        .map(|tensor| tensor.range)
        .collect();
    assert_eq!(ranges.len(), 2);
    ranges.into_iter().flat_map(|range| state[range].iter().copied()).collect()
}

/// One step of training: network and gradient.
fn trained() -> (Aligned<Both>, Aligned<Both>) {
    let mut net = Both::new(&mut rng(1));
    let mut gradient = Both::zeros();
    let activations = net.train(&batch(), &mut rng(2));
    let d_output = SMatrix::<f32, 4, 6>::from_element(0.7);
    net.backward(&activations, &d_output, &mut gradient);
    (net, gradient)
}

#[test]
fn statistics_have_no_gradient() {
    let (_, gradient) = trained();
    assert!(gradient.norm.weight.amax() > 0.0 && gradient.norm.bias.amax() > 0.0);
    assert_eq!(statistics(gradient.state()), [0.0; 32]);
}

#[test]
fn optimizers_and_clipping_leave_statistics_alone() {
    fn steps<O: Optimizer<Network = Both>>(mut optimizer: O) {
        let (mut net, mut gradient) = trained();
        let before = net.clone();
        for _ in 0..3 {
            clip_norm(&mut gradient, 0.1);
            clip_value(&mut gradient, 0.05);
            optimizer.step(&mut net, &gradient);
        }
        assert_eq!(statistics(net.state()), statistics(before.state()));
        assert_ne!(net.norm.weight, before.norm.weight);
        assert_ne!(net.stage1.weight, before.stage1.weight);
    }
    let net = Both::new(&mut rng(1));
    steps(Sgd::new(&net).weight_decay(0.1));
    steps(Sgd::new(&net).weight_decay(0.1).decay_all(true));
    steps(Adam::new(&net).weight_decay(0.1));
    steps(AdamW::new(&net).weight_decay(0.1));
    steps(AdamW::new(&net).weight_decay(0.1).decay_all(true));
    steps(RmsProp::new(&net).weight_decay(0.1));
}

/// Only what is frozen, and the rest as ever.
#[test]
fn frozen_statistics_hold_still() {
    let (before, mut net) = (Both::new(&mut rng(1)), Both::new(&mut rng(1)));
    let mut training = net.training().freeze(|net| &net.norm.running_mean);
    let (mut usual, mut other) = (net.training(), net.clone());
    training.train(&mut net, &batch(), &mut rng(2));
    usual.train(&mut other, &batch(), &mut rng(2));
    assert_eq!(training.activations().output, usual.activations().output);
    assert_eq!(net.norm.running_mean, before.norm.running_mean);
    assert_ne!(net.norm.running_mean, other.norm.running_mean);
    assert_eq!(net.norm.running_var, other.norm.running_var);

    training.set_frozen(|net| net, true);
    net.clone_from(&before);
    training.train(&mut net, &batch(), &mut rng(2));
    assert_eq!(net, before);

    training.set_frozen(|net| net, false);
    training.train(&mut net, &batch(), &mut rng(2));
    assert_eq!(net, other);
}

#[test]
fn a_moving_average_is_one_of_statistics_too() {
    let (net, _) = trained();
    let mut average = Both::new(&mut rng(3));
    let before = average.clone();
    average.lerp_from(&net, 0.25);
    for (average, (before, net)) in
        average.state().iter().zip(before.state().iter().zip(net.state()))
    {
        assert!(
            (average - (0.75 * before + 0.25 * net)).abs() <= 1e-6 * before.abs().max(net.abs())
        );
    }
    assert_ne!(statistics(average.state()), statistics(before.state()));
}

#[test]
fn parameters_are_those_that_are_trained() {
    assert_eq!(Both::PARAMETERS, 8 * 16 + 16 + 2 * 16 + 16 * 4 + 4);
    assert_eq!(Both::zeros().state().len(), Both::PARAMETERS + 2 * 16);
}

#[test]
fn files_keep_statistics() {
    let (net, _) = trained();
    let loaded = Both::from_safetensors(&net.to_safetensors()).unwrap();
    assert_eq!(loaded, net);
    assert_eq!(statistics(loaded.state()), statistics(net.state()));
    assert!(loaded.norm.running_mean.amax() > 0.0);
}

#[test]
#[should_panic(
    expected = "Both normalises over the batch, which takes 2 samples or more in training, not 1"
)]
fn one_sample_is_no_batch() {
    let mut net = Both::new(&mut rng(1));
    net.train(&[0.5; 8], &mut rng(2));
}

#[test]
#[should_panic(expected = "takes 2 samples or more in training, not 1")]
fn one_sample_is_no_batch_for_a_nested_network() {
    let mut net = Nested::new(&mut rng(1));
    net.train(&[0.5; 8], &mut rng(2));
}

#[test]
fn one_sample_is_enough_for_dropout_and_none_for_all() {
    let mut net = Dropped::new(&mut rng(1));
    net.train(&[0.5; 8], &mut rng(2));
    let mut net = Both::new(&mut rng(1));
    let before = net.clone();
    let none: &[[f32; 8]] = &[];
    let activations = net.train(none, &mut rng(2));
    let mut gradient = Both::zeros();
    let d_output: &[[f32; 4]] = &[];
    net.backward(&activations, d_output, &mut gradient);
    assert_eq!(net, before);
    assert!(gradient.state().iter().all(|&value| value == 0.0));
}

#[test]
fn a_step_of_training_allocates_nothing() {
    let mut net = Nested::new(&mut rng(1));
    let mut gradient = Nested::zeros();
    let mut adam = AdamW::new(&net).weight_decay(0.01);
    let mut workspace = Workspace::new();
    let x = OMatrix::<f32, Const<8>, Dyn>::from_fn(30, |i, j| (i * j % 7) as f32);
    let d_output = OMatrix::<f32, Const<4>, Dyn>::from_element(30, 0.5);
    let mut rng = rng(2);
    let mut activations = net.train(&x, &mut rng);
    let mut step = || {
        net.train_into(&x, &mut rng, &mut activations);
        gradient.fill_zero();
        net.backward_into(&activations, &d_output, &mut gradient, &mut workspace);
        clip_norm(&mut gradient, 1.0);
        adam.step(&mut net, &gradient);
    };
    step();
    assert_eq!(allocations(&mut step), 0);
}

network! {
    struct Attending< [6, 8] => attention(2, causal: true, dropout: 0.5) => flatten => 3 >;
}

/// The weights that attention drops follow from the random source, for each sample of a batch others.
#[test]
fn attention_drops_weights_in_training_only() {
    let start = Attending::new(&mut rng(1));
    let one: [f32; 48] = std::array::from_fn(|i| (i as f32 * 0.7).sin());
    let batch = [one; 4];
    let run = |seed: u64| start.clone().train(&batch[..], &mut rng(seed)).stage1.clone();
    let (first, second) = (run(2), run(3));
    assert_eq!(first, run(2));
    assert_ne!(first, second);
    assert_ne!(first.column(0), first.column(1));
    let evaluated = start.activations(&batch[..]);
    assert!((evaluated.stage1.column(0) - evaluated.stage1.column(3)).amax() < 1e-6);
    assert!((start.forward(&one) - evaluated.output.column(0)).amax() < 1e-6);
    // In the mean over many seeds nothing is lost.
    let mut mean = SVector::<f32, 48>::zeros();
    for seed in 0..1000 {
        mean += run(seed).column_mean() / 1000.0;
    }
    assert!((mean - evaluated.stage1.column(0)).amax() < 0.03, "{mean}");
    // What the first position gives, which sees only itself, is dropped or doubled.
    let whole = evaluated.stage1.column(0).rows(0, 8).into_owned();
    assert!(first.column_iter().any(|sample| (sample.rows(0, 8) - &whole).amax() > 1e-3));
}

/// The statistics of channels that are silent fade to zero.
#[test]
fn running_statistics_are_never_subnormal() {
    macro_rules! fade {
        ($scalar:ident, $steps:literal) => {{
            network! { struct Fading< $scalar; 2 => norm: batch_norm(momentum: 0.5) >; }
            let rng = &mut rng(1);
            let mut net = Fading::new(rng);
            net.train(&SMatrix::<$scalar, 2, 3>::new(1.0, 2.0, 3.0, 0.0, 0.5, 0.0), rng);
            assert!(net.norm.running_mean.iter().all(|&mean| mean > 0.0));
            for _ in 0..$steps {
                net.train(&SMatrix::<$scalar, 2, 3>::zeros(), rng);
                let norm = &net.norm;
                let mut kept = norm.running_mean.iter().chain(&norm.running_var);
                assert!(!kept.any(|value| value.is_subnormal()), "{norm:?}");
            }
            let norm = &net.norm;
            assert!(norm.running_mean.iter().chain(&norm.running_var).all(|&value| value == 0.0));
        }};
    }
    fade!(f32, 200);
    fade!(f64, 1200);
}
