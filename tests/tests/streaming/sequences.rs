//! Passes over whole sequences go on from states.

use super::*;

network! {
    /// Everything that keeps a state over a whole sequence, twice: at once, and in halves.
    struct Half<
        [32, 3]
        => a: lstm(8)
        => residual(b: gru(7) => 8)
        => repeat(2; residual(rnn(8, nonlinearity: relu) => layer_norm))
        => inner: Inside
        => residual(gru(6, bias: false); project: lstm(6))
        => sum(gru(6) | &a => lstm(6))
        => transpose
        => gelu conv(4, 3, padding: causal, dilation: 5)
        => relu depthwise(2, padding: causal, multiplier: 2, bias: false)
        => concat(conv(2, 40, padding: causal, groups: 2) | softmax(axis: 0) conv(3, 2, padding: causal) | conv(1, 1))
        => transpose
        => tanh rnn(2)
    >;
    struct Inside< [32, 8] => gru(5) => 8 >;
    struct Full<
        [64, 3]
        => a: lstm(8)
        => residual(b: gru(7) => 8)
        => repeat(2; residual(rnn(8, nonlinearity: relu) => layer_norm))
        => inner: InsideFull
        => residual(gru(6, bias: false); project: lstm(6))
        => sum(gru(6) | &a => lstm(6))
        => transpose
        => gelu conv(4, 3, padding: causal, dilation: 5)
        => relu depthwise(2, padding: causal, multiplier: 2, bias: false)
        => concat(conv(2, 40, padding: causal, groups: 2) | softmax(axis: 0) conv(3, 2, padding: causal) | conv(1, 1))
        => transpose
        => tanh rnn(2)
    >;
    struct InsideFull< [64, 8] => gru(5) => 8 >;
}

type Batch<const N: usize> = OMatrix<f32, Const<N>, Dyn>;

fn sequences<const N: usize>(samples: usize) -> Batch<N> {
    let mut rng = StdRng::seed_from_u64(3);
    Batch::from_fn_generic(Const, Dyn(samples), |_, _| rng.random_range(-1.0..1.0))
}

fn networks() -> (Aligned<Half>, Aligned<Full>) {
    let mut half = Half::new(&mut StdRng::seed_from_u64(1));
    let mut rng = StdRng::seed_from_u64(2);
    half.state_mut().iter_mut().for_each(|value| *value += rng.random_range(-0.1..0.1));
    let mut full = Full::zeros();
    full.state_mut().copy_from_slice(half.state());
    (half, full)
}

fn close(left: &[f32], right: &[f32]) {
    assert_eq!(left.len(), right.len());
    for (place, (left, right)) in left.iter().zip(right).enumerate() {
        assert!((left - right).abs() < 1e-6, "{place}: {left}, {right}");
    }
}

#[test]
fn two_halves_are_the_whole() {
    let (half, full) = networks();
    for samples in [1, 5, 300] {
        let x = sequences::<192>(samples);
        let expected = full.forward(&x);
        let mut states = vec![StreamState::<Half>::new(); samples];
        let first = half.forward_from(&x.fixed_rows::<96>(0), &mut states);
        let second = half.forward_from(&x.fixed_rows::<96>(96), &mut states);
        for sample in 0..samples {
            close(first.column(sample).as_slice(), &expected.column(sample).as_slice()[..64]);
            close(second.column(sample).as_slice(), &expected.column(sample).as_slice()[64..]);
        }
        assert!(states.iter().all(|state| state.position() == 64));
    }
}

#[test]
fn a_state_behind_a_sequence_is_that_of_a_stream() {
    let (half, _) = networks();
    let x = sequences::<96>(3);
    let mut states = vec![StreamState::<Half>::new(); 3];
    let mut stream = half.stream();
    for state in &mut states {
        stream.push_for(state, &[0.5, -0.5, 1.0]);
    }
    let mut expected = states.clone();
    let y = half.forward_from(&x, &mut states);
    for (sample, (state, expected)) in states.iter().zip(&mut expected).enumerate() {
        for (step, y) in x
            .column(sample)
            .as_slice()
            .as_chunks::<3>()
            .0
            .iter()
            .zip(y.column(sample).as_slice().as_chunks::<2>().0)
        {
            close(stream.push_for(expected, step).as_slice(), y);
        }
        close(state.values(), expected.values());
        assert_eq!(state.position(), 33);
    }
    // One state for one sample.
    let mut one = StreamState::new();
    let y = half.forward_from(&x.fixed_view::<96, 1>(0, 0), &mut one);
    close(y.as_slice(), half.forward(&x.fixed_view::<96, 1>(0, 0)).as_slice());
}

#[test]
fn activations_and_training_go_on_from_states() {
    let (mut half, _) = networks();
    let (x, mut states) = (sequences::<96>(4), vec![StreamState::<Half>::new(); 4]);
    half.forward_from(&x, &mut states);
    let mut others = [states.clone(), states.clone()];
    let y = half.forward_from(&x, &mut states);
    let activations = half.activations_from(&x, &mut others[0]);
    assert_eq!(activations.output, y);
    let trained = half.train_from(&x, &mut others[1], &mut StdRng::seed_from_u64(1));
    assert_eq!(trained.output, y);
    assert_eq!([&states, &states], others.each_ref());
    assert_ne!(half.activations(&x).output, y);
}

#[test]
#[should_panic(
    expected = "each sample of `Half` goes on from a state: there are 4 samples and 3 states"
)]
fn as_many_states_as_samples() {
    let mut states = vec![StreamState::<Half>::new(); 3];
    Half::zeros().forward_from(&sequences::<96>(4), &mut states);
}

mod double {
    use super::*;

    network! {
        /// Small enough for differences by each parameter.
        pub struct Net<
            f64;
            [6, 2]
            => a: lstm(2)
            => transpose
            => gelu conv(4, 3, padding: causal, dilation: 2)
            => sum(tanh conv(2, 9, padding: causal, groups: 2) | conv(2, 2, padding: causal))
            => transpose
            => residual(gru(2) => layer_norm)
            => sum(rnn(3) | &a => gru(3, bias: false))
        >;
    }
}

/// The gradient is that of the second sequence alone: what the states come from counts as given.
#[test]
fn gradients_end_at_the_states() {
    use double::Net;
    let mut net = Net::new(&mut StdRng::seed_from_u64(1));
    let mut rng = StdRng::seed_from_u64(2);
    net.state_mut().iter_mut().for_each(|value| *value += rng.random_range(-0.2..0.2));
    let mut random = || SMatrix::<f64, 12, 3>::from_fn(|_, _| rng.random_range(-1.0..1.0));
    let (before, x) = (random(), random());
    let weights = SMatrix::<f64, 18, 3>::from_fn(|row, column| ((row + 5 * column) as f64).sin());
    let mut states = vec![StreamState::<Net>::new(); 3];
    net.forward_from(&before, &mut states[..]);
    // One sample has come further than the others.
    net.forward_from(&before.column(0), &mut states[1]);
    let loss =
        |net: &Net, x: &SMatrix<f64, 12, 3>| net.forward_from(x, &mut states.clone()).dot(&weights);

    let activations = net.activations_from(&x, &mut states.clone());
    let mut gradient = Net::zeros();
    let d_input = net.backward_to_input(&activations, &weights, &mut gradient);
    let trained = net.clone().train_from(&x, &mut states.clone(), &mut StdRng::seed_from_u64(1));
    let mut other = Net::zeros();
    net.backward(&trained, &weights, &mut other);
    assert_eq!(gradient, other);

    const STEP: f64 = 1e-5;
    let agrees = |found: f64, [plus, minus]: [f64; 2], what: &str, index: usize| {
        let expected = (plus - minus) / (2.0 * STEP);
        assert!((found - expected).abs() < 1e-8, "{what} {index}: {found}, {expected}");
    };
    for index in 0..net.state().len() {
        let moved = [STEP, -STEP].map(|step| {
            let mut moved = net.clone();
            moved.state_mut()[index] += step;
            loss(&moved, &x)
        });
        agrees(gradient.state()[index], moved, "parameter", index);
    }
    for index in 0..x.len() {
        let moved = [STEP, -STEP].map(|step| {
            let mut moved = x;
            moved[index] += step;
            loss(&net, &moved)
        });
        agrees(d_input[index], moved, "input", index);
    }

    // The next pass begins with nothing again.
    let mut activations = activations;
    net.activations_into(&x, &mut activations);
    let (mut fresh, mut again) = (Net::zeros(), Net::zeros());
    net.backward(&net.activations(&x), &weights, &mut fresh);
    net.backward(&activations, &weights, &mut again);
    assert_eq!(fresh, again);
    assert_ne!(fresh, gradient);
}
