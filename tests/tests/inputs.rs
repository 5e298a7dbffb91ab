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
    /// Two critics: a network of several inputs as a stage, given them in either order.
    pub struct Critics<
        (state: STATE, action: 3) => first: Critic(state: &state, action: &action)
        => second: Critic(action: &action, state: &state) => (&first | &second)
    >;
    /// Words and which of two sentences they are of.
    pub struct Embedded<
        (words: tokens(4, vocab: 9, padding: 0), sentence: tokens(4, vocab: 2))
        => sum(&words => embedding(6) | &sentence => embedding(6)) => layer_norm => mean_over_time(mask: &words)
    >;
    pub struct Pairs<
        (first: tokens(4, vocab: 9), second: tokens(4, vocab: 9), sentence: tokens(4, vocab: 2))
        => a: Embedded(words: &first, sentence: &sentence) => b: Embedded(sentence: &sentence, words: &second)
        => cosine(&a, &b)
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
    let d_input = net.backward_to_input(&activations, &d_output, &mut gradient);
    let expected =
        joined.backward_to_input(&joined.activations(&together), &d_output, &mut of_joined);
    assert!((d_input.state - expected.fixed_rows::<5>(0)).amax() < 1e-6);
    assert!((d_input.action - expected.fixed_rows::<3>(5)).amax() < 1e-6);
    let difference = gradient.state().iter().zip(of_joined.state()).map(|(a, b)| (a - b).abs());
    assert!(difference.fold(0.0, f32::max) < 1e-5);

    let mut held = d_input;
    gradient.fill_zero();
    net.backward_to_input_into(&activations, &d_output, &mut gradient, &mut held, &mut workspace);
    assert_eq!(held, d_input);
    assert_eq!(net.input_gradient(&activations, &d_output), d_input);
    held.state.fill(f32::NAN);
    net.input_gradient_into(&activations, &d_output, &mut held, &mut workspace);
    assert_eq!(held, d_input);
    let mut without = Critic::zeros();
    net.backward_into(&activations, &d_output, &mut without, &mut workspace);
    assert_eq!(without, gradient);
}

#[test]
fn networks_inside_are_given_their_inputs_by_name() {
    let mut rng = StdRng::seed_from_u64(4);
    let net = Critics::new(&mut rng);
    let state = SMatrix::<f32, 5, 4>::from_fn(|row, column| ((row * 3 + column) as f32).sin());
    let action = SMatrix::<f32, 3, 4>::from_fn(|row, column| ((row + 5 * column) as f32).cos());
    let (input, inner) = (
        CriticsInput { state: &state, action: &action },
        CriticInput { state: &state, action: &action },
    );
    let CriticsOutput { first, second } = net.forward(&input);
    assert_eq!(first, net.first.forward(&inner));
    assert_eq!(second, net.second.forward(&inner));

    let (activations, mut gradient) = (net.activations(&input), Critics::zeros());
    let d_output = CriticsOutput {
        first: SMatrix::<f32, 1, 4>::repeat(1.0),
        second: SMatrix::<f32, 1, 4>::repeat(-2.0),
    };
    let d_input = net.backward_to_input(&activations, &d_output, &mut gradient);
    let mut of_inner = [Critic::zeros(), Critic::zeros()];
    let d_first = net.first.backward_to_input(
        &net.first.activations(&inner),
        &d_output.first,
        &mut of_inner[0],
    );
    let d_second = net.second.backward_to_input(
        &net.second.activations(&inner),
        &d_output.second,
        &mut of_inner[1],
    );
    assert!((d_input.state - d_first.state - d_second.state).amax() < 1e-6);
    assert!((d_input.action - d_first.action - d_second.action).amax() < 1e-6);
    assert_eq!(gradient.first.state(), of_inner[0].state());
    assert_eq!(gradient.second.state(), of_inner[1].state());
}

#[test]
fn networks_inside_are_given_tokens_by_name() {
    let net = Pairs::new(&mut StdRng::seed_from_u64(6));
    let (first, second, sentence) = ([1, 8, 3, 0], [2, 2, 0, 0], [0, 1, 1, 0]);
    let output = net.forward(&PairsInput { first: &first, second: &second, sentence: &sentence });
    let a = net.a.forward(&EmbeddedInput { words: &first, sentence: &sentence });
    let b = net.b.forward(&EmbeddedInput { words: &second, sentence: &sentence });
    assert!((output[0] - a.dot(&b) / (a.norm() * b.norm())).abs() < 1e-6);
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
    let d_input = net.backward_to_input(&activations, &d_output, &mut Conditioned::zeros());
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
    let d_input = net.backward_to_input(&activations, &d_output, &mut Towers::zeros());
    assert_eq!((d_input.query.shape(), d_input.document.shape()), ((6, 7), (9, 7)));
}

#[test]
#[should_panic(expected = "the inputs hold 2 samples and 3")]
fn inputs_of_other_batches_are_noticed() {
    let input = CriticInput { state: &vec![[0.0; 5]; 2], action: &vec![[0.0; 3]; 3] };
    Critic::zeros().forward(&input);
}

network! {
    pub struct Words< tokens(6, vocab: 9) => embedding(8) => residual(attention(2)) => mean_over_time => 3 >;
    pub struct Fewer< tokens(4, vocab: 9) => embedding(8) => residual(attention(2)) => mean_over_time => 3 >;
    pub struct Padded<
        (words: tokens(6, vocab: 9, padding: 0), gain: 3) => &words => embedding(8)
        => residual(attention(heads: 2, mask: &words)) => mean_over_time(mask: &words) => 3 => sum(identity | &gain)
    >;
    pub struct OfTokens<
        f64; (words: tokens(4, vocab: 9), segments: tokens(4, vocab: [2, 2, 3, 3]))
        => sum(&words => embedding(5) | &segments => embedding(5)) => tanh 3 => mean_over_time
    >;
    pub struct Aside<
        (words: tokens(STATE, vocab: 9, padding: 0), x: 3)
        => &x => 2 => concat(identity | &words => embedding(4) => mean_over_time(mask: &words))
    >;
    pub struct Nested< (a: tokens(4, vocab: 9), b: 2) => &a => inner: Fewer => concat(identity | &b) => 1 >;
}

/// Tokens among several inputs are what they are alone, and those for padding are as if they were not there.
#[test]
fn tokens_are_read_and_hidden() {
    let mut rng = StdRng::seed_from_u64(11);
    let net = Padded::new(&mut rng);
    let (mut words, mut fewer) = (Words::zeros(), Fewer::zeros());
    words.state_mut().copy_from_slice(net.state());
    fewer.state_mut().copy_from_slice(net.state());
    let gain = [[0.5f32, -1.0, 2.0]; 3];
    let ids = [[4u32, 1, 8, 8, 2, 3], [1, 1, 1, 1, 1, 1], [5, 6, 7, 8, 1, 2]];
    let output = net.forward(&PaddedInput { words: &ids[..], gain: &gain[..] });
    let expected = words.forward(&ids[..]);
    for (output, expected) in output.column_iter().zip(expected.column_iter()) {
        assert!((output - expected - SVector::from(gain[0])).amax() < 1e-6);
    }
    let hidden = net.forward(&PaddedInput { words: &[4, 1, 8, 8, 0, 0], gain: &[0.0; 3] });
    assert!((hidden - fewer.forward(&[4, 1, 8, 8])).amax() < 1e-6);
    // Where all is padding, nothing but the bias is left.
    let nothing = net.forward(&PaddedInput { words: &[0; 6], gain: &[0.0; 3] });
    assert_eq!(nothing, net.stage4.bias);

    let mut gradient = Padded::zeros();
    let input = PaddedInput { words: &[4, 1, 8, 8, 0, 0], gain: &[0.0; 3] };
    let activations = net.activations(&input);
    assert_eq!(activations.words_mask.as_slice(), [1.0, 1.0, 1.0, 1.0, 0.0, 0.0]);
    assert_eq!(activations.words.as_slice(), [4.0, 1.0, 8.0, 8.0, 0.0, 0.0]);
    let d_output = SVector::<f32, 3>::new(1.0, -2.0, 0.5);
    let PaddedInputGradient { gain: d_gain } =
        net.backward_to_input(&activations, &d_output, &mut gradient);
    assert_eq!(d_gain, d_output);
    let mut of_fewer = Fewer::zeros();
    fewer.backward(&fewer.activations(&[4, 1, 8, 8]), &d_output, &mut of_fewer);
    let difference = gradient.state().iter().zip(of_fewer.state()).map(|(a, b)| (a - b).abs());
    assert!(difference.fold(0.0, f32::max) < 1e-5);
}

network! {
    pub struct Packed<
        (x: [6, 3], mask: [6]) => &x => steps: lstm(5, bidirectional: true, mask: &mask) => gru(4, mask: &mask)
        => (last: take_last(mask: &mask) | &steps => ends: gru(2, last: true, bidirectional: true, mask: &mask))
    >;
    pub struct Unpacked<
        [3, 3] => steps: lstm(5, bidirectional: true) => gru(4)
        => (last: take_last | &steps => ends: gru(2, last: true, bidirectional: true))
    >;
}

/// Tokens are read in branches behind the first too, and their length may be a const.
#[test]
fn tokens_are_read_aside() {
    let net = Aside::new(&mut StdRng::seed_from_u64(5));
    let input = AsideInput { words: [4, 1, 0, 0, 0], x: [0.5, 0.0, -1.0] };
    let table = net.stage2.branch2.stage1.weight;
    let mean = (table.column(4) + table.column(1)) / 2.0;
    let activations = net.activations(&input);
    assert!((activations.output.fixed_rows::<4>(2) - mean).amax() < 1e-6);
    let mut gradient = Aside::zeros();
    net.backward(&activations, &SVector::<f32, 6>::repeat(1.0), &mut gradient);
    assert_eq!(gradient.stage2.branch2.stage1.weight.sum(), 4.0);
}

/// Recurrences pass over the steps that a mask hides, wherever they stand, as if they were not there.
#[test]
fn steps_are_passed_over() {
    let net = Unpacked::new(&mut StdRng::seed_from_u64(5));
    let mut packed = Packed::zeros();
    packed.state_mut().copy_from_slice(net.state());
    let steps = SMatrix::<f32, 3, 3>::from_fn(|feature, step| {
        0.3 * (step as f32 + 1.0) - 0.4 * feature as f32
    });
    let [d_last, d_ends] =
        [[0.5, -1.0, 2.0, 0.25], [1.0, -0.5, 0.75, 2.0]].map(SVector::<f32, 4>::from);
    let d_output = UnpackedOutput { last: d_last, ends: d_ends };
    let plain = net.activations(&steps.as_slice().as_array::<9>().unwrap());
    let mut expected = Unpacked::zeros();
    let d_expected = net.backward_to_input(&plain, &d_output, &mut expected);

    let masks = [[0, 1, 2], [3, 4, 5], [0, 2, 4], [1, 2, 5]];
    let (mut x, mut mask) = (SMatrix::<f32, 18, 5>::repeat(7.0), SMatrix::<f32, 6, 5>::zeros());
    for (sample, places) in masks.into_iter().enumerate() {
        for (step, place) in places.into_iter().enumerate() {
            x.view_mut((3 * place, sample), (3, 1)).copy_from(&steps.column(step));
            mask[(place, sample)] = 1.0;
        }
    }
    let input = PackedInput { x: &x, mask: &mask };
    let activations = packed.activations(&input);
    let output = packed.forward(&input);
    let [last, ends] =
        [d_last, d_ends].map(|d_sample| SMatrix::<f32, 4, 5>::from_fn(|i, _| d_sample[i]));
    let d_packed = PackedOutput { last, ends };
    let mut gradient = Packed::zeros();
    let d_input = packed.backward_to_input(&activations, &d_packed, &mut gradient);
    for (sample, places) in masks.into_iter().enumerate() {
        assert!((output.last.column(sample) - plain.last).amax() < 1e-6);
        assert!((output.ends.column(sample) - plain.ends).amax() < 1e-6);
        for place in 0..6 {
            let step = places.iter().position(|&other| other == place);
            let given = step.map_or(SVector::zeros(), |step| {
                plain.steps.fixed_rows::<10>(10 * step).into_owned()
            });
            assert!((activations.steps.view((10 * place, sample), (10, 1)) - given).amax() < 1e-6);
            let d_step = step
                .map_or(SVector::zeros(), |step| d_expected.fixed_rows::<3>(3 * step).into_owned());
            assert!((d_input.x.view((3 * place, sample), (3, 1)) - d_step).amax() < 1e-5);
        }
    }
    // Of a sample without steps there is nothing, and it adds nothing.
    assert_eq!(output.last.column(4), SVector::<f32, 4>::zeros());
    assert_eq!(output.ends.column(4), SVector::<f32, 4>::zeros());
    assert!(d_input.mask.iter().all(|&d_value| d_value == 0.0));
    let errors = gradient.state().iter().zip(expected.state()).map(|(a, b)| (a - 4.0 * b).abs());
    assert!(errors.fold(0.0, f32::max) < 1e-4);
}

#[test]
fn tokens_of_no_vocabulary_are_found() {
    let input = PaddedInput { words: &[4, 1, 8, 9, 0, 0], gain: &[0.0; 3] };
    let error = input.check_tokens().unwrap_err();
    assert_eq!((error.position, error.token, error.vocabulary), (3, 9, 9));
    let run = || Padded::zeros().forward(&input);
    let panic = std::panic::catch_unwind(run).expect_err("9 is none of 9 tokens");
    let message = panic.downcast_ref::<String>().expect("a text");
    assert_eq!(*message, format!("the input `words`: {error}"));
    let input = OfTokensInput { words: &[4, 1, 8, 8], segments: &[1, 1, 2, 3] };
    assert_eq!(input.check_tokens().unwrap_err().vocabulary, 3);
}

/// The panic says which input it is of.
#[test]
#[should_panic = "the input `segments`: sample 1 has token 7 at position 2"]
fn a_token_of_no_vocabulary_is_told_with_its_input() {
    let (words, segments) = ([[4u32, 1, 8, 4], [0, 1, 2, 3]], [[1u32, 0, 2, 2], [1, 1, 7, 0]]);
    OfTokens::zeros().forward(&OfTokensInput { words: &words[..], segments: &segments[..] });
}

/// Where all inputs are tokens there is no gradient of them.
#[test]
fn gradients_of_tables_are_those_of_differences() {
    let mut rng = StdRng::seed_from_u64(13);
    let mut net = OfTokens::new(&mut rng);
    let (words, segments) = ([[4u32, 1, 8, 4], [0, 1, 2, 3]], [[1u32, 0, 2, 2], [1, 1, 0, 0]]);
    let loss = |net: &OfTokens| {
        net.forward(&OfTokensInput { words: &words[..], segments: &segments[..] }).norm_squared()
    };
    let activations =
        net.activations(&OfTokensInput { words: &words[..], segments: &segments[..] });
    let d_output = 2.0 * &activations.output;
    let mut gradient = OfTokens::zeros();
    net.backward(&activations, &d_output, &mut gradient);
    let step = 1e-6;
    for index in 0..net.state().len() {
        let [mut above, mut below] = [0.0; 2];
        for (loss_at, sign) in [(&mut above, step), (&mut below, -step)] {
            net.state_mut()[index] += sign;
            *loss_at = loss(&net);
            net.state_mut()[index] -= sign;
        }
        let expected = (above - below) / (2.0 * step);
        assert!((gradient.state()[index] - expected).abs() < 1e-6, "value {index}");
    }
}

#[test]
fn a_network_of_tokens_stands_among_others() {
    let mut rng = StdRng::seed_from_u64(17);
    let net = Nested::new(&mut rng);
    let output = net.forward(&NestedInput { a: &[4, 1, 8, 8], b: &[0.25, 0.5] });
    let inner = net.inner.forward(&[4, 1, 8, 8]);
    let joined = SVector::<f32, 5>::from_iterator(inner.iter().copied().chain([0.25, 0.5]));
    assert!((output - (net.stage3.weight * joined + net.stage3.bias)).amax() < 1e-6);
}
