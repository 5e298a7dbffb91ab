//! Batches over several threads give what one gives, and the same each time.

use static_net::prelude::*;

network! {
    struct Dense< f64; 64 => relu 256 => tanh 256 => 8 >;
    struct Images< f64; [3, 16, 16] => relu conv(16, 3, padding: same) => max_pool(2) => residual(conv(16, 3, padding: same)) => flatten => 10 >;
    struct Text< f64; tokens(16, vocab: 40) => embedding(32) => position
        => repeat(2; residual(layer_norm => attention(heads: 4, causal: true)) => residual(gelu 64 => 32)) => 40 >;
    struct Sequence< f64; [20, 16] => h: gru(32) => last: take_last => &h => mean_over_time => concat(identity | &last) => 4 >;
    struct Pair< f64; (left: 200, right: 120) => concat(&left | &right) => relu 256 => (value: 3 | tanh 20 => other: 2) >;
    struct Dropped< f64; 64 => relu 256 => dropout(0.5) => tanh 256 => 8 >;
    struct Normalized< f64; 64 => relu 256 => batch_norm => tanh 256 => 8 >;
}

network! {
    /// Layers that repay several threads for one sample each: direct, by tiles, a product over steps.
    struct Large< f64; [8, 48, 48] => relu conv(24, 5, padding: same) => tanh conv(40, 3, padding: same)
        => conv(32, 3, stride: 2) => max_pool(2) => global_avg_pool => 4 >;
    struct LongText< f64; tokens(96, vocab: 40) => embedding(160) => residual(layer_norm => gelu 320 => 160) => 40 >;
    struct LargeNormalized< f64; [8, 24, 24] => conv(32, 3, padding: same) => batch_norm => relu conv(40, 3, padding: same)
        => global_avg_pool => 4 >;
    /// As many parameters as repay several threads in a step of an optimizer.
    struct Wide< f64; 64 => batch_norm => relu 4096 => 9 >;
}

/// Runs something on a pool of so many threads.
fn on<R: Send>(threads: usize, run: impl FnOnce() -> R + Send) -> R {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run)
}

fn numbers<const N: usize>(samples: usize, seed: u64) -> OMatrix<f64, Const<N>, Dyn> {
    let mut rng = StdRng::seed_from_u64(seed);
    OMatrix::<f64, Const<N>, Dyn>::from_fn(samples, |_, _| rng.random_range(-1.0..1.0))
}

#[track_caller]
fn assert_close(left: &[f64], right: &[f64]) {
    assert_eq!(left.len(), right.len());
    for (left, right) in left.iter().zip(right) {
        assert!((left - right).abs() <= 1e-12 * left.abs().max(1.0), "{left} {right}");
    }
}

/// Output, representations, and both gradients, on so many threads.
macro_rules! passes {
    ($net:ident, $x:expr, $d_output:expr, $threads:expr) => {
        on($threads, || {
            let net = $net::new(&mut StdRng::seed_from_u64(1));
            let (x, d_output) = ($x, $d_output);
            let activations = net.activations(&x);
            let mut representations = Vec::new();
            activations.visit(&mut |values| representations.extend_from_slice(values));
            let mut gradient = $net::zeros();
            // What is there is added to.
            gradient.state_mut().fill(0.25);
            net.backward(&activations, &d_output, &mut gradient);
            (net.forward(&x), representations, gradient)
        })
    };
}

macro_rules! agree {
    ($($test:ident: $net:ident $x:expr => $d_output:expr;)*) => {$(
        #[test]
        fn $test() {
            use static_net::network::Activations as _;
            let (output, representations, gradient) = passes!($net, $x, $d_output, 1);
            assert!(gradient.state().iter().any(|value| *value != 0.25));
            for threads in [2, 3] {
                let (y, values, again) = passes!($net, $x, $d_output, threads);
                assert_eq!(y, output);
                assert_close(&values, &representations);
                assert_close(again.state(), gradient.state());
                // Sums of parts are rounded in another way, which shows that there are parts.
                assert_ne!(again.state(), gradient.state());
                let (_, _, same) = passes!($net, $x, $d_output, threads);
                assert_eq!(same.state(), again.state());
            }
        }
    )*};
}

agree! {
    dense: Dense numbers::<64>(83, 2) => numbers::<8>(83, 3);
    images: Images numbers::<768>(25, 2) => numbers::<10>(25, 3);
    sequences: Sequence numbers::<320>(73, 2) => numbers::<4>(73, 3);
    text: Text tokens(25) => numbers::<640>(25, 3);
}

fn tokens(samples: usize) -> Vec<[u32; 16]> {
    let mut rng = StdRng::seed_from_u64(2);
    (0..samples).map(|_| std::array::from_fn(|_| rng.random_range(0..40))).collect()
}

#[test]
fn several_inputs_and_outputs() {
    let pass = |threads| {
        on(threads, || {
            let net = Pair::new(&mut StdRng::seed_from_u64(1));
            let (left, right) = (numbers::<200>(83, 2), numbers::<120>(83, 3));
            let x = PairInput { left: &left, right: &right };
            let activations = net.activations(&x);
            let d_output = PairOutput { value: numbers::<3>(83, 4), other: numbers::<2>(83, 5) };
            let mut gradient = Pair::zeros();
            let d_input = net.backward_to_input(&activations, &d_output, &mut gradient);
            assert_eq!(net.input_gradient(&activations, &d_output).left, d_input.left);
            (net.forward(&x), gradient, d_input)
        })
    };
    let (output, gradient, d_input) = pass(1);
    let (y, again, d_x) = pass(3);
    assert_eq!((y.value, y.other), (output.value, output.other));
    assert_close(again.state(), gradient.state());
    assert_close(d_x.left.as_slice(), d_input.left.as_slice());
    assert_close(d_x.right.as_slice(), d_input.right.as_slice());
}

/// Activations that were made on some threads go back on whatever there are, and what a batch of another size needs is made anew.
#[test]
fn activations_remember_their_parts() {
    let net = Dense::new(&mut StdRng::seed_from_u64(1));
    let mut activations = on(4, || net.activations(&numbers::<64>(83, 2)));
    let mut gradients = [(); 2].map(|()| Dense::zeros());
    on(1, || net.backward(&activations, &numbers::<8>(83, 3), &mut gradients[0]));
    on(3, || net.activations_into(&numbers::<64>(83, 2), &mut activations));
    on(2, || net.backward(&activations, &numbers::<8>(83, 3), &mut gradients[1]));
    assert_close(gradients[0].state(), gradients[1].state());
    on(3, || net.activations_into(&numbers::<64>(3, 2), &mut activations));
    assert_eq!(activations.output, net.forward(&numbers::<64>(3, 2)));
}

#[test]
fn training_is_repeated_on_as_many_threads() {
    let train = |threads| {
        on(threads, || {
            let mut rng = StdRng::seed_from_u64(1);
            let mut net = Dropped::new(&mut rng);
            let activations = net.train(&numbers::<64>(83, 2), &mut rng);
            let mut gradient = Dropped::zeros();
            net.backward(&activations, &numbers::<8>(83, 3), &mut gradient);
            let dropped = activations.stage2.iter().filter(|value| **value == 0.0).count();
            let zeros = activations.stage1.iter().filter(|value| **value == 0.0).count();
            let kept = activations.stage1.len() - zeros;
            let share = (dropped - zeros) as f64 / kept as f64;
            assert!((share - 0.5).abs() < 0.02, "{share}");
            gradient
        })
    };
    assert_eq!(train(3).state(), train(3).state());
}

/// A normalisation over the batch needs all of it.
#[test]
fn batch_statistics_are_of_the_whole_batch() {
    let train = |threads| {
        on(threads, || {
            let mut rng = StdRng::seed_from_u64(1);
            let mut net = Normalized::new(&mut rng);
            let activations = net.train(&numbers::<64>(83, 2), &mut rng);
            let mut gradient = Normalized::zeros();
            net.backward(&activations, &numbers::<8>(83, 3), &mut gradient);
            (net, gradient)
        })
    };
    let ((net, gradient), (again, same)) = (train(1), train(3));
    assert_eq!((again.state(), same.state()), (net.state(), gradient.state()));
}

/// One sample is not split, but its large layers are.
#[test]
fn large_layers_of_one_sample() {
    let image = numbers::<{ 8 * 48 * 48 }>(1, 2);
    let text: [u32; 96] = std::array::from_fn(|step| (step * 7 % 40) as u32);
    let (net, texts) = on(1, || {
        (Large::new(&mut StdRng::seed_from_u64(1)), LongText::new(&mut StdRng::seed_from_u64(1)))
    });
    let outputs = |threads| {
        on(threads, || {
            let activations = net.activations(&image);
            (net.forward(&image), activations.stage2.clone(), texts.forward(&text))
        })
    };
    let one = outputs(1);
    for threads in [2, 3, 5] {
        assert_eq!(outputs(threads), one, "{threads} threads");
    }
}

/// A normalisation over the batch needs all of it, but the convolutions before and behind it do not.
#[test]
fn large_layers_of_a_batch_that_is_not_split() {
    let train = |threads| {
        on(threads, || {
            let mut rng = StdRng::seed_from_u64(1);
            let mut net = LargeNormalized::new(&mut rng);
            let activations = net.train(&numbers::<{ 8 * 24 * 24 }>(7, 2), &mut rng);
            let mut gradient = LargeNormalized::zeros();
            net.backward(&activations, &numbers::<4>(7, 3), &mut gradient);
            (activations.output.clone(), net, gradient)
        })
    };
    let (output, net, gradient) = train(1);
    for threads in [2, 3] {
        let (y, again, same) = train(threads);
        assert_eq!(y, output);
        assert_eq!((again.state(), same.state()), (net.state(), gradient.state()));
    }
}

#[test]
fn steps_of_optimizers_are_the_same_on_any_number_of_threads() {
    let stepped = |threads| {
        on(threads, || {
            let mut net = Wide::new(&mut StdRng::seed_from_u64(1));
            let mut gradient = Wide::zeros();
            let values = numbers::<{ Wide::VALUES }>(2, 5);
            let (mut adam, mut sgd) =
                (AdamW::new(&net).amsgrad(true), Sgd::new(&net).momentum(0.9));
            for gradient_of_step in values.column_iter() {
                gradient.state_mut().copy_from_slice(gradient_of_step.as_slice());
                adam.step(&mut net, &gradient);
                sgd.step(&mut net, &gradient);
            }
            net
        })
    };
    let (start, alone) = (Wide::new(&mut StdRng::seed_from_u64(1)), stepped(1));
    for tensor in Wide::tensors() {
        let [before, after] = [&start, &alone].map(|net| &net.state()[tensor.range.clone()]);
        let is_trained = tensor.kind != static_net::Kind::RunningStatistic;
        assert!(before.iter().zip(after).all(|(before, after)| (before != after) == is_trained));
    }
    for threads in [2, 3] {
        assert_eq!(stepped(threads).state(), alone.state());
    }
}
