//! Networks with several inputs.

use static_net::prelude::*;

const STATE: usize = 5;

network! {
    pub struct Critic< (state: STATE, action: 3) => concat(&state | &action) => relu 16 => relu 16 => value: 1 >;
    /// The same, of all of them at once.
    pub struct Joined< 8 => relu 16 => relu 16 => value: 1 >;
    /// A layer that scales and shifts what it sees by a condition.
    pub struct Conditioned<
        f64; (image: [2, 3, 3], condition: 4) => &image => a: tanh conv(2, 3, padding: same) => &condition => shift: 2
        => reshape[2, 1, 1] => upsample(3) => sum(identity | &a) => flatten => (score: 2 | &shift)
    >;
    pub struct Towers<
        (query: 6, document: 9) => &query => relu 8 => q: 4 => &document => relu 8 => d: 4 => (&q | &d)
    >;
}

#[test]
fn inputs_are_told_apart() {
    let mut rng = StdRng::seed_from_u64(3);
    let net = Critic::new(&mut rng);
    let mut joined = Joined::zeros();
    joined.state_mut().copy_from_slice(net.state());

    let state = SMatrix::<f32, 5, 4>::from_fn(|row, column| ((row * 3 + column) as f32).sin());
    let action = SMatrix::<f32, 3, 4>::from_fn(|row, column| ((row + 5 * column) as f32).cos());
    let together = SMatrix::<f32, 8, 4>::from_fn(|row, column| {
        if row < 5 { state[(row, column)] } else { action[(row - 5, column)] }
    });
    let output = net.forward(&CriticInput { state: &state, action: &action });
    assert!((output - joined.forward(&together)).amax() < 1e-6);
    // Of arrays, and of rows that do not lie one behind the other.
    let one = net.forward(&CriticInput { state: &[0.5; 5], action: &[0.25; 3] });
    let expected = joined.forward(&[0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25]);
    assert!((one - expected).amax() < 1e-6);
    let (upper, lower) = (together.fixed_rows::<5>(0), together.fixed_rows::<3>(5));
    assert_eq!(net.forward(&CriticInput { state: &upper, action: &lower }), output);
    let mut held = output;
    let mut workspace = Workspace::new();
    net.forward_into(&CriticInput { state: &state, action: &action }, &mut held, &mut workspace);
    assert_eq!(held, output);

    let activations = net.activations(&CriticInput { state: &state, action: &action });
    assert_eq!((activations.state, activations.action), (state, action));
    let d_output = SMatrix::<f32, 1, 4>::repeat(1.0);
    let (mut gradient, mut of_joined) = (Critic::zeros(), Joined::zeros());
    let d_input = net.backward(&activations, &d_output, &mut gradient);
    let expected = joined.backward(&joined.activations(&together), &d_output, &mut of_joined);
    assert!((d_input.state - expected.fixed_rows::<5>(0)).amax() < 1e-6);
    assert!((d_input.action - expected.fixed_rows::<3>(5)).amax() < 1e-6);
    let difference = gradient.state().iter().zip(of_joined.state()).map(|(a, b)| (a - b).abs());
    assert!(difference.fold(0.0, f32::max) < 1e-5);

    let mut held = d_input;
    gradient.fill_zero();
    net.backward_into(&activations, &d_output, &mut gradient, Some(&mut held), &mut workspace);
    assert_eq!(held, d_input);
    net.backward_into(&activations, &d_output, &mut gradient, None, &mut workspace);
}

#[test]
fn gradients_of_each_input_are_those_of_differences() {
    let mut rng = StdRng::seed_from_u64(5);
    let net = Conditioned::new(&mut rng);
    let image: Vec<[f64; 18]> = (0..3).map(|_| std::array::from_fn(|_| rng.random())).collect();
    let condition: Vec<[f64; 4]> = (0..3).map(|_| std::array::from_fn(|_| rng.random())).collect();
    let loss = |image: &Vec<[f64; 18]>, condition: &Vec<[f64; 4]>| {
        let output = net.forward(&ConditionedInput { image, condition });
        output.score.norm_squared() + 3.0 * output.shift.sum()
    };
    let activations = net.activations(&ConditionedInput { image: &image, condition: &condition });
    let d_output = ConditionedOutput {
        score: 2.0 * &activations.score,
        shift: OMatrix::<f64, Const<2>, Dyn>::repeat(3, 3.0),
    };
    let d_input = net.backward(&activations, &d_output, &mut Conditioned::zeros());
    let step = 1e-6;
    for (sample, index) in [(0, 0), (1, 7), (2, 17)] {
        let moved = |by: f64| {
            let mut image = image.clone();
            image[sample][index] += by;
            loss(&image, &condition)
        };
        let difference = (moved(step) - moved(-step)) / (2.0 * step);
        assert!((difference - d_input.image[(index, sample)]).abs() < 1e-6);
    }
    for (sample, index) in [(0, 3), (1, 0), (2, 2)] {
        let moved = |by: f64| {
            let mut condition = condition.clone();
            condition[sample][index] += by;
            loss(&image, &condition)
        };
        let difference = (moved(step) - moved(-step)) / (2.0 * step);
        assert!((difference - d_input.condition[(index, sample)]).abs() < 1e-6);
    }
}

#[test]
fn stages_are_counted_without_inputs() {
    let names: Vec<_> = Towers::tensors().into_iter().map(|tensor| tensor.name).collect();
    let expected = ["stage1", "q", "stage3", "d"];
    let expected: Vec<_> = expected
        .iter()
        .flat_map(|stage| [format!("{stage}.weight"), format!("{stage}.bias")])
        .collect();
    assert_eq!(names, expected);
    let net = Towers::new(&mut StdRng::seed_from_u64(1));
    let input = TowersInput { query: &vec![[0.5; 6]; 7], document: &vec![[0.5; 9]; 7] };
    let output = net.forward(&input);
    assert_eq!((output.q.shape(), output.d.shape()), ((4, 7), (4, 7)));
    let activations = net.activations(&input);
    let d_output = TowersOutput { q: &activations.d, d: &activations.q };
    let d_input = net.backward(&activations, &d_output, &mut Towers::zeros());
    assert_eq!((d_input.query.shape(), d_input.document.shape()), ((6, 7), (9, 7)));
}

#[test]
#[should_panic(expected = "the inputs hold 2 samples and 3")]
fn inputs_of_other_batches_are_noticed() {
    let input = CriticInput { state: &vec![[0.0; 5]; 2], action: &vec![[0.0; 3]; 3] };
    Critic::zeros().forward(&input);
}
