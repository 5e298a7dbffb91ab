//! A step of a stream allocates nothing and needs little stack.

use super::*;

network! {
    struct Temporal<
        [4, 1000]
        => conv(16, 1)
        => residual(relu conv(16, 3, padding: causal) => batch_norm => relu conv(16, 3, padding: causal, dilation: 2))
        => repeat(3; residual(relu depthwise(3, padding: causal, dilation: 8) => conv(16, 1)))
        => concat(conv(4, 1) | tanh conv(4, 5, padding: causal))
        => transpose => layer_norm => softmax => transpose => log_softmax(axis: 0) => normalize(axis: 0)
        => sum(conv(2, 1) | conv(2, 2, padding: causal))
    >;
    struct Recurrent<
        [500, 3]
        => layer_norm => lstm(20) => residual(gru(20, bias: false)) => repeat(2; rnn(20, nonlinearity: relu))
        => transpose => conv(4, 3, padding: causal) => transpose => 2
    >;
    /// Two outputs.
    struct Agent< [500, 3] => memory: gru(20) => (policy: 4 | tanh 8 => value: 1) >;
    /// Two inputs, which a stage takes by their names.
    struct Driven< (x: [500, 3], gate: [500, 2]) => &gate => g: 3 => Product(gain: &g, x: &x) => lstm(4) >;
    struct Product< (x: [500, 3], gain: [500, 3]) => product(&x | &gain) => 3 >;
    /// A history and a step that are each larger than the stack.
    struct Broad< [4, 64] => relu conv(20_000, 1) => residual(depthwise(9, padding: causal)) => conv(4, 1) >;
}

#[test]
fn a_step_allocates_nothing() {
    let net = Temporal::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    let mut y = SVector::<f32, 2>::zeros();
    let matrix = SMatrix::<f32, 1, 4>::from_element(0.5);
    let count = allocations(|| {
        for time in 0..2000 {
            stream.push(&[time as f32; 4]);
            stream.push_into(&SVector::<f32, 4>::from_element(0.5), &mut y);
            // A row of a matrix is copied.
            stream.push(&matrix.transpose().fixed_rows::<4>(0));
            stream.try_push(&[0.1; 4]).expect("no end");
        }
        stream.reset();
    });
    assert_eq!(count, 0);
    assert!(y.amax() > 0.0);
}

#[test]
fn a_step_of_recurrences_allocates_nothing() {
    let net = Recurrent::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    let mut y = SVector::<f32, 2>::zeros();
    let count = allocations(|| {
        for time in 0..2000 {
            stream.push_into(&[(time as f32).sin(), 0.5, -0.5], &mut y);
        }
        stream.reset();
        stream.push_into(&[0.5; 3], &mut y);
    });
    assert_eq!(count, 0);
    assert!(y.amax() > 0.0);
    assert_eq!(allocations(|| drop(net.stream())), 2);
}

#[test]
fn a_block_allocates_nothing_behind_the_first() {
    let net = Temporal::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    let x: [[f32; 4]; 200] = core::array::from_fn(|time| [(time as f32).sin(), 0.5, -0.5, 0.25]);
    let mut y = [[0.0; 2]; 200];
    assert_eq!(allocations(|| stream.push_block(&x[..2], &mut y[..2])), 1);
    let count = allocations(|| {
        for steps in [200, 1, 64, 65, 7] {
            stream.push_block(&x[..steps], &mut y[..steps]);
            stream.try_push_block(&x[..steps], &mut y[..steps]).expect("no end");
            stream.push(&x[0]);
        }
        stream.reset();
    });
    assert_eq!(count, 0);
    assert!(y.as_flattened().iter().all(|y| y.is_finite()));
}

#[test]
fn a_step_of_several_outputs_allocates_nothing() {
    let net = Agent::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    let mut state = stream.state().clone();
    let mut y = stream.push(&[0.5; 3]);
    let count = allocations(|| {
        for time in 0..200 {
            y = stream.push(&[(time as f32).sin(), 0.5, -0.5]);
            stream.push_into(&[0.5; 3], &mut y);
            y = stream.push_for(&mut state, &[0.25; 3]);
        }
    });
    assert_eq!(count, 0);
    assert!(y.policy.amax() > 0.0 && y.value.amax() > 0.0);
    assert_eq!(allocations(|| drop(net.stream())), 2);
}

#[test]
fn a_step_of_several_inputs_allocates_nothing() {
    let net = Driven::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    let gate = SVector::<f32, 2>::new(0.5, -0.5);
    let mut sum = 0.0;
    let count = allocations(|| {
        for time in 0..200 {
            sum += stream
                .push(&DrivenInput { x: [(time as f32).sin(), 0.5, -0.5], gate: &gate })
                .amax();
        }
    });
    assert_eq!(count, 0);
    assert!(sum > 0.0);
    assert_eq!(allocations(|| drop(net.stream())), 2);
}

#[test]
fn a_stream_is_two_allocations_and_a_state_one() {
    let net = Temporal::zeros();
    assert_eq!(allocations(|| drop(net.stream())), 2);
    let stream = net.stream();
    assert_eq!(allocations(|| drop(stream.clone())), 2);
    assert_eq!(allocations(|| drop(StreamState::<Temporal>::new())), 1);
    assert_eq!(allocations(|| drop(stream.state().clone())), 1);
}

#[test]
fn a_step_of_one_of_many_sequences_allocates_nothing() {
    let net = Temporal::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    let mut voices = vec![StreamState::<Temporal>::new(); 5];
    let count = allocations(|| {
        for time in 0..200 {
            for (voice, state) in voices.iter_mut().enumerate() {
                stream.push_for(state, &[(time * voice) as f32; 4]);
            }
            voices[time % 5].reset();
        }
        let (first, others) = voices.split_at_mut(1);
        first[0].clone_from(&others[0]);
        stream.set_state(&first[0]);
    });
    assert_eq!(count, 0);
    assert_eq!(stream.state(), &voices[1]);
}

#[test]
fn a_step_needs_little_stack() {
    with_little_stack(|| {
        let net = Broad::new(&mut StdRng::seed_from_u64(1));
        let mut stream = net.stream();
        let mut y = SVector::zeros();
        for _ in 0..20 {
            y = stream.push(&[0.5; 4]);
        }
        let mut copy = stream.clone();
        assert_eq!(copy.push(&[0.25; 4]), stream.push(&[0.25; 4]));
        assert!(y.amax() > 0.0);

        let net = Temporal::new(&mut StdRng::seed_from_u64(1));
        assert!(net.stream().push(&[0.5; 4]).amax() > 0.0);
    });
}

network! {
    struct GoesOn<
        [6, 3]
        => lstm(5) => transpose => gelu conv(4, 3, padding: causal, dilation: 2) => transpose
        => residual(gru(4)) => rnn(2)
    >;
}

#[test]
fn sequences_that_go_on_allocate_nothing() {
    let mut rng = StdRng::seed_from_u64(1);
    let mut net = GoesOn::new(&mut rng);
    let x = OMatrix::<f32, Const<18>, Dyn>::from_fn_generic(Const, Dyn(7), |row, column| {
        ((row + 3 * column) as f32).sin()
    });
    let mut states = vec![StreamState::<GoesOn>::new(); 7];
    let (mut y, mut workspace) = (net.forward(&x), Workspace::new());
    let mut activations = net.activations(&x);
    let mut gradient = GoesOn::zeros();
    let mut step = |net: &mut GoesOn| {
        net.forward_from_into(&x, &mut states, &mut y, &mut workspace);
        net.activations_from_into(&x, &mut states, &mut activations);
        net.train_from_into(&x, &mut states, &mut rng, &mut activations);
        net.backward_into(&activations, &y, &mut gradient, &mut workspace);
        states[3].reset();
    };
    step(&mut net);
    assert_eq!(allocations(|| (0..10).for_each(|_| step(&mut net))), 0);
    assert!(gradient.state().iter().any(|&value| value != 0.0));
}
