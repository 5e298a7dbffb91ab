//! Step by step a network gives what it gives over the whole sequence.

mod blocks;
mod inputs;
mod outputs;
mod sequences;
mod silence;
mod states;

use static_net::layer::{
    Backward, Layer, Mode, Pass, Sequence, StreamMemory, Streaming, TimeAxis, TimeFirst,
};
use static_net::prelude::*;
use static_net::shape::{Numbers, Rank1, Rank2, Shape};
use static_net::simd::{InstructionSet, Kernel, dispatch_pass};
use static_net::stream::StreamError;
use static_net::{Float, Network};

const LENGTH: usize = 23;

/// Runs a sequence through `forward` and through `stream`, and compares each step; on the way the stream is led astray and
/// goes on from what it was.
fn agrees<N, Time, const IN: usize, const OUT: usize>(tolerance: f64)
where
    N: Network + Streaming<<N as Network>::Scalar, Time>,
    N: Layer<N::Scalar, Input: Sequence<Time, Step = Rank1<IN>> + Numbers<N::Scalar>>,
    N: Layer<
            N::Scalar,
            Output: Sequence<<N as Streaming<N::Scalar, Time>>::Behind, Step = Rank1<OUT>>,
        >,
    Time: TimeAxis,
{
    let mut rng = StdRng::seed_from_u64(5);
    let mut net = static_net::Aligned::<N>::new(&mut rng);
    // Biases and running statistics other than where they start.
    for value in net.state_mut() {
        let moved = value.to_f64() + rng.random_range(-0.1..0.1);
        *value = N::Scalar::from_f64(moved);
    }
    let (inputs, outputs) = (<N::Input as Shape>::LEN, <N::Output as Shape>::LEN);
    let (length, length_out) = (inputs / IN, outputs / OUT);
    assert_eq!(length, length_out);
    let x: Vec<N::Scalar> =
        (0..inputs).map(|_| N::Scalar::from_f64(rng.random_range(-1.0..1.0))).collect();
    let mut y = vec![N::Scalar::ZERO; outputs];
    evaluate(&*net, &x, &mut y);

    let place = |is_first: bool, width: usize, time: usize, feature: usize| {
        if is_first { time * width + feature } else { feature * length + time }
    };
    let mut stream = Stream::<&N, IN, OUT>::new::<N, N::Scalar, Time>(&net);
    for _ in 0..2 {
        for time in 0..length {
            let step = SVector::<N::Scalar, IN>::from_fn(|feature, _| {
                x[place(Time::IS_FIRST, IN, time, feature)]
            });
            assert_eq!(stream.position(), time);
            if time == length / 2 {
                let bytes = stream.state().to_bytes();
                stream.push(&SVector::<N::Scalar, IN>::from_element(N::Scalar::ONE));
                stream.reset();
                stream.state_mut().set_bytes(&bytes).expect("they are of such a state");
            }
            let given = stream.push(&step);
            for feature in 0..OUT {
                let is_first = <<N as Streaming<_, Time>>::Behind as TimeAxis>::IS_FIRST;
                let expected = y[place(is_first, OUT, time, feature)].to_f64();
                let given = given[feature].to_f64();
                assert!(
                    (given - expected).abs() < tolerance,
                    "{} at {time}, {feature}: {given}, {expected}",
                    N::NAME
                );
            }
        }
        stream.reset();
    }
    blocks::agree::<N, Time, IN, OUT>(&net, tolerance);
}

fn evaluate<N>(net: &N, x: &[N::Scalar], y: &mut [N::Scalar])
where
    N: Network + Layer<<N as Network>::Scalar, Input: Numbers<<N as Network>::Scalar>>,
{
    struct Forward<'a, N: Network>(&'a N, &'a [N::Scalar], &'a mut [N::Scalar]);

    impl<N> Kernel for Forward<'_, N>
    where
        N: Network + Layer<<N as Network>::Scalar, Input: Numbers<<N as Network>::Scalar>>,
    {
        type Output = ();
        fn run<I: InstructionSet>(self, instructions: I) {
            let mut scratch = vec![N::Scalar::ZERO; N::NEEDS.forward.values(1)];
            self.0.forward(
                static_net::shape::samples::<N::Input, N::Scalar>(self.1),
                static_net::shape::samples_mut::<N::Output, N::Scalar>(self.2),
                &mut Pass::evaluate(instructions, &mut scratch),
            );
        }
    }
    dispatch_pass(Forward(net, x, y));
}

/// The same network in both precisions, and its first and last widths.
macro_rules! streams {
    ($($test:ident: [$($input:tt)*] $time:ident $in:literal $out:literal ($($stages:tt)*);)*) => {$(
        #[test]
        fn $test() {
            mod single {
                use super::*;
                network! { pub struct Net< [$($input)*] $($stages)* >; }
            }
            mod double {
                use super::*;
                network! { pub struct Net< f64; [$($input)*] $($stages)* >; }
            }
            use static_net::layer::$time;
            agrees::<single::Net, $time, $in, $out>(1e-5);
            agrees::<double::Net, $time, $in, $out>(1e-12);
        }
    )*};
}

streams! {
    causal_convolution: [3, LENGTH] TimeLast 3 5 (=> conv(5, 3, padding: causal));
    a_long_kernel_with_an_activation: [2, 23] TimeLast 2 7 (=> tanh conv(7, 11, padding: causal, bias: false));
    a_kernel_longer_than_the_signal: [1, 23] TimeLast 1 1 (=> conv(1, 30, padding: causal));
    a_dilated_kernel: [4, 23] TimeLast 4 6 (=> gelu conv(6, 2, padding: causal, dilation: 5));
    groups: [6, 23] TimeLast 6 9 (=> relu conv(9, 4, padding: causal, groups: 3));
    depthwise: [5, 23] TimeLast 5 10 (=> silu depthwise(4, padding: causal, multiplier: 2, dilation: 2));
    a_kernel_of_one: [3, 23] TimeLast 3 4 (=> relu conv(4, 1));
    a_value_read_twice: [3, 23] TimeLast 3 2
        (=> a: tanh conv(4, 3, padding: causal) => conv(2, 2, padding: causal)
        => concat(identity | &a => conv(3, 2, padding: causal)) => conv(2, 1));
    the_input_in_every_block: [1, 23] TimeLast 1 2
        (=> conv(4, 1)
        => repeat(3; z: tanh sum(conv(4, 2, padding: causal) | &input => conv(4, 1)) => residual(conv(4, 1) => sum(identity | &z)))
        => conv(2, 1));
    going_on_from_an_earlier_value: [23, 4] TimeFirst 4 3
        (=> h: gru(5) => a: tanh 3 => &h => silu 3 => sum(identity | &a | &input => 3));
    a_value_behind_two_transposes: [23, 4] TimeFirst 4 6
        (=> a: 6 => transpose => conv(6, 3, padding: causal) => transpose => sum(identity | &a));
    a_value_inside_a_residual: [23, 4] TimeFirst 4 6
        (=> transpose => conv(6, 2, padding: causal) => b: transpose => lstm(6) => residual(attention(2, causal: true) => sum(identity | &b)) => sum(identity | &b));
    dilations_of_a_list: [1, 23] TimeLast 1 2
        (=> x: conv(1, 1) => conv(4, 1) => low: repeat(D in [1, 2, 4]; residual(
            z: tanh sum(conv(4, 3, padding: causal, dilation: D) | &x => conv(4, 1)) => conv(4, 1)))
        => sum(&low[..].z) => conv(2, 1));
    values_inside_of_equal_turns: [23, 4] TimeFirst 4 3
        (=> low: repeat(3; z: tanh 3 => residual(gru(3)) => 4) => sum(&low[..].z | 3));
    what_equal_turns_give: [23, 4] TimeFirst 4 3
        (=> low: repeat(3; gru(4)) => sum(&low[..] | identity) => 3);
    values_inside_of_a_recurrence: [23, 4] TimeFirst 4 4
        (=> mix: sum(deep: gru(4) => 4 | residual(w: lstm(4))) => low: repeat(3; tanh sum(4 | &mix.deep) => 4) => sum(&low[..] | identity | &mix.w));
    values_between_transposes: [23, 4] TimeFirst 4 4
        (=> residual(transpose => conv(4, 2, padding: causal) => b: transpose => 4) => sum(identity | &b));
    activations: [3, 23] TimeLast 3 3 (=> elu(0.5) => leaky_relu => conv(3, 1) => sigmoid);
    softmax_over_features: [23, 4] TimeFirst 4 4 (=> softmax => tanh => log_softmax);
    softmax_of_each_step: [23, 4] TimeFirst 4 5 (=> softmax(axis: 1) => log_softmax(axis: 1) 5 => softmax 5);
    softmax_over_channels: [3, 23] TimeLast 3 4
        (=> softmax(axis: 0) => softmax(axis: 0) conv(5, 3, padding: causal) => log_softmax(axis: 0) conv(4, 1));
    normalize: [23, 6] TimeFirst 6 6 (=> normalize => tanh normalize(axis: 1, eps: 0.5));
    normalize_over_channels: [5, 23] TimeLast 5 2 (=> normalize(axis: 0) => conv(2, 3, padding: causal));
    layer_norm: [23, 6] TimeFirst 6 6 (=> layer_norm => rms_norm => layer_norm(axes: 1));
    rectifiers_that_learn: [3, 23] TimeLast 3 3 (=> prelu => prelu(3) => conv(3, 1) => prelu(init: 0.1));
    a_rectifier_over_features: [23, 6] TimeFirst 6 4 (=> 4 => prelu);
    norms_without_parameters: [23, 6] TimeFirst 6 6
        (=> layer_norm(elementwise_affine: false) => relu 6 => rms_norm(elementwise_affine: false)
            => layer_norm(bias: false));
    batch_norm_without_parameters: [3, 23] TimeLast 3 3 (=> batch_norm(affine: false));
    dense_at_each_step: [23, 5] TimeFirst 5 4 (=> relu 8 => gelu 9 => 4);
    dense_without_bias: [23, 5] TimeFirst 5 4
        (=> relu dense(8, bias: false) => residual(dense(8, bias: false)) => dense(4, bias: false));
    positions: [23, 6] TimeFirst 6 6 (=> position => sinusoidal);
    causal_attention: [23, 8] TimeFirst 8 8 (=> attention(heads: 2, causal: true));
    a_transformer: [23, 8] TimeFirst 8 3
        (=> position => repeat(2; residual(rms_norm => attention(heads: 4, causal: true, rotary: true))
            => residual(layer_norm => gelu 16 => dropout(0.1) => 8)) => layer_norm => 3);
    convolutions_into_attention: [3, 23] TimeLast 3 4
        (=> conv(8, 3, padding: causal) => transpose => residual(attention(heads: 2, causal: true)) => relu 4
            => transpose => conv(4, 2, padding: causal));
    rnn: [23, 3] TimeFirst 3 7 (=> rnn(7));
    rnn_with_rectifiers: [LENGTH, 3] TimeFirst 3 5 (=> rnn(5, nonlinearity: relu, bias: false));
    lstm: [23, 5] TimeFirst 5 9 (=> lstm(9));
    lstm_without_biases: [23, 5] TimeFirst 5 16 (=> lstm(16, bias: false));
    gru: [LENGTH, 4] TimeFirst 4 11 (=> gru(11));
    gru_without_biases: [23, 4] TimeFirst 4 3 (=> gru(3, bias: false));
    stacked_recurrences: [23, 3] TimeFirst 3 2
        (=> layer_norm => tanh lstm(8) => dropout(0.2) => gru(6) => relu 9 => rnn(5) => rms_norm => 2);
    residual_recurrences: [23, 4] TimeFirst 4 4
        (=> repeat(3; residual(layer_norm => gru(5) => 4)) => sum(lstm(4) | rnn(4) | identity));
    convolutions_into_a_recurrence: [2, 23] TimeLast 2 3 (
        => relu conv(6, 3, padding: causal) => transpose => lstm(7) => attention(heads: 7, causal: true)
        => gru(4) => transpose => conv(3, 2, padding: causal));
    batch_norm: [3, 23] TimeLast 3 3 (=> batch_norm => dropout(0.3) => relu);
    slices_of_features: [23, 6] TimeFirst 6 3 (=> lstm(5) => slice(1, 4, axis: 1) => tanh 3);
    slices_of_channels: [4, LENGTH] TimeLast 4 2
        (=> slice(1, 4) => conv(5, 3, padding: causal) => transpose => slice(2, 4, axis: 1) => transpose);
    transposes: [3, 23] TimeLast 3 4 (
        => conv(4, 3, padding: causal) => transpose => layer_norm => softmax => transpose => conv(4, 2, padding: causal));
    ends_transposed: [3, 23] TimeLast 3 4 (=> conv(4, 3, padding: causal) => transpose => rms_norm);
    residual: [4, 23] TimeLast 4 4 (
        => relu residual(relu conv(8, 3, padding: causal, dilation: 2) => conv(4, 1)));
    residual_with_projection: [2, 23] TimeLast 2 6 (
        => residual(conv(6, 2, padding: causal) => tanh conv(6, 2, padding: causal, dilation: 3); project: conv(6, 1)));
    repeated_once: [2, 23] TimeLast 2 2 (=> repeat(1; conv(2, 3, padding: causal)));
    repeated_twice: [2, 23] TimeLast 2 2 (=> repeat(2; conv(2, 3, padding: causal)));
    repeated: [2, 23] TimeLast 2 2 (
        => repeat(4; residual(tanh conv(3, 3, padding: causal) => conv(2, 2, padding: causal))));
    gated: [2, 23] TimeLast 2 4 (
        => product(tanh conv(4, 3, padding: causal, dilation: 2) | sigmoid conv(4, 3, padding: causal, dilation: 2)));
    gated_at_each_step: [2, 23] TimeLast 2 5 (
        => product(conv(5, 1) | sigmoid conv(1, 4, padding: causal) | identity => conv(5, 2, padding: causal)));
    gated_rows: [LENGTH, 3] TimeFirst 3 4 (=> g: sigmoid 1 => &input => sum(product(tanh 4 | &g) | 1 | lstm(4)));
    concatenated_rows: [23, 3] TimeFirst 3 9 (=> concat(axis: 1; lstm(4) | identity | tanh 2) );
    many_branches: [2, 23] TimeLast 2 12 (
        => concat(conv(1, 1) | conv(1, 2, padding: causal) | identity | relu | conv(1, 1) | conv(1, 1) | tanh | conv(1, 1)
            | product(identity => conv(1, 3, padding: causal) | conv(1, 1))));
    concatenated: [2, 23] TimeLast 2 10 (
        => concat(conv(3, 3, padding: causal) | relu conv(5, 2, padding: causal, dilation: 4) | identity));
    added: [2, 23] TimeLast 2 3 (
        => tanh sum(conv(3, 3, padding: causal) | relu conv(5, 2, padding: causal) => conv(3, 1) | conv(3, 1)));
    added_rows: [23, 3] TimeFirst 3 3 (=> sum(layer_norm | softmax | identity));
    a_temporal_convolutional_network: [2, 23] TimeLast 2 1 (
        => conv(8, 1)
        => residual(relu conv(8, 3, padding: causal) => batch_norm => dropout(0.1) => relu conv(8, 3, padding: causal))
        => residual(relu conv(8, 3, padding: causal, dilation: 2) => relu conv(8, 3, padding: causal, dilation: 2))
        => residual(relu conv(8, 3, padding: causal, dilation: 4) => relu conv(8, 3, padding: causal, dilation: 4))
        => concat(conv(2, 1) | depthwise(3, padding: causal))
        => conv(1, 1));
}

network! {
    struct Inner< [4, LENGTH] => relu conv(4, 2, padding: causal) => transpose >;
    struct Outer< [4, LENGTH] => inner: Inner => softmax => relu Turned => batch_norm >;
    struct Turned< [LENGTH, 4] => rms_norm => transpose >;
}

#[test]
fn nested_networks() {
    agrees::<Outer, static_net::layer::TimeLast, 4, 4>(1e-5);
}

/// The mean of all steps so far, of three at most.
#[derive(Parameters)]
#[repr(C)]
struct MeanOfThree {}

impl Layer<f32> for MeanOfThree {
    type Input = Rank2<3, 2>;
    type Output = Rank2<3, 2>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        input: &[[[f32; 2]; 3]],
        output: &mut [[[f32; 2]; 3]],
        _: &mut Pass<'_, f32, I, M>,
    ) {
        for (x, y) in input.iter().zip(output) {
            for time in 0..3 {
                y[time] = [0, 1].map(|feature| {
                    x[..=time].iter().map(|x| x[feature]).sum::<f32>() / (time + 1) as f32
                });
            }
        }
    }

    fn backward<I: InstructionSet>(
        &self,
        _: Backward<'_, f32, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, f32, I>,
    ) {
        unreachable!("no test trains it");
    }
}

impl Streaming<f32, TimeFirst> for MeanOfThree {
    type Behind = TimeFirst;

    const MEMORY: StreamMemory =
        StreamMemory { state: 2, scratch: 2, steps: Some(3), ..StreamMemory::NONE };

    fn step<I: InstructionSet>(
        &self,
        input: &[f32],
        output: &mut [f32],
        state: &mut [f32],
        position: usize,
        pass: &mut Pass<'_, f32, I>,
    ) {
        assert_eq!((state.len(), pass.scratch().len() >= 2), (2, true));
        for feature in 0..2 {
            state[feature] += input[feature];
            output[feature] = state[feature] / (position + 1) as f32;
        }
    }
}

network! {
    struct Short< [3, 2] => MeanOfThree => relu residual(MeanOfThree) => transpose => batch_norm >;
}

#[test]
fn a_layer_of_ones_own() {
    agrees::<Short, TimeFirst, 2, 2>(1e-5);
}

#[test]
fn a_stream_ends_where_a_layer_ends() {
    let net = Short::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    assert_eq!(stream.capacity(), Some(3));
    for _ in 0..3 {
        assert!(stream.try_push(&[1.0, 2.0]).is_ok());
    }
    let full = stream.try_push(&[1.0, 2.0]).unwrap_err();
    assert_eq!((full, stream.position()), (StreamError::Full { network: "Short", steps: 3 }, 3));
    assert_eq!(
        full.to_string(),
        "a stream of Short takes 3 steps, as many as its declaration says, and has taken them all; `reset` \
         begins another sequence"
    );
    stream.reset();
    assert!(stream.try_push(&[1.0, 2.0]).is_ok());
    assert_eq!(format!("{stream:?}"), "Stream of Short behind step 1");
}

#[test]
fn pushing_beyond_the_end_panics_at_the_call() {
    let net = Short::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    std::panic::set_hook(Box::new(|information| {
        if std::thread::current().name() == Some("pushes") {
            let location = information.location().expect("a place");
            assert!(location.file().ends_with("streaming/main.rs"), "{location}");
        }
    }));
    let panic = std::thread::scope(|scope| {
        let pushes = std::thread::Builder::new().name("pushes".into());
        let thread = pushes.spawn_scoped(scope, || {
            for _ in 0..4 {
                stream.push(&[1.0, 2.0]);
            }
        });
        thread.expect("a thread").join().unwrap_err()
    });
    let text = panic.downcast_ref::<String>().expect("a text");
    assert!(text.starts_with("a stream of Short takes 3 steps"), "{text}");
}

#[test]
fn a_clone_goes_its_own_way() {
    let net = Outer::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    stream.push(&[1.0, -2.0, 3.0, -4.0]);
    let mut branch = stream.clone();
    let ahead = branch.push(&[9.0, 9.0, 9.0, 9.0]);
    let mut other = branch.clone();
    assert_eq!((stream.position(), branch.position()), (1, 2));
    assert_eq!(stream.push(&[9.0, 9.0, 9.0, 9.0]), ahead);
    assert_eq!(other.push(&[0.5; 4]), stream.push(&[0.5; 4]));
    other.reset();
    let mut fresh = Stream::new(net.clone());
    assert_eq!(other.push(&[0.5; 4]), fresh.push(&[0.5; 4]));
    assert_eq!(fresh.network().state(), net.state());
}

network! {
    struct Language<
        tokens(9, vocab: 11)
        => table: embedding(8)
        => position
        => residual(layer_norm => attention(heads: 2, causal: true))
        => residual(layer_norm => relu 12 => 8)
        => tied(table)
    >;
}

#[test]
fn one_token_after_the_other() {
    let net = Language::new(&mut StdRng::seed_from_u64(1));
    let tokens = [0, 10, 3, 3, 7, 1, 9, 2, 5];
    let whole = net.forward(&tokens);
    let mut stream = net.stream();
    for (time, token) in tokens.into_iter().enumerate() {
        let logits: SVector<f32, 11> = stream.push(&[token]);
        assert!((logits - whole.fixed_rows::<11>(11 * time)).amax() < 1e-5, "{time}");
    }
    assert!(stream.try_push(&[0]).is_err());
}

#[test]
#[should_panic(
    expected = "`Language` cannot run: sample 0 has token 11 at position 1, but the vocabulary has"
)]
fn a_token_of_no_vocabulary_is_refused() {
    let net = Language::zeros();
    let mut stream = net.stream();
    stream.push(&[10]);
    stream.push(&[11]);
}

network! {
    struct Endless< [4, 2] => lstm(3) => gru(5) => 1 >;
    struct Long< [40, 2] => lstm(3) => gru(5) => 1 >;
    struct Whole< [12, 2] => layer_norm => gru(6, last: true) => 3 >;
    struct Steps< [12, 2] => layer_norm => gru(6) => 3 >;
}

#[test]
fn a_recurrence_has_no_end() {
    let net = Endless::new(&mut StdRng::seed_from_u64(1));
    // The length of the declaration is none of the values.
    let mut long = Long::zeros();
    long.state_mut().copy_from_slice(net.state());
    let mut stream = net.stream();
    assert_eq!(stream.capacity(), None);
    let mut rng = StdRng::seed_from_u64(2);
    let signal: [f32; 80] = core::array::from_fn(|_| rng.random_range(-1.0..1.0));
    let whole = long.forward(&signal);
    for (time, step) in signal.as_chunks::<2>().0.iter().enumerate() {
        assert!((stream.push(step)[0] - whole[time]).abs() < 1e-5, "{time}");
    }
    let branch = stream.clone().push(&[0.5, -0.5]);
    assert_eq!(stream.push(&[0.5, -0.5]), branch);
}

#[test]
fn the_output_so_far_is_that_of_the_same_network_with_every_step() {
    let whole = Whole::new(&mut StdRng::seed_from_u64(1));
    let mut steps = Steps::zeros();
    steps.state_mut().copy_from_slice(whole.state());
    let mut rng = StdRng::seed_from_u64(2);
    let signal: [f32; 24] = core::array::from_fn(|_| rng.random_range(-1.0..1.0));
    let mut stream = steps.stream();
    let mut last = SVector::zeros();
    for step in signal.as_chunks::<2>().0 {
        last = stream.push(step);
    }
    assert!((last - whole.forward(&signal)).amax() < 1e-5);
}

network! {
    struct Deep< const N: usize; [9, 3] => repeat(N; residual(relu 5 => 3)) => tanh 2 >;
    struct Deeper< const N: usize; [9, 3] => rms_norm => relu Deep<N> => [9, 2] => 3 => Deep<2> => [9, 2] => 2 >;
}

#[test]
fn a_depth_chosen_where_the_network_is_used() {
    agrees::<Deep<4>, TimeFirst, 3, 2>(1e-5);
    agrees::<Deeper<3>, TimeFirst, 3, 2>(1e-5);
}

#[test]
fn an_unknown_token_is_an_error_that_leaves_the_stream_where_it_is() {
    let net = Language::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    stream.push(&[3]);
    let error = stream.try_push(&[11]).unwrap_err();
    let StreamError::Token { network: "Language", error } = error else { panic!("{error}") };
    assert_eq!((error.token, error.position, error.vocabulary), (11, 1, 11));
    assert_eq!(stream.position(), 1);
    let mut other = net.stream();
    other.push(&[3]);
    assert_eq!(stream.push(&[4]), other.push(&[4]));
}

#[test]
fn activations_alone_take_rows() {
    network! {
        struct Rows< [3, 2] => dropout => relu >;
        struct Columns< [2, 3] => softmax(axis: 0) >;
        struct Nested< [2, 3] => conv(2, 1) => Rows2 >;
        struct Rows2< [2, 3] => relu >;
    }
    let net = Rows::zeros();
    let mut stream = net.stream();
    assert_eq!(stream.push(&[-1.0, 2.0]).as_slice(), [0.0, 2.0]);
    let columns = Columns::zeros();
    let mut stream = columns.stream();
    assert_eq!(stream.push(&[1.0, 1.0]).as_slice(), [0.5, 0.5]);
    // Inside another network it goes by the axis of that.
    let nested = Nested::zeros();
    assert_eq!(nested.stream().push(&[0.0, 0.0]).as_slice(), [0.0, 0.0]);
}
