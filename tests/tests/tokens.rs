//! Networks of tokens: against PyTorch, against differences, and tokens that a network does not know.

use static_net::loss;
use static_net::loss::LossError;
use static_net::prelude::*;
use static_net::shape::TokenOutOfRange;
use static_net_tests::fixture::{Value, assert_close, get, indices, numbers, places, read};

network! {
    struct Tied< tokens(4, vocab: 7) => table: embedding(5) => up: relu 6 => down: 5 => tied(table) >;
    struct Columns< tokens(2, vocab: [4, 6]) => vectors: embedding(3) => flatten => hidden: tanh 4 => head: 1 >;

    struct Deep< f64; tokens(3, vocab: 5) => table: embedding(4, std: 0.5) => gelu 4
        => residual(layer_norm => up: silu 6 => down: 4) => rms_norm => tied(table) >;
    struct Pooled< f64; tokens(3, vocab: [2, 3, 4]) => tanh embedding(4) => transpose => avg_pool(3) => flatten => 2 >;
    struct Vector< f64; tokens(3, vocab: 5) => table: embedding(4) => flatten => relu 4 => tied(table) >;
    struct Outer< f64; tokens(3, vocab: 5) => deep: Deep => [3, 5] => flatten => 2 >;
}

const VOCABULARY: usize = 9;
const WIDTH: usize = 4;

network! {
    struct Consts< tokens({ WIDTH - 1 }, vocab: VOCABULARY) => table: embedding(WIDTH) => relu { 2 * WIDTH } => WIDTH
        => tied(table) >;
}

/// A test of a network against the cases of PyTorch of this name, one sample at a time and all at once.
macro_rules! parity {
    ($test:ident: $network:ident, $name:literal, $length:literal, $outputs:literal;) => {
        #[test]
        fn $test() {
            let cases = read("tokens.json");
            let cases: Vec<&Value> = cases.as_array().unwrap().iter().collect();
            let cases = cases.into_iter().filter(|case| get(case, "name") == $name);
            let mut compared = 0;
            for case in cases {
                let mut net = $network::zeros();
                for tensor in $network::tensors() {
                    let values: Vec<f32> = numbers(get(get(case, "parameters"), &tensor.name));
                    assert_eq!(values.len(), tensor.range.len(), "{}", tensor.name);
                    for (value, place) in values.into_iter().zip(places(&tensor)) {
                        net.state_mut()[place] = value;
                    }
                }
                let tokens: Vec<u32> =
                    indices(get(case, "tokens")).into_iter().map(|id| id as u32).collect();
                let tokens = tokens.as_chunks::<$length>().0;
                let output: Vec<f64> = numbers(get(case, "output"));
                let d_output: Vec<f32> = numbers(get(case, "d_output"));
                let d_output = d_output.as_chunks::<$outputs>().0;
                assert_close("forward", net.forward(tokens).as_slice(), &output, 1e-5);
                for (sample, output) in tokens.iter().zip(output.chunks($outputs)) {
                    assert_close("one sample", net.forward(sample).as_slice(), output, 1e-5);
                }
                let activations = net.activations(tokens);
                assert_eq!(activations.input.as_slice(), tokens.as_flattened());
                assert_close("activations", activations.output.as_slice(), &output, 1e-5);
                let mut gradient = $network::zeros();
                net.backward(&activations, d_output, &mut gradient);
                for tensor in $network::tensors() {
                    let wanted: Vec<f64> = numbers(get(get(case, "gradients"), &tensor.name));
                    let given: Vec<f32> =
                        places(&tensor).into_iter().map(|place| gradient.state()[place]).collect();
                    assert_close(&tensor.name, &given, &wanted, 1e-5);
                }
                compared += 1;
            }
            assert_eq!(compared, 2);
        }
    };
}
parity! { a_table_at_both_ends: Tied, "tied", 4, 28; }
parity! { a_table_for_each_column: Columns, "columns", 2, 1; }

/// The gradient of every parameter is that of central differences of `sum(d_output * output)`.
macro_rules! differences {
    ($($test:ident: $network:ident, $length:literal, $outputs:literal, $vocabularies:expr;)*) => {$(
        #[test]
        fn $test() {
            let rng = &mut StdRng::seed_from_u64(3);
            for batch in [1, 2, 9] {
                let mut net = $network::new(rng);
                let vocabularies: [u32; 3] = $vocabularies;
                let draw = |rng: &mut StdRng| vocabularies.map(|size| rng.random_range(0..size));
                let tokens: Vec<[u32; $length]> = (0..batch).map(|_| draw(rng)).collect();
                let d_output = OMatrix::<f64, Const<$outputs>, Dyn>::from_fn(batch, |_, _| rng.random());
                let activations = net.activations(tokens.as_slice());
                let forward = net.forward(tokens.as_slice());
                assert!((activations.output.clone() - &forward).norm() < 1e-12);
                let trained = net.train(tokens.as_slice(), rng);
                assert!((trained.output.clone() - &forward).norm() < 1e-12);
                let mut gradient = $network::zeros();
                net.backward(&activations, &d_output, &mut gradient);
                for index in 0..net.state().len() {
                    let value = net.state()[index];
                    let mut at = |offset: f64| {
                        net.state_mut()[index] = value + offset;
                        net.forward(tokens.as_slice()).dot(&d_output)
                    };
                    let wanted = (at(1e-5) - at(-1e-5)) / 2e-5;
                    net.state_mut()[index] = value;
                    let given = gradient.state()[index];
                    let allowed = 1e-6 * wanted.abs().max(1.0);
                    assert!((given - wanted).abs() < allowed, "{index}: {given}, not {wanted}");
                }
            }
        }
    )*};
}
differences! {
    tied_at_each_step: Deep, 3, 15, [5; 3];
    tables_of_columns: Pooled, 3, 2, [2, 3, 4];
    tied_behind_a_vector: Vector, 3, 5, [5; 3];
    a_nested_network_of_tokens: Outer, 3, 2, [5; 3];
}

#[test]
fn consts_size_a_network_of_tokens() {
    let net = Consts::new(&mut StdRng::seed_from_u64(1));
    assert_eq!(net.table.weight.shape(), (4, 9));
    assert_eq!(net.forward(&[8, 0, 3]).len(), 3 * 9);
    assert_eq!(Consts::PARAMETERS, 9 * 4 + (4 * 8 + 8) + (8 * 4 + 4));
}

#[test]
fn the_same_seed_gives_the_same_table() {
    let net = |seed| Deep::new(&mut StdRng::seed_from_u64(seed));
    assert_eq!(net(1).table, net(1).table);
    assert_ne!(net(1).table, net(2).table);
}

#[test]
fn tokens_out_of_range_are_found() {
    let expected = TokenOutOfRange { sample: 1, position: 2, token: 7, vocabulary: 7 };
    let tokens = [[0, 6, 0, 0], [0, 0, 7, 0]];
    assert_eq!(Tied::check_tokens(tokens.as_slice()), Err(expected));
    assert_eq!(Tied::check_tokens(&tokens[0]), Ok(()));
    // A view whose samples do not lie one behind the other.
    let matrix = SMatrix::<u32, 5, 2>::from_column_slice(&[0, 6, 0, 0, 9, 0, 0, 7, 0, 9]);
    assert_eq!(Tied::check_tokens(&matrix.fixed_rows::<4>(0)), Err(expected));
    let columns = TokenOutOfRange { sample: 0, position: 0, token: 4, vocabulary: 4 };
    assert_eq!(Columns::check_tokens(&[4, 5]), Err(columns));
    assert_eq!(Columns::check_tokens(&[3, 5]), Ok(()));
    assert_eq!(
        expected.to_string(),
        "sample 1 has token 7 at position 2, but the vocabulary has 7 tokens, counted from 0"
    );
}

/// Each way to run a network refuses tokens before it reads anything at their place.
#[test]
fn a_network_does_not_run_on_unknown_tokens() {
    type Way = fn(&mut Tied, &[[u32; 4]]);
    let ways: [Way; 5] = [
        |net, x| drop(net.forward(x)),
        |net, x| _ = net.forward(&x[1]),
        |net, x| drop(net.activations(x)),
        |net, x| drop(net.train(x, &mut StdRng::seed_from_u64(1))),
        |net, x| {
            let matrix = SMatrix::<u32, 5, 2>::from_fn(|row, column| x[column][row % 4]);
            let _ = net.forward(&matrix.fixed_rows::<4>(0));
        },
    ];
    for way in ways {
        let message = std::panic::catch_unwind(|| {
            way(&mut Tied::zeros(), &[[0, 6, 0, 0], [0, 0, u32::MAX, 0]]);
        });
        let message = *message.unwrap_err().downcast::<String>().unwrap();
        assert!(message.starts_with("`Tied` cannot run: sample"), "{message}");
        assert!(message.contains("has token 4294967295 at position 2"), "{message}");
    }
}

/// Samples in views that have to be copied give what those give that lie in a row.
#[test]
fn views_of_tokens() {
    let net = Tied::new(&mut StdRng::seed_from_u64(1));
    let matrix = SMatrix::<u32, 5, 3>::from_fn(|row, column| ((row + 2 * column) % 7) as u32);
    let view = matrix.fixed_rows::<4>(1);
    let copied = view.clone_owned();
    assert_eq!(net.forward(&view), net.forward(&copied));
    assert_eq!(net.activations(&view).output, net.activations(&copied).output);
}

/// Of many samples that have to be copied, the one with the unknown token is named.
#[test]
fn the_sample_of_an_unknown_token_is_counted_from_the_first() {
    let net = Columns::zeros();
    let matrix =
        OMatrix::<u32, Const<4>, Dyn>::from_fn(
            300,
            |row, column| {
                if (row, column) == (1, 290) { 6 } else { 0 }
            },
        );
    let message = std::panic::catch_unwind(|| net.forward(&matrix.fixed_rows::<2>(0)).len());
    let message = *message.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains("sample 290 has token 6 at position 1"), "{message}");
}

#[test]
fn losses_at_each_step() {
    let cases = read("tokens.json");
    let cases = cases.as_array().unwrap();
    let mut compared = 0;
    for case in cases.iter().filter(|case| get(case, "name") == "each_step") {
        let output = SMatrix::<f64, 36, 3>::from_vec(numbers(get(case, "output")));
        let targets = indices(get(case, "targets"));
        let tokens: Vec<u32> = targets.iter().map(|&class| class as u32).collect();
        let tokens: &[[u32; 4]] = tokens.as_chunks().0;
        let smoothing = get(case, "smoothing").as_f64().unwrap();
        let of_steps: loss::EachStep<9> = match smoothing {
            0.0 => CrossEntropy.each_step(),
            smoothing => CrossEntropy.label_smoothing(smoothing).each_step(),
        };
        let wanted = get(case, "loss").as_f64().unwrap();
        let (loss, d_output) = of_steps.loss(&output, tokens);
        assert!((loss - wanted).abs() < 1e-9, "{loss}, not {wanted}");
        let d_wanted: Vec<f64> = numbers(get(case, "d_output"));
        assert_close("gradient", d_output.as_slice(), &d_wanted, 1e-8);
        assert_eq!(of_steps.loss(&output, targets.as_slice()), (loss, d_output));
        compared += 1;
    }
    assert_eq!(compared, 2);
}

#[test]
fn targets_that_fit_no_step_are_refused() {
    let output = SMatrix::<f32, 6, 2>::zeros();
    let of_steps = CrossEntropy.each_step::<3>();
    let error = of_steps.try_loss(&output, &[[0u32, 1], [2, 3]]).unwrap_err();
    assert_eq!(error, LossError::StepClassOutOfRange { sample: 1, step: 1, class: 3, classes: 3 });
    let error = of_steps.try_loss(&output, &[[0u32; 4]; 1]).unwrap_err();
    assert_eq!(error, LossError::SampleLength { output: 2, targets: 4 });
    let error = of_steps.try_loss(&output, &[0usize; 3]).unwrap_err();
    assert_eq!(error, LossError::StepCount { output: 4, targets: 3 });
    assert_eq!(error.to_string(), "the output holds 4 steps, the targets are for 3");
}
