//! A `Training` allocates in its first step and never again, and computes what passes in fresh memory do.

use static_net::prelude::*;
use static_net_tests::allocations::allocations;

network! {
    struct Classifier< 10 => relu 32 => dropout(0.1) => batch_norm => latent: gelu 16 => 3 >;
    struct ActorCritic< (seen: 6, command: 2) => concat(&seen | &command) => tanh 16 => (policy: 3 | tanh 8 => value: 1) >;
    struct Words< tokens(5, vocab: 11) => embedding(4) => lstm(6) => 11 >;
    struct Filter< [1, 12] => tanh conv(4, 3, padding: causal) => conv(1, 1) >;
}

/// Its batches are of a number that is known at run time: nothing is said of them.
struct Agent {
    net: Aligned<Classifier>,
    training: Training<Classifier>,
}

fn samples<const N: usize>(count: usize) -> Vec<[f32; N]> {
    (0..count).map(|i| std::array::from_fn(|j| (3.0 * i as f32 + j as f32).sin())).collect()
}

#[test]
fn a_step_is_that_of_passes_in_fresh_memory() {
    let mut rng = StdRng::seed_from_u64(1);
    let mut net = Classifier::new(&mut rng);
    let mut copy = net.clone();
    let mut training = net.training();
    let [mut rng, mut other] = [5, 5].map(StdRng::seed_from_u64);
    for (step, count) in [7, 3, 7].into_iter().enumerate() {
        let (x, classes) = (samples::<10>(count), vec![step; count]);
        training.train(&mut net, &x, &mut rng);
        let loss = training.backward(&net, CrossEntropy, &classes);

        let activations = copy.train(&x, &mut other);
        let (expected, d_output) = CrossEntropy.loss(&activations.output, &classes);
        let mut gradient = Classifier::zeros();
        copy.backward(&activations, &d_output, &mut gradient);
        assert_eq!(loss, expected);
        assert_eq!(training.gradient().state(), gradient.state());
        assert_eq!(training.activations().latent, activations.latent);
        assert_eq!(net, copy, "running statistics");

        let evaluated = training.forward(&net, &x);
        assert_eq!(evaluated.output, net.activations(&x).output);
        let loss = training.accumulate(&net, CrossEntropy, &classes);
        let activations = net.activations(&x);
        let (expected, d_output) = CrossEntropy.loss(&activations.output, &classes);
        net.backward(&activations, &d_output, &mut gradient);
        assert_eq!(loss, expected);
        assert_eq!(training.gradient().state(), gradient.state());
    }
}

#[test]
fn several_outputs_have_a_loss_of_their_own() {
    let net = ActorCritic::new(&mut StdRng::seed_from_u64(2));
    let mut training = net.training();
    for count in [6, 2] {
        let (seen, command) = (samples::<6>(count), samples::<2>(count));
        let (actions, returns) = (vec![1; count], vec![[0.5]; count]);
        let input = ActorCriticInput { seen: &seen, command: &command };
        training.forward(&net, &input);
        let losses = training.backward_with(&net, |activations, d_output| {
            let actor = CrossEntropy.loss_into(&activations.policy, &actions, &mut d_output.policy);
            [actor, MeanSquaredError.loss_into(&activations.value, &returns, &mut d_output.value)]
        });

        let activations = net.activations(&input);
        let (actor, policy) = CrossEntropy.loss(&activations.policy, &actions);
        let (critic, value) = MeanSquaredError.loss(&activations.value, &returns);
        let mut gradient = ActorCritic::zeros();
        net.backward(&activations, &ActorCriticOutput { policy, value }, &mut gradient);
        assert_eq!(losses, [actor, critic]);
        assert_eq!(training.gradient().state(), gradient.state());
    }
}

#[test]
fn sequences_go_on_from_their_states() {
    let mut net = Filter::new(&mut StdRng::seed_from_u64(3));
    let (mut training, mut rng) = (net.training(), StdRng::seed_from_u64(4));
    let [mut states, mut others] = [(); 2].map(|()| [StreamState::new(), StreamState::new()]);
    let x = samples::<12>(2);
    for _ in 0..3 {
        let output = training.forward_from(&net, &x, &mut states).output.clone();
        assert_eq!(output, net.activations_from(&x, &mut others).output);
        let given = training.train_from(&mut net, &x, &mut states, &mut rng).output.clone();
        let activations = net.train_from(&x, &mut others, &mut rng);
        assert_eq!(given, activations.output);
        let loss = training.backward(&net, MeanSquaredError, &x);
        let (expected, d_output) = MeanSquaredError.loss(&activations.output, &x);
        let mut gradient = Filter::zeros();
        net.backward(&activations, &d_output, &mut gradient);
        assert_eq!(loss, expected);
        assert_eq!(training.gradient().state(), gradient.state());
    }
}

#[test]
fn steps_after_the_first_allocate_nothing() {
    let mut rng = StdRng::seed_from_u64(1);
    let net = Classifier::new(&mut rng);
    let training = net.training();
    let mut agent = Agent { net, training };
    let mut adam = Adam::new(&agent.net);
    let (x, classes) = (samples::<10>(20), [1; 20]);
    let mut step = |count: usize| {
        let Agent { net, training } = &mut agent;
        training.train(net, &x[..count], &mut rng);
        let loss = training.backward(net, CrossEntropy, &classes[..count]);
        training.forward(net, &x[..count]);
        training.accumulate(net, CrossEntropy, &classes[..count]);
        clip_norm(training.gradient_mut(), 1.0);
        adam.step(net, training.gradient());
        assert!(loss.is_finite());
    };
    assert!(allocations(|| step(20)) > 0, "the first one does");
    for count in [20, 7, 20] {
        assert_eq!(allocations(|| step(count)), 0, "{count} samples");
    }
}

/// A step in memory of one kind of batch.
macro_rules! kinds {
    ($($x:expr, $targets:expr;)*) => {$({
        let mut net = Classifier::new(&mut StdRng::seed_from_u64(1));
        let (mut training, mut sgd) = (net.training(), Sgd::new(&net));
        let (x, targets) = ($x, $targets);
        let mut step = || {
            training.forward(&net, &x);
            training.backward(&net, CrossEntropy, &targets);
            sgd.step(&mut net, training.gradient());
        };
        step();
        assert_eq!(allocations(step), 0);
    })*};
}

#[test]
fn batches_of_all_kinds_allocate_nothing() {
    let fixed = SMatrix::<f32, 10, 4>::repeat(0.5);
    kinds! {
        fixed, [1; 4];
        fixed.columns(1, 2), vec![2; 2];
        fixed.column(2), [0];
        [0.25; 10], [1];
        vec![[0.25; 10]; 3], [1, 0, 2];
    }
    let net = Words::new(&mut StdRng::seed_from_u64(1));
    let mut training = net.training();
    let mut step = |tokens: &[[u32; 5]], next: &[usize]| {
        training.forward(&net, tokens);
        training.backward(&net, CrossEntropy.each_step::<11>(), next);
    };
    step(&[[3; 5]; 4], &[4; 20]);
    assert_eq!(allocations(|| step(&[[3; 5]; 2], &[4; 10])), 0);

    let net = ActorCritic::new(&mut StdRng::seed_from_u64(1));
    let mut training = net.training();
    let mut step = |count: usize| {
        let input =
            ActorCriticInput { seen: &[[0.5; 6]; 9][..count], command: &[[0.1; 2]; 9][..count] };
        training.forward(&net, &input);
        training.backward_with(&net, |activations, d_output| {
            d_output.policy.copy_from(&activations.policy);
            d_output.value.copy_from(&activations.value);
        });
    };
    step(9);
    assert_eq!(allocations(|| step(5)), 0);
}

#[test]
#[should_panic(expected = "call `forward` or `train` before")]
fn a_loss_of_no_pass_is_refused() {
    let net = Classifier::zeros();
    let mut training: Training<Classifier> = net.training();
    training.backward(&net, CrossEntropy, &[0; 2]);
}
