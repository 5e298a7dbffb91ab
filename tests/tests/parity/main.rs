//! Layers, activations and networks in f32 against PyTorch, on every instruction set. The numbers come from
//! the scripts in `fixtures`.

use static_net::activation::*;
use static_net::layer::{Activate, Dense, Layer, PRelu};
use static_net::prelude::*;
use static_net::shape::{Numbers, Rank1, Rank2, Rank3, Shape};
use static_net::{Float, Tensors};
use static_net_tests::fixture::{Value, get, indices, numbers, places, read};
use static_net_tests::gradient::{forward_each, parameters_mut, run_each, zeros};

/// How far a value may be off, relative to the largest of its sample.
const TOLERANCE: f64 = 1e-5;
/// Samples and single values smaller than this are compared as if they were this large: where a function
/// saturates, its gradient is a difference of nearly equal numbers, in PyTorch too.
const SMALLEST: f64 = 0.1;

network! {
    struct Net< 10 => relu 32 => latent: relu 16 => 2 >;
    struct Mixed< 7 => gelu 19 => silu 5 => softplus => elu(0.5) 17 => log_softmax 3 >;
    struct Encoder< 6 => tanh 9 => latent: 4 >;
    struct Nested< 6 => encoder: Encoder => sigmoid 5 >;
    struct NestedRelu< 6 => encoder: relu Encoder => leaky_relu 5 >;
    struct NestedGelu< 6 => relu 6 => gelu Encoder >;
    struct WithoutBias< 7 => dense(19, bias: false) => relu dense(9, bias: false)
        => head: gelu dense(3, bias: false) >;
}

type Dense8<A> = Dense<f32, 8, 6, A>;
type Alone<A> = Activate<A, Rank1<8>>;

type LeakySteep = LeakyRelu<{ f64::to_bits(0.3) }>;
type EluHalf = Elu<{ f64::to_bits(0.5) }>;
type SoftplusSteep = Softplus<{ f64::to_bits(3.0) }>;

type ClampUneven = Clamp<{ f64::to_bits(-0.5) }, { f64::to_bits(1.25) }>;
type HardTanhWide = HardTanh<{ f64::to_bits(-2.0) }, { f64::to_bits(3.0) }>;

/// A test for each case of a file of fixtures; `every_case_is_run` finds those that are missing here.
macro_rules! cases {
    ($file:literal; $($test:ident: $($case:literal $layer:ty);*;)*) => {
        const CASES: &[&str] = &[$($($case),*),*];

        #[test]
        fn every_case_is_run() {
            for case in read($file).as_array().expect("a list of cases") {
                let name = get(case, "name").as_str().expect("a name");
                assert!(CASES.contains(&name), "`{name}` is compared with nothing");
            }
        }

        $(
            #[test]
            fn $test() {
                let cases = read($file);
                $(compare::<$layer>(&cases, $case);)*
            }
        )*
    };
}

mod arrangement;
mod attention;
mod axes;
mod composition;
mod convolution;
mod networks;
mod normalization;
mod pooling;
mod recurrence;
mod references;
mod sequences;
mod states;

cases! {
    "layers.json";
    relu: "dense_relu" Dense8<Relu>; "alone_relu" Alone<Relu>;
    leaky_relu: "dense_leaky_relu" Dense8<LeakyRelu>; "alone_leaky_relu" Alone<LeakyRelu>;
    leaky_relu_steep:
        "dense_leaky_relu_steep" Dense8<LeakySteep>; "alone_leaky_relu_steep" Alone<LeakySteep>;
    elu: "dense_elu" Dense8<Elu>; "alone_elu" Alone<Elu>;
    elu_half: "dense_elu_half" Dense8<EluHalf>; "alone_elu_half" Alone<EluHalf>;
    gelu: "dense_gelu" Dense8<Gelu>; "alone_gelu" Alone<Gelu>;
    gelu_tanh: "dense_gelu_tanh" Dense8<GeluTanh>; "alone_gelu_tanh" Alone<GeluTanh>;
    silu: "dense_silu" Dense8<Silu>; "alone_silu" Alone<Silu>;
    tanh: "dense_tanh" Dense8<Tanh>; "alone_tanh" Alone<Tanh>;
    sigmoid: "dense_sigmoid" Dense8<Sigmoid>; "alone_sigmoid" Alone<Sigmoid>;
    softplus: "dense_softplus" Dense8<Softplus>; "alone_softplus" Alone<Softplus>;
    softplus_steep:
        "dense_softplus_steep" Dense8<SoftplusSteep>; "alone_softplus_steep" Alone<SoftplusSteep>;
    relu6: "dense_relu6" Dense8<Relu6>; "alone_relu6" Alone<Relu6>;
    clamp: "dense_clamp" Dense8<ClampUneven>; "alone_clamp" Alone<ClampUneven>;
    hard_tanh: "dense_hard_tanh" Dense8<HardTanh>; "alone_hard_tanh" Alone<HardTanh>;
    hard_tanh_wide:
        "dense_hard_tanh_wide" Dense8<HardTanhWide>; "alone_hard_tanh_wide" Alone<HardTanhWide>;
    hard_sigmoid: "dense_hard_sigmoid" Dense8<HardSigmoid>; "alone_hard_sigmoid" Alone<HardSigmoid>;
    hard_swish: "dense_hard_swish" Dense8<HardSwish>; "alone_hard_swish" Alone<HardSwish>;
    selu: "dense_selu" Dense8<Selu>; "alone_selu" Alone<Selu>;
    mish: "dense_mish" Dense8<Mish>; "alone_mish" Alone<Mish>;
    softsign: "dense_softsign" Dense8<Softsign>; "alone_softsign" Alone<Softsign>;
    exp: "dense_exp" Dense8<Exp>; "alone_exp" Alone<Exp>;
    softmax: "dense_softmax" Dense8<Softmax>; "alone_softmax" Alone<Softmax>;
    log_softmax: "dense_log_softmax" Dense8<LogSoftmax>; "alone_log_softmax" Alone<LogSoftmax>;
    identity: "dense_identity" Dense8<Identity>; "alone_identity" Alone<Identity>;
    prelu:
        "prelu" PRelu<f32, Rank1<9>>; "prelu_features" PRelu<f32, Rank1<37>, 37>;
        "prelu_signal" PRelu<f32, Rank2<3, 10>>; "prelu_channels" PRelu<f32, Rank2<3, 10>, 3>;
        "prelu_image" PRelu<f32, Rank3<4, 5, 6>, 4>;
    networks: "net" Net; "mixed" Mixed;
    nested_networks: "nested" Nested; "nested_relu" NestedRelu; "nested_gelu" NestedGelu;
    without_bias: "without_bias" WithoutBias;
}

/// Runs a layer on all cases of a name.
fn compare<L: Layer<f32, Input: Numbers<f32>>>(cases: &Value, name: &str) {
    let tensors = Tensors::of::<f32, L>();
    let cases = cases.as_array().expect("a list of cases");
    let mut compared = 0;
    for case in cases.iter().filter(|case| get(case, "name") == name) {
        let mut layer = zeros::<f32, L>();
        for tensor in &tensors {
            let values: Vec<f32> = numbers(get(get(case, "parameters"), &tensor.name));
            let places = places(tensor);
            assert_eq!(values.len(), places.len(), "{name}: {}", tensor.name);
            for (value, place) in values.into_iter().zip(places) {
                parameters_mut::<f32, L>(&mut layer)[place] = value;
            }
        }
        let input: Vec<f32> = numbers(get(case, "input"));
        let d_output: Vec<f32> = numbers(get(case, "d_output"));
        let (output, d_input) = (numbers(get(case, "output")), numbers(get(case, "d_input")));
        let inputs = <L::Input as Shape>::LEN;
        let outputs = <L::Output as Shape>::LEN;
        for (set, forward) in forward_each::<f32, L>(&layer, &input) {
            close(&forward, &output, outputs, &format!("{name} on {set}: output"));
        }
        for (set, run) in run_each::<f32, L>(&layer, &input, &d_output) {
            let name = format!("{name} of {} samples on {set}", input.len() / inputs);
            close(&run.output, &output, outputs, &format!("{name}: recorded output"));
            close(&run.d_input, &d_input, inputs, &format!("{name}: input gradient"));
            for tensor in &tensors {
                let gradient: Vec<f32> =
                    places(tensor).into_iter().map(|place| run.gradient[place]).collect();
                let wanted = numbers(get(get(case, "gradients"), &tensor.name));
                let name = format!("{name}: gradient of {}", tensor.name);
                close(&gradient, &wanted, wanted.len(), &name);
            }
        }
        compared += 1;
    }
    assert!(compared > 0, "there is no case `{name}`");
}

/// Runs of `len` values agree, relative to the largest of each run or, where each value is computed for
/// itself, to each value.
fn close(given: &[f32], wanted: &[f64], len: usize, what: &str) {
    assert_eq!(given.len(), wanted.len(), "{what}: lengths");
    let is_alone = what.starts_with("alone");
    for (run, (given, wanted)) in given.chunks(len).zip(wanted.chunks(len)).enumerate() {
        let largest = wanted.iter().map(|value| value.abs()).fold(0.0, f64::max);
        for (index, (&given, &wanted)) in given.iter().zip(wanted).enumerate() {
            let scale = if is_alone { wanted.abs().max(SMALLEST) } else { largest.max(SMALLEST) };
            // Written so that a NaN fails.
            let is_close = (f64::from(given) - wanted).abs() <= TOLERANCE * scale;
            assert!(is_close, "{what}: value {index} of {run} is {given}, not {wanted}");
        }
    }
}

/// Near zero each function is a line; its value and slope keep their precision however small it is.
fn line<A: Activation>(below: f32, above: f32) {
    for magnitude in [1e-6f32, 1e-12, 1e-30] {
        for (x, slope) in [(-magnitude, below), (magnitude, above)] {
            let layer = zeros::<f32, Activate<A, Rank1<1>>>();
            for (set, run) in run_each::<f32, Activate<A, Rank1<1>>>(&layer, &[x], &[1.0]) {
                let what = core::any::type_name::<A>();
                let (y, d_x) = (run.output[0], run.d_input[0]);
                assert!(
                    (y - slope * x).abs() <= 1e-5 * slope.abs() * magnitude
                        && (d_x - slope).abs() <= 1e-5,
                    "{what} on {set} of {x:e} is {y:e}, its slope {d_x}"
                );
            }
        }
    }
}

#[test]
fn tiny_values_keep_their_precision() {
    line::<Relu>(0.0, 1.0);
    line::<LeakyRelu>(0.01, 1.0);
    line::<LeakySteep>(0.3, 1.0);
    line::<Elu>(1.0, 1.0);
    line::<EluHalf>(0.5, 1.0);
    line::<Gelu>(0.5, 0.5);
    line::<GeluTanh>(0.5, 0.5);
    line::<Silu>(0.5, 0.5);
    line::<Tanh>(1.0, 1.0);
    line::<Identity>(1.0, 1.0);
}

/// The calls that users make, on the first network of the fixtures.
#[test]
fn calls_on_a_network() {
    let cases = read("layers.json");
    let cases = cases.as_array().expect("a list of cases");
    for case in cases.iter().filter(|case| get(case, "name") == "net") {
        let mut net = Net::zeros();
        for tensor in Net::tensors() {
            let values: Vec<f32> = numbers(get(get(case, "parameters"), &tensor.name));
            for (value, place) in values.into_iter().zip(places(&tensor)) {
                net.state_mut()[place] = value;
            }
        }
        let x: Vec<f32> = numbers(get(case, "input"));
        let d_output: Vec<f32> = numbers(get(case, "d_output"));
        let (x, d_output) = (x.as_chunks::<10>().0, d_output.as_chunks::<2>().0);
        let output: Vec<f64> = numbers(get(case, "output"));
        close(net.forward(x).as_slice(), &output, 2, "forward");
        for (x, output) in x.iter().zip(output.chunks(2)) {
            close(net.forward(x).as_slice(), output, 2, "forward of one sample");
        }
        let activations = net.activations(x);
        close(activations.output.as_slice(), &output, 2, "activations");
        let mut gradient = Net::zeros();
        let d_input = net.backward_to_input(&activations, d_output, &mut gradient);
        close(d_input.as_slice(), &numbers(get(case, "d_input")), 10, "input gradient");
        let wanted: Vec<f64> = numbers(get(get(case, "gradients"), "latent.weight"));
        let given: Vec<f32> = gradient.latent.weight.transpose().as_slice().to_vec();
        close(&given, &wanted, wanted.len(), "gradient of latent.weight");
    }
}
